import type { ChannelId, GroupId, UserId } from './identity.ts'

/**
 * One run of text. A bare string is foreign or plain text and is shown letter by letter: it cannot mention,
 * link or format. Formatting exists only as structure, so no string from a cluster can reach it.
 */
export type Span =
  | string
  | { readonly bold: string }
  | { readonly code: string }
  | { readonly strike: string }
  | { readonly muted: string }
  | { readonly person: UserId }
  | { readonly group: GroupId }
  | { readonly channel: ChannelId }
  | { readonly link: { readonly url: string; readonly text: string } }
  /** A moment, shown in the reader's own zone; epoch ms. */
  | { readonly moment: number }

export type Rich = readonly Span[]

/** Asks once more before a click counts. */
export interface Confirm {
  readonly title: string
  readonly text: string
  readonly yes: string
  readonly no: string
}

export interface Button {
  /** What it does, e.g. `operation.undo`; the chat adapter hands it back in `Click.action`. */
  readonly action: string
  /** Opaque id, at most 2,000 characters; comes back in `Click.value`. */
  readonly value: string
  readonly label: string
  readonly style?: 'primary' | 'danger'
  readonly confirm?: Confirm
  /** Opens a page instead of sending a click. */
  readonly url?: string
}

/** A drop-down; choosing sends a Click with the option's value. */
export interface Menu {
  readonly action: string
  readonly placeholder: string
  readonly options: readonly { readonly label: string; readonly value: string }[]
}

/** How a message feels at a glance: the colour of its bar and its leading sign. */
export type Tone = 'neutral' | 'waiting' | 'working' | 'good' | 'bad' | 'warning'

export type Part =
  | { readonly kind: 'title'; readonly text: string; readonly aside?: string }
  | { readonly kind: 'text'; readonly text: Rich }
  | { readonly kind: 'list'; readonly items: readonly Rich[] }
  /** Label → value pairs, two columns where there is room. */
  | { readonly kind: 'facts'; readonly facts: readonly { readonly label: string; readonly value: Rich }[] }
  /** Fixed-width text, never interpreted. Too long for the chat: the adapter uploads it as a file named `name`. */
  | { readonly kind: 'code'; readonly text: string; readonly name?: string }
  | { readonly kind: 'table'; readonly columns: readonly string[]; readonly rows: readonly (readonly string[])[] }
  /**
   * A PNG in base64, at most `largestPicture` characters. `about` says in words what it shows: for screen readers, and in
   * its place where it cannot be shown. `name` is the file's: `web-cpu.png`.
   */
  | { readonly kind: 'picture'; readonly name: string; readonly about: string; readonly png: string }
  /** Small print. */
  | { readonly kind: 'note'; readonly text: Rich }
  | { readonly kind: 'buttons'; readonly buttons: readonly (Button | Menu)[] }
  | { readonly kind: 'divider' }

export type Picture = Extract<Part, { kind: 'picture' }>

/** Characters of base64: a picture waits in the store until it is shown, and nothing there may grow without a bound. */
export const largestPicture = 700_000

/** What the bot says, without knowing any chat platform. Cards build it, `chat/slack` renders it. */
export interface Message {
  /** One plain line for the phone's notification and for screen readers; names object, cluster and what is asked. */
  readonly summary: string
  readonly tone: Tone
  readonly parts: readonly Part[]
}

/** One field of a form. `name` is unique in its form and comes back as a key of `Submission.values`. */
export type Field =
  | {
      readonly kind: 'choice'
      readonly name: string
      readonly label: string
      readonly options: readonly { readonly label: string; readonly value: string }[]
      readonly initial?: string
      readonly optional?: boolean
      readonly hint?: string
    }
  | {
      readonly kind: 'text'
      readonly name: string
      readonly label: string
      readonly initial?: string
      readonly placeholder?: string
      readonly optional?: boolean
      readonly multiline?: boolean
      readonly hint?: string
    }
  | { readonly kind: 'words'; readonly text: Rich }

export interface Form {
  readonly form: string
  readonly title: string
  readonly submit: string
  readonly cancel: string
  /** Comes back untouched in `Submission.context`; at most 3,000 characters. */
  readonly context: string
  readonly fields: readonly Field[]
}
