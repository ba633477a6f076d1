import { plain } from '../cards/plain.ts'
import { problemMessage } from '../cards/problem-card.ts'
import { ChatError } from '../chat/chat.ts'
import type { Person } from '../chat/identity.ts'
import type { Incoming, Place, ReplyHandle } from '../chat/incoming.ts'
import type { Message } from '../chat/message.ts'
import { FormContext } from './form-context.ts'
import type { Answer } from './answer.ts'
import type { Asking } from './asking.ts'
import type { Desk } from './desk.ts'

/** Where the answer to something that arrived belongs. */
export interface Addressee {
  readonly person: Person
  readonly place: Place
  readonly reply?: ReplyHandle
  readonly trigger?: string
}

/** A form carries the place where it was opened with it. */
export const placeOf = (incoming: Incoming): Place =>
  incoming.kind === 'submission' ? FormContext.parse(JSON.parse(incoming.context)).place : incoming.place

/** How long the channel's verdict on a card is waited for, to tell the person if it was refused. */
const verdictMs = 10_000

/** Brings an answer to whom it is for. Never leaves somebody without one: where the channel refuses, the person is told alone. */
export async function deliver(
  answer: Answer,
  asking: Pick<Asking, 'key' | 'texts'> & Addressee,
  desk: Desk,
): Promise<void> {
  switch (answer.kind) {
    case 'silent':
      return
    case 'alone':
      return sayAlone(answer.message, asking, desk)
    case 'card':
      return refusedCard(answer.card, asking, desk)
    case 'channel': {
      const { instead, message } = answer
      const card = instead ?? `answer/${asking.key}`
      const revision = instead === undefined ? {} : { revision: desk.clock.now() }
      await desk.announcer.announce({ card, place: asking.place, message, ...revision })
      return refusedCard(card, asking, desk)
    }
    case 'form':
      if (asking.trigger === undefined) return
      return desk.chat.openForm(asking.trigger, answer.form)
  }
}

/** To one person: by the payload's own way back, which works where the bot is no member, else as a message only they see. */
export async function sayAlone(message: Message, { reply, place, person }: Addressee, desk: Desk): Promise<void> {
  try {
    if (reply) return await desk.chat.answer(reply, message)
  } catch (error) {
    if (!(error instanceof ChatError)) throw error
    desk.report(error, place.channel)
  }
  await desk.chat.whisper({ place, person, message })
}

async function refusedCard(card: string, asking: Pick<Asking, 'texts'> & Addressee, desk: Desk): Promise<void> {
  const reason = await refusal(card, desk)
  if (reason === undefined) return
  await sayAlone(problemMessage({ code: 'place_not_joined', reason }, asking.texts), asking, desk)
}

/** Why the chat refuses the card; undefined as soon as it stands there, or when nothing is known for a while. */
function refusal(card: string, { clock, operations }: Desk): Promise<string | undefined> {
  const { board } = operations.parts
  return new Promise((resolve) => {
    const settle = (reason: string | undefined): void => {
      for (const end of ends) end()
      resolve(reason)
    }
    const look = async (): Promise<void> => {
      const verdict = await board.verdict(card)
      if (verdict) settle(verdict.kind === 'refused' ? verdict.reason : undefined)
    }
    const ask = (): void => {
      look().catch(() => settle(undefined))
    }
    // Another replica may be the one that posts.
    const ends = [board.onMoved(ask), clock.after(verdictMs, () => settle(undefined))]
    ask()
  })
}

/** Nobody waits in silence: what was understood is echoed while it is worked on. */
export function sayWorking(asking: Pick<Asking, 'texts' | 'line'> & Addressee, desk: Desk): void {
  sayAlone(plain(asking.texts.shared.working(asking.line), 'working'), asking, desk).catch((error: unknown) =>
    desk.report(error, asking.line),
  )
}
