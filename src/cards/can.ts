import type { Message } from '../chat/message.ts'
import type { Decision } from '../policy/decision.ts'
import { problemParts } from './problem-parts.ts'
import type { Texts } from './texts/en.ts'

/** The policy's answer to a question, with the rule that decides. */
export function canCard(asked: { readonly what: string; readonly decision: Decision }, texts: Texts): Message {
  const { what, decision } = asked
  const { can } = texts.self
  if (decision.verdict === 'deny') {
    return {
      summary: can.no(what),
      tone: 'bad',
      parts: [{ kind: 'text', text: [{ bold: can.no(what) }] }, ...problemParts(decision.refusal, texts)],
    }
  }
  const { rule, assumed } = decision
  const sentence =
    decision.verdict === 'allow' ? can.yes(what) : can.withApproval(what, seats(decision.requirement.seats))
  return {
    summary: sentence,
    tone: decision.verdict === 'allow' ? 'good' : 'waiting',
    parts: [
      { kind: 'text', text: [{ bold: sentence }] },
      { kind: 'note', text: [texts.operation.rule(rule.name, rule.file, rule.line)] },
      ...(assumed.length > 0 ? [{ kind: 'note' as const, text: [can.assuming(assumed)] }] : []),
    ],
  }
}

const seats = (found: readonly { readonly role: string; readonly count: number }[]): readonly string[] =>
  found.map(({ role, count }) => `${count} × ${role}`)
