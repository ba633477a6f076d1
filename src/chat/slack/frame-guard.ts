import type { ReportSlack } from './slack-report.ts'
import type { SocketModeReceiver } from '@slack/bolt'
import { mended } from './socket-frames.ts'

export interface FrameGuard {
  readonly onFrame: (frame: string) => 'handled' | 'pass'
  readonly onUnreadable: (frame: string) => void
  readonly report: ReportSlack
}

/** Puts itself before the client's own handler, whose rejections nobody catches: each would end the process. */
export function guardFrames(client: SocketModeReceiver['client'], guard: FrameGuard): void {
  const { onFrame, onUnreadable, report } = guard
  const handlers = client.listeners('ws_message')
  client.removeAllListeners('ws_message')

  const pass = async (frame: unknown, isBinary: unknown): Promise<void> => {
    for (const handler of handlers) await Promise.resolve(handler.call(client, frame, isBinary))
  }

  async function passMended(frame: unknown, error: unknown): Promise<void> {
    const again = typeof frame === 'string' ? mended(frame) : undefined
    try {
      if (again === undefined) throw error
      await pass(again, false)
    } catch (last) {
      if (typeof frame === 'string') onUnreadable(frame)
      report({ level: 'warn', what: 'frame_unreadable', detail: String(last) })
    }
  }

  client.on('ws_message', (frame: unknown, isBinary: unknown) => {
    if (typeof frame === 'string' && onFrame(frame) === 'handled') return
    pass(frame, isBinary).catch((error: unknown) => passMended(frame, error))
  })
}
