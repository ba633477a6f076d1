import { onTestFinished } from 'vitest'
import { WebSocket } from 'ws'
import { z } from 'zod'
import type { SlackServer } from '../../../../src/sandbox/slack/server.ts'
import { aCaller } from './caller.ts'

const Frame = z.looseObject({
  type: z.string(),
  envelope_id: z.string().optional(),
  reason: z.string().optional(),
  retry_attempt: z.number().optional(),
  payload: z.looseObject({}).optional(),
})
export type Frame = z.infer<typeof Frame>

/** A Socket Mode client that does only what the test says; `next` waits for the next frame, hello included. */
export async function aSocket(slack: SlackServer) {
  const opened = await aCaller(slack, slack.world.state.app.appToken).call('apps.connections.open')
  const socket = new WebSocket(z.string().parse(opened['url']))
  const frames: Frame[] = []
  const waiting: ((frame: Frame) => void)[] = []
  socket.on('message', (data: Buffer) => {
    const frame = Frame.parse(JSON.parse(data.toString()))
    const first = waiting.shift()
    if (first === undefined) frames.push(frame)
    else first(frame)
  })
  const closed = new Promise<void>((resolve) => socket.on('close', () => resolve()))
  socket.on('error', () => {})
  onTestFinished(() => socket.terminate())
  const next = () =>
    new Promise<Frame>((resolve) => {
      const frame = frames.shift()
      if (frame === undefined) waiting.push(resolve)
      else resolve(frame)
    })
  return {
    next,
    unread: () => frames.length,
    closed,
    close: () => socket.close(1000),
    ack: (frame: Frame, payload: object = {}) =>
      socket.send(JSON.stringify({ envelope_id: frame.envelope_id, payload })),
    say: (text: string) => socket.send(text),
  }
}
