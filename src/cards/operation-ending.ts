import type { Part } from '../chat/message.ts'
import type { Ending, Operation } from '../operations/operation.ts'
import { problemParts } from './problem-parts.ts'
import { reasonParts } from './reasons.ts'
import type { Texts } from './texts/en.ts'

/** How an operation ended, in words; nothing while it goes on. */
export function endingParts(operation: Operation, texts: Texts): Part[] {
  const { operation: words } = texts
  switch (operation.state) {
    case 'succeeded':
      return [say(words.succeeded[operation.how])]
    case 'failed':
      return failure(operation, texts)
    case 'superseded':
      return [say(words.superseded(operation.by))]
    case 'unknown':
      return [say(words.unknown)]
    case 'rejected':
      return [say(words.ended.rejected)]
    case 'expired':
      return [say(words.ended.deadline)]
    case 'voided':
    case 'cancelled':
    case 'denied':
      return withoutChange(operation.ending, texts)
    default:
      return []
  }
}

const say = (text: string): Part => ({ kind: 'text', text: [text] })

function failure(operation: Extract<Operation, { state: 'failed' }>, texts: Texts): Part[] {
  const { operation: words } = texts
  const { failure: found } = operation
  switch (found.why) {
    case 'rollout':
      return [
        say(words.failed.rollout(found.reason)),
        ...(found.progress ? reasonParts(found.progress, operation, words) : []),
      ]
    case 'not_finished':
      return [say(words.failed.not_finished), ...(found.progress ? reasonParts(found.progress, operation, words) : [])]
    case 'deleted':
      return [say(words.failed.deleted)]
    case 'problem':
      return [...problemParts(found.problem, texts), say(words.failed.nothing_changed)]
  }
}

function withoutChange(ending: Ending, texts: Texts): Part[] {
  const { ended, movedValues } = texts.operation
  switch (ending.why) {
    case 'requester':
    case 'holder':
    case 'deadline':
      return [say(ended[ending.why])]
    case 'card_not_posted':
      return [say(ended.card_not_posted(ending.detail))]
    case 'moved':
      return [say(ended.moved), say(movedValues), { kind: 'code', text: ending.moved.join('\n') }]
    case 'overtaken':
      return [say(ended.overtaken(ending.by))]
    case 'problem':
      return problemParts(ending.problem, texts)
  }
}
