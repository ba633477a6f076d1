import type { Refusal } from '../../../../policy/decision.ts'
import type { SentencesFor } from '../../../problem.ts'
import { allOf, anyOf, few } from '../words.ts'

const at = ({ file, line }: { readonly file: string; readonly line: number }): string => `${file}:${line}`

export const policyRefusals: SentencesFor<Refusal> = {
  policy_no_grant: ({ rule, roles, nearest, rolesThatMay }) => ({
    sentence:
      roles.length === 0
        ? `You hold no role in ${rule.file}, so I may do nothing for you.`
        : `${roles.length === 1 ? 'Your role' : 'Your roles'} ${allOf(roles)} ${roles.length === 1 ? 'does' : 'do'} not allow that.`,
    ...(nearest.length > 0
      ? { code: nearest.map((one) => `${one.rule.name} (${at(one.rule)}) allows it, but ${one.failed}`).join('\n') }
      : {}),
    remedy:
      rolesThatMay.length > 0 ? `Somebody with the role ${anyOf(rolesThatMay)} may.` : 'No role in the file allows it.',
  }),
  policy_unchecked: ({ groups }) => ({
    sentence:
      groups.length === 0
        ? 'The chat does not tell me who you are just now, so you have no rights here until it does.'
        : `I could not check whether you are in ${anyOf(groups)}: the chat does not tell me just now. Until it does, what that group may do does not count for you.`,
    remedy: 'Try again in a minute. Nothing in the policy says that you may not.',
  }),
  policy_guard: ({ rule, text }) => ({ sentence: `A guard forbids that (${at(rule)}).`, code: text }),
  policy_frozen: ({ rule, freeze, until, allowed, rolesThatMay }) => ({
    sentence: `Changes are frozen there: ${freeze} (${at(rule)})${until === undefined ? '' : `, until ${new Date(until).toISOString().slice(0, 16)}Z`}.`,
    remedy: [
      ...(allowed.length > 0 ? [`Still allowed: ${few(allowed)}.`] : []),
      ...(rolesThatMay.length > 0 ? [`${anyOf(rolesThatMay)} may break the glass with --break-glass "reason".`] : []),
    ].join(' '),
  }),
}
