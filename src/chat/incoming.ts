import type { ChannelId, MessageTs, Person } from './identity.ts'

/** Where something was typed or clicked, and where its answer belongs. */
export interface Place {
  readonly channel: ChannelId
  /** The thread's first message, when it happened in a thread. Slash commands never have one. */
  readonly thread?: MessageTs
  /** `shared`: people of another company read this channel too. */
  readonly kind: 'channel' | 'direct' | 'shared'
  /** Of the one person who reads a direct conversation (IETF tag), once they are known. */
  readonly locale?: string
}

/** An opaque way to answer this one payload without being a channel member (Slack: response_url, 5 uses, 30 min). */
export interface ReplyHandle {
  readonly url: string
}

interface Arrival {
  /** Idempotency key: the same payload delivered twice carries the same key. */
  readonly key: string
  readonly person: Person
  /** Epoch ms by our clock when it arrived. */
  readonly at: number
}

/** `/deploy web 1.5.0`: `command` is `/deploy`, `text` is `web 1.5.0`, still as chat mangled it. */
export interface SlashOrder extends Arrival {
  readonly kind: 'slash'
  readonly command: string
  readonly text: string
  readonly place: Place
  readonly reply: ReplyHandle
  /** Opens one form within 3 s. */
  readonly trigger: string
}

/** `@readback status web`, in a channel or in a thread; `text` is what follows the mention. */
export interface MentionOrder extends Arrival {
  readonly kind: 'mention'
  readonly text: string
  readonly place: Place
  readonly message: MessageTs
}

/** A button pressed or a menu chosen. `value` is what we put there: an opaque id, never authority. */
export interface Click extends Arrival {
  readonly kind: 'click'
  readonly action: string
  readonly value: string
  readonly place: Place
  /** Absent for ephemeral messages. */
  readonly message?: MessageTs
  readonly reply: ReplyHandle
  readonly trigger: string
}

/** A form sent off. `context` is what we put into it when it was opened (Slack: private_metadata). */
export interface Submission extends Arrival {
  readonly kind: 'submission'
  readonly form: string
  readonly context: string
  /** Field name → what was entered; fields left empty are absent. */
  readonly values: Readonly<Record<string, string>>
}

/** Everything that may reach the bot from a chat, already acknowledged. */
export type Incoming = SlashOrder | MentionOrder | Click | Submission

/** Field name → sentence, shown beside that field while the form stays open; nothing closes it. */
export type FormErrors = Readonly<Record<string, string>>

/**
 * Stores what arrived before it is acknowledged, so that whatever was acknowledged is handled. False: it was taken before. When it throws nobody
 * acknowledges, and the chat tells the person that it did not get through.
 */
export type Keep = (incoming: Incoming) => Promise<boolean>

/**
 * Who handles what arrives. Must never throw: an adapter has nobody to tell.
 * For a submission the returned promise may carry field errors, due within 2.5 s; everything else was acknowledged before.
 */
export type Receive = (incoming: Incoming) => Promise<FormErrors | undefined>
