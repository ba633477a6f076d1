import type { App } from '@slack/bolt'
import { z } from 'zod'

const Refusable = z.object({ refuse: z.custom<() => void>((value) => typeof value === 'function') })

/**
 * Bolt acknowledges an event before any listener has seen it, so that one that could not be kept would be lost. Here the acknowledgement waits for
 * the listeners and is withheld when one of them refuses: Slack sends the event again, at once, after a minute and after five.
 */
export function acknowledgeEventsLast(app: App): void {
  const process = app.processEvent.bind(app)
  app.processEvent = async (arrival) => {
    if (arrival.body['type'] !== 'event_callback') return process(arrival)
    let refused = false
    const refuse = (): void => {
      refused = true
    }
    await process({ ...arrival, ack: async () => {}, customProperties: { ...arrival.customProperties, refuse } })
    if (!refused) await arrival.ack()
  }
}

/** What a listener does that could not keep its event; `context` is Bolt's. */
export function refuseEvent(context: object): void {
  Refusable.parse(context).refuse()
}
