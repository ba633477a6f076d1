import type { ChannelId, MessageTs, Person } from './identity.ts'
import type { Place, ReplyHandle } from './incoming.ts'
import type { Form, Message } from './message.ts'
import { ReadbackError } from '../errors.ts'

/** What can go wrong between us and the chat. */
export type ChatProblem =
  /** Try this method again after `retryAfterMs`; other methods are free to go on. */
  | { readonly code: 'chat_rate_limited'; readonly method: string; readonly retryAfterMs: number }
  /** The request may or may not have taken effect: read back before sending again. */
  | { readonly code: 'chat_outcome_unknown'; readonly method: string; readonly detail: string }
  /** It surely did not take effect and may be tried again (connection refused, 503 before processing). */
  | { readonly code: 'chat_unavailable'; readonly method: string; readonly detail: string }
  | { readonly code: 'chat_channel_unusable'; readonly channel: string; readonly reason: string }
  | { readonly code: 'chat_message_gone'; readonly channel: string; readonly ts: string }
  /** Refused for good: our mistake or missing rights (`missing_scope`, `invalid_blocks`). */
  | { readonly code: 'chat_refused'; readonly method: string; readonly reason: string }

export class ChatError extends ReadbackError<ChatProblem> {}

/** A message to a channel or thread. `tag` is written into its metadata, so that a later read-back recognises it. */
export interface Post {
  readonly channel: ChannelId
  readonly thread?: MessageTs
  readonly message: Message
  readonly tag: string
}

/** One chat platform, as the outbox and the answers need it. Every method throws `ChatError`. No method retries by itself. */
export interface Chat {
  /**
   * Brings what the message shows besides words (its pictures) into the chat, so that posting it afterwards is one request. Harmless to
   * repeat; nobody sees anything yet. Without pictures it does nothing. A picture that the chat refuses becomes words in `post`.
   */
  ready(message: Message): Promise<void>
  post(post: Post): Promise<MessageTs>
  edit(edit: {
    readonly channel: ChannelId
    readonly ts: MessageTs
    readonly message: Message
    readonly tag: string
  }): Promise<void>
  /** The message carrying `tag` in that channel or thread, looking back to `since` (epoch ms); undefined: surely absent. */
  find(search: {
    readonly channel: ChannelId
    readonly thread?: MessageTs
    readonly tag: string
    readonly since: number
  }): Promise<MessageTs | undefined>
  /** Answers a payload to that person alone; `replace` puts it in the place of the message that was clicked. */
  answer(reply: ReplyHandle, message: Message, replace?: 'replace'): Promise<void>
  /** Shown to one person in a channel, not stored by the chat. */
  whisper(to: { readonly place: Place; readonly person: Person; readonly message: Message }): Promise<void>
  openForm(trigger: string, form: Form): Promise<void>
  /** A text or picture as a file in a channel or thread; `about` is its alternative text. */
  upload(file: {
    readonly channel: ChannelId
    readonly thread?: MessageTs
    readonly name: string
    readonly about: string
    readonly content: Uint8Array
  }): Promise<void>
  permalink(channel: ChannelId, ts: MessageTs): Promise<string>
}
