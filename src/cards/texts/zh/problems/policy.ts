import type { Refusal } from '../../../../policy/decision.ts'
import type { SentencesFor } from '../../../problem.ts'
import { allOf, anyOf, few } from '../words.ts'

const at = ({ file, line }: { readonly file: string; readonly line: number }): string => `${file}:${line}`

export const policyRefusals: SentencesFor<Refusal> = {
  policy_no_grant: ({ rule, roles, nearest, rolesThatMay }) => ({
    sentence:
      roles.length === 0
        ? `${rule.file} 里没有给你任何角色，所以我不能替你做任何事。`
        : `你的角色 ${allOf(roles)} 没有这个权限。`,
    ...(nearest.length > 0
      ? { code: nearest.map((one) => `${one.rule.name} (${at(one.rule)}) 允许，但不满足 ${one.failed}`).join('\n') }
      : {}),
    remedy:
      rolesThatMay.length > 0
        ? `可以请 ${anyOf(rolesThatMay)} 角色的同事来做。`
        : '策略文件里没有任何角色允许这个操作。',
  }),
  policy_unchecked: ({ groups }) => ({
    sentence:
      groups.length === 0
        ? '聊天平台暂时查不到你的身份，恢复之前你在这里没有任何权限。'
        : `暂时无法确认你是否属于用户组 ${anyOf(groups)}：聊天平台没有返回成员名单。确认之前，该组的权限对你不生效。`,
    remedy: '请过一分钟再试。这并不是说策略不允许你操作。',
  }),
  policy_guard: ({ rule, text }) => ({ sentence: `防护规则（guard）禁止这个操作（${at(rule)}）。`, code: text }),
  policy_frozen: ({ rule, freeze, until, allowed, rolesThatMay }) => ({
    sentence: `变更已冻结：${freeze}（${at(rule)}）${until === undefined ? '' : `，截止 ${new Date(until).toISOString().slice(0, 16)}Z`}。`,
    remedy: [
      ...(allowed.length > 0 ? [`仍可执行：${few(allowed)}。`] : []),
      ...(rolesThatMay.length > 0 ? [`紧急情况下，${anyOf(rolesThatMay)} 可以用 --break-glass "原因" 越过冻结。`] : []),
    ].join(''),
  }),
}
