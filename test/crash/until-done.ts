import { setTimeout as wait } from 'node:timers/promises'
import { shownText } from '../support/scene.ts'
import type { Workplace } from './workplace.ts'

/** Slack takes 40 edits a minute: what gathered while bots died is shown at that pace. */
const mostMs = 300_000

const isOpen = /(planned|confirm|waiting|approval|approved|starting|sending the change|rolling out)/i

/** Until every order has a card and every card says how its operation ended, or for so long that the reckoning shall say what is missing. */
export async function untilDone(place: Workplace): Promise<void> {
  const begun = Date.now()
  while (Date.now() - begun < mostMs) {
    await Promise.all([place.answer(), wait(500)])
    const cards = place.channels.flatMap((channel) => place.slack.driver.messagesIn(channel))
    const said = cards.map(shownText).join('\n')
    if (!cards.some(({ text }) => isOpen.test(text)) && [...place.taken].every((tag) => said.includes(`:${tag}`)))
      return
  }
}
