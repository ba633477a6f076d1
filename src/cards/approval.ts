import type { Part, Rich } from '../chat/message.ts'
import type { Approval, Operation } from '../operations/operation.ts'
import { waitsForApproval } from '../operations/states.ts'
import type { Texts } from './texts/en.ts'

/** Who has to say yes, who has said it, who may: mentioned while it is open, and nobody else. */
export function approvalParts(operation: Operation, { operation: words }: Texts): Part[] {
  const { approval, requester } = operation
  if (!approval) return []
  const voted: Rich[] = approval.votes.map(({ by, verdict, reason }) => [
    verdict === 'approve' ? `✓ ${words.approval.approvedBy}` : `✗ ${words.approval.rejectedBy}`,
    { person: by },
    ...(reason === undefined ? [] : [words.because(reason)]),
  ])
  const open = waitsForApproval(operation) ? openLines(approval, requester.user, words) : []
  const lines = [...voted, ...open]
  return lines.length === 0 ? [] : [{ kind: 'list', items: lines }]
}

function openLines(
  { requirement, approvers, votes, guards }: Approval,
  requester: Operation['requester']['user'],
  { approval: words }: Texts['operation'],
): Rich[] {
  const seats = requirement.seats.reduce((sum, { count }) => sum + count, 0)
  const yes = votes.filter(({ verdict }) => verdict === 'approve').length
  const mentions: Rich = [
    ...approvers.groups.map((group) => ({ group })),
    ...approvers.users.filter((user) => user !== requester).map((person) => ({ person })),
  ].flatMap((mention, at) => (at === 0 ? [mention] : [', ', mention]))
  return [
    [words.needs(requirement.seats, Math.max(0, seats - yes))],
    words.asked(mentions, { person: requester }),
    ...(guards.length > 0 ? [[words.guards(guards.map(({ name, file, line }) => `${name} (${file}:${line})`))]] : []),
  ]
}
