import type { VoteProblem } from '../../../../approvals/problems.ts'
import type { OperationProblem } from '../../../../operations/problems.ts'
import type { ReceptionProblem } from '../../../../reception/problems.ts'
import type { SentencesFor } from '../../../problem.ts'
import { anyOf } from '../words.ts'

const standing = {
  guest: 'Guests are',
  bot: 'Bots and workflows are',
  stranger: 'People of other companies are',
  deactivated: 'Deactivated people are',
} as const

export const operationProblems: SentencesFor<OperationProblem> = {
  operation_unknown: ({ id }) => ({
    sentence: `There is no operation ${id}.`,
    remedy: 'Its id stands on its card; finished ones are kept for a year.',
  }),
  operation_not_waiting: ({ id, state }) => ({
    sentence: `${id} is not waiting for that: it is ${state.replaceAll('_', ' ')}.`,
  }),
  operation_not_yours: ({ id }) => ({ sentence: `Only the person who asked for ${id} may do that.` }),
  operation_too_late: ({ id }) => ({
    sentence: `The time to confirm ${id} is over. Nothing was changed.`,
    remedy: 'Press “Plan again” on its card.',
  }),
  operation_other_plan: ({ id }) => ({
    sentence: `That button belongs to an earlier plan of ${id}. Nothing was done.`,
    remedy: 'Look at its card again.',
  }),
  operation_no_way_back: ({ id }) => ({ sentence: `${id} has nothing to undo: a restart changes no settings.` }),
  approval_now_needed: ({ rule }) => ({
    sentence: `Since this was ordered, ${rule} asks for an approval. Nothing was changed.`,
    remedy: 'Press “Plan again”: the new order collects it.',
  }),
  approval_lost: ({ missing, roles }) => ({
    sentence: `Somebody who approved no longer may; ${missing} of ${anyOf(roles)} ${missing === 1 ? 'is' : 'are'} missing again. Nothing was changed.`,
    remedy: 'Press “Plan again” to ask anew.',
  }),
  approvers_unchecked: ({ groups }) => ({
    sentence: `I could not check whether those who approved are still in ${anyOf(groups)}: the chat does not tell me just now. Nothing was changed.`,
    remedy: 'Press “Plan again” to ask anew.',
  }),
  operation_unrecorded: () => ({
    sentence: 'The audit trail cannot be written now, so nothing may change. Nothing was changed.',
    remedy: 'Whoever runs this bot has to look at its data folder or database: /ops doctor.',
  }),
}

export const voteProblems: SentencesFor<VoteProblem> = {
  approval_own_order: () => ({ sentence: 'You asked for this, so your own approval does not count.' }),
  approval_not_eligible: ({ roles }) => ({ sentence: `Only ${anyOf(roles)} may decide on this.` }),
  approval_unchecked: ({ groups }) => ({
    sentence: `I could not check whether you are in ${anyOf(groups)}: the chat does not tell me just now. Your vote was not counted.`,
    remedy: 'Vote again in a minute.',
  }),
  approval_voted_already: ({ verdict }) => ({
    sentence: verdict === 'approve' ? 'You have approved this already.' : 'You have rejected this already.',
  }),
  approval_other_plan: () => ({
    sentence: 'That button belongs to an earlier plan, not to the one that waits now. Your vote was not counted.',
    remedy: 'Look at the card again.',
  }),
  approval_expired: () => ({ sentence: 'The time to approve this is over. Nothing was changed.' }),
  approval_decided: ({ state }) => ({
    sentence: state === 'filled' ? 'It has all its approvals already.' : 'It was rejected already.',
  }),
}

export const receptionProblems: SentencesFor<ReceptionProblem> = {
  person_refused: (problem) => ({
    sentence: `${standing[problem.standing]} not served here.`,
    remedy: 'If they should be, name them by user id in the roles file.',
  }),
  person_unknown: () => ({
    sentence: 'The chat cannot tell me who you are right now, so I may do nothing for you.',
    remedy: 'Try again in a minute.',
  }),
  trail_broken: () => ({
    sentence: 'The audit trail holds what Readback did not write, so I do not show it.',
    remedy: 'Whoever runs this bot runs `readback audit verify`: it names the first line that is wrong.',
  }),
  place_shared: () => ({ sentence: 'People of another company read this channel, so logs are not shown here.' }),
  place_not_joined: ({ reason }) => ({
    sentence: `I cannot post in this channel (${reason}), so nothing happens here.`,
    remedy: 'Invite me: /invite @readback. Then order it again.',
  }),
  button_unknown: ({ action }) => ({ sentence: `I do not know that button any more (${action}).` }),
  order_stale: () => ({
    sentence: 'I was offline when you asked for this, several minutes ago. Nothing was done.',
    remedy: 'Ask again if you still want it.',
  }),
  bug: ({ reference }) => ({
    sentence: `That was my fault, not yours. Its reference is ${reference}.`,
    remedy: 'Whoever runs this bot finds it in the log under that reference.',
  }),
  storage_away: ({ reference }) => ({
    sentence: 'My storage does not answer just now, so this was not done.',
    remedy: `Ask again in a moment. Whoever runs this bot finds the cause in its log under ${reference}.`,
  }),
  storage_lost: ({ reference }) => ({
    sentence: 'My storage fell silent in the middle of this: I cannot tell whether it was done.',
    remedy: `Look whether a card appears before you ask again. Whoever runs this bot finds the cause in its log under ${reference}.`,
  }),
  form_needs_click: ({ verb }) => ({
    sentence: `A form opens only from a slash command. Type the rest after ${verb}.`,
    remedy: `help ${verb} shows how.`,
  }),
  logs_too_many: ({ limit }) => ({ sentence: `${limit} logs are followed already; stop one of them first.` }),
  logs_over: () => ({ sentence: 'These logs are not followed any more.' }),
  logs_no_namespace: () => ({
    sentence: 'In which namespace are the pods of that selector?',
    remedy: 'Add --namespace.',
  }),
}
