import type { Clock } from '../../../src/time/clock.ts'
import type { Chat, ChatProblem } from '../../../src/chat/chat.ts'
import { ChatError } from '../../../src/chat/chat.ts'
import { MessageTs } from '../../../src/chat/identity.ts'

export interface Posted {
  readonly channel: string
  readonly thread: string | undefined
  readonly ts: MessageTs
  readonly tag: string
  readonly at: number
  text: string
  deleted: boolean
}

/** `lost`: took effect, but the answer did not arrive. */
export type Fault = 'none' | 'lost' | 'dropped' | 'limited' | 'unavailable' | ChatProblem

export interface FakeChannel {
  readonly chat: Chat
  readonly messages: Posted[]
  /** Times of chat.update, for budgets. */
  readonly edits: { readonly at: number; readonly tag: string; readonly text: string }[]
  /** Asked before each call; default: no fault. */
  fault: (method: 'ready' | 'post' | 'edit' | 'find') => Fault
}

const fail = (fault: Fault, method: string): void => {
  if (fault === 'none' || fault === 'lost') return
  if (fault === 'dropped') throw new ChatError({ code: 'chat_outcome_unknown', method, detail: 'timeout' })
  if (fault === 'limited') throw new ChatError({ code: 'chat_rate_limited', method, retryAfterMs: 3000 })
  if (fault === 'unavailable') throw new ChatError({ code: 'chat_unavailable', method, detail: 'refused' })
  throw new ChatError(fault)
}
const loseAnswer = (fault: Fault, method: string): void => {
  if (fault === 'lost') throw new ChatError({ code: 'chat_outcome_unknown', method, detail: 'connection reset' })
}
const unused = (): never => {
  throw new Error('not used by the outbox')
}

/** Channels that keep what was posted, and fail as told. */
export function createFakeChannel(clock: Clock): FakeChannel {
  const messages: Posted[] = []
  const edits: FakeChannel['edits'] = []
  let count = 0

  const fake: FakeChannel = {
    messages,
    edits,
    fault: () => 'none',
    chat: {
      ready: async ({ parts }) => {
        if (parts.some(({ kind }) => kind === 'picture')) fail(fake.fault('ready'), 'files.completeUploadExternal')
      },
      post: async ({ channel, thread, message, tag }) => {
        const fault = fake.fault('post')
        fail(fault, 'chat.postMessage')
        count += 1
        const ts = MessageTs.parse(`${Math.floor(clock.now() / 1000)}.${String(count).padStart(6, '0')}`)
        messages.push({ channel, thread, ts, tag, at: clock.now(), text: message.summary, deleted: false })
        loseAnswer(fault, 'chat.postMessage')
        return ts
      },
      edit: async ({ channel, ts, message, tag }) => {
        const fault = fake.fault('edit')
        fail(fault, 'chat.update')
        const found = messages.find((known) => known.channel === channel && known.ts === ts && !known.deleted)
        if (found === undefined) throw new ChatError({ code: 'chat_message_gone', channel, ts })
        found.text = message.summary
        edits.push({ at: clock.now(), tag, text: message.summary })
        loseAnswer(fault, 'chat.update')
      },
      find: async ({ channel, thread, tag, since }) => {
        fail(fake.fault('find'), 'conversations.history')
        const found = messages.find(
          (known) =>
            known.channel === channel &&
            known.thread === thread &&
            known.tag === tag &&
            known.at >= since &&
            !known.deleted,
        )
        return found?.ts
      },
      answer: unused,
      whisper: unused,
      openForm: unused,
      upload: unused,
      permalink: unused,
    },
  }
  return fake
}
