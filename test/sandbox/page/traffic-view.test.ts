import { expect, test } from 'vitest'
import { trafficOf } from '../../../src/sandbox/page/traffic-view.ts'

test.each([
  ['hello', true],
  ['disconnect: refresh_requested', true],
  ['closed', false],
  ['too_many_websockets', false],
] as const)('a socket that says %s is shown as good: %s', (event, good) => {
  expect(trafficOf([{ at: 0, kind: 'socket', event, connection: 'link-1' }])).toMatchObject([
    { what: `socket ${event}`, good },
  ])
})

test('a call that was refused with 200 is shown as bad', () => {
  const call = { at: 0, kind: 'call', method: 'chat.update', request: {}, status: 200 } as const
  expect(trafficOf([{ ...call, response: { ok: false } }])).toMatchObject([{ good: false }])
  expect(trafficOf([{ ...call, response: { ok: true } }])).toMatchObject([{ good: true }])
})
