import { describe, expect, it } from 'vitest'
import type { JsonObject } from '../../../src/json.ts'
import { createDispatcher, hasty } from '../../../src/sandbox/alertmanager/dispatcher.ts'
import type { FiredAlert } from '../../../src/sandbox/alertmanager/notice.ts'
import { createSilenceBook } from '../../../src/sandbox/alertmanager/silences.ts'
import { createManualClock } from '../../support/manual-clock.ts'

const alert = (pod: string, more: Partial<FiredAlert> = {}): FiredAlert => ({
  labels: { alertname: 'Crash', cluster: 'test', namespace: 'shop', pod },
  annotations: {},
  startsAt: 1_000,
  generatorUrl: 'http://prometheus.example/graph',
  ...more,
})

function world() {
  const clock = createManualClock()
  const sent: JsonObject[] = []
  let taken = true
  let ids = 0
  const book = createSilenceBook(
    () => clock.now(),
    () => `s${(ids += 1)}`,
  )
  const dispatcher = createDispatcher({
    clock,
    settings: hasty,
    externalUrl: () => 'http://alertmanager.example',
    isSilenced: (labels) => book.silences(labels, clock.now()),
    send: async (notice) => {
      sent.push(notice)
      return taken
    },
  })
  const said = () =>
    sent.map(({ status, alerts }) => `${JSON.stringify(status)} ${Array.isArray(alerts) ? alerts.length : '?'}`)
  return { clock, sent, said, book, dispatcher, refuse: (on: boolean) => (taken = !on) }
}

describe('the Alertmanager of the trial', () => {
  it('gathers a group, tells it once, tells changes at its interval and the end of it', async () => {
    const { clock, said, dispatcher } = world()
    dispatcher.tell([alert('a')])
    await clock.advance(1_000)
    dispatcher.tell([alert('a'), alert('b')])
    await clock.advance(10_000)
    expect(said()).toEqual(['"firing" 2'])
    dispatcher.tell([alert('b')])
    await clock.advance(10_000)
    dispatcher.tell([])
    await clock.advance(10_000)
    expect(said()).toEqual(['"firing" 2', '"firing" 2', '"resolved" 1'])
    await clock.advance(60_000)
    expect(said()).toHaveLength(3)
    expect(clock.pending()).toBe(0)
  })

  it('says nothing of what was over before anybody was told', async () => {
    const { clock, said, dispatcher } = world()
    dispatcher.tell([alert('a')])
    await clock.advance(500)
    dispatcher.tell([])
    await clock.advance(60_000)
    expect(said()).toEqual([])
    expect(dispatcher.firing()).toEqual([])
  })

  it('tells it again until it is taken', async () => {
    const { clock, said, dispatcher, refuse } = world()
    refuse(true)
    dispatcher.tell([alert('a')])
    await clock.advance(5_000)
    refuse(false)
    await clock.advance(20_000)
    expect(said().length).toBeGreaterThanOrEqual(2)
    const before = said().length
    await clock.advance(60_000)
    expect(said()).toHaveLength(before)
  })

  it('honours a silence, and speaks again when it is taken back', async () => {
    const { clock, said, dispatcher, book } = world()
    const matchers = [{ name: 'alertname', value: 'Cr.*', isRegex: true, isEqual: true }]
    const from = clock.now()
    const order = { matchers, startsAt: from, endsAt: from + 60_000, createdBy: 'Bo', comment: 'known' }
    const id = book.put(order)
    dispatcher.tell([alert('a')])
    await clock.advance(20_000)
    expect(said()).toEqual([])
    expect(book.put({ ...order, id: id ?? '', endsAt: from + 90_000 })).toBe(id)
    expect(book.put({ ...order, id: 'nobody' })).toBeUndefined()
    expect(book.expire(id ?? '')).toBe('expired')
    expect(book.expire(id ?? '')).toBe('over')
    dispatcher.stir()
    await clock.advance(5_000)
    expect(said()).toEqual(['"firing" 1'])
  })

  it('tells nothing of what is silenced as a whole, not even that it is over', async () => {
    const { clock, said, dispatcher, book } = world()
    dispatcher.tell([alert('a')])
    await clock.advance(10_000)
    const matchers = [{ name: 'pod', value: 'a', isRegex: false, isEqual: true }]
    book.put({ matchers, startsAt: clock.now(), endsAt: clock.now() + 60_000, createdBy: 'Bo', comment: 'known' })
    dispatcher.stir()
    await clock.advance(10_000)
    expect(said()).toEqual(['"firing" 1'])
    dispatcher.tell([])
    await clock.advance(10_000)
    expect(said()).toEqual(['"firing" 1'])
    expect(clock.pending()).toBe(0)
  })
})
