import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { SocketLine } from '../../../src/chat/slack/socket-line.ts'
import type { Link } from '../../../src/chat/slack/socket-link.ts'
import { createSocketLine } from '../../../src/chat/slack/socket-line.ts'
import { createManualClock } from '../../support/manual-clock.ts'

function world() {
  const clock = createManualClock()
  const links: { lastFrameAt: number; closed: boolean }[] = []
  const line = createSocketLine({
    clock,
    open: async ({ onEnd }): Promise<Link> => {
      const link = { lastFrameAt: clock.now(), closed: false }
      links.push(link)
      const close = (): void => {
        link.closed = true
        onEnd()
      }
      return { opened: Promise.resolve(), lastFrameAt: () => link.lastFrameAt, close, retire: close }
    },
    report: () => {},
    onUp: () => {},
    onFinal: () => {},
  })
  line.start()
  return { clock, links, line }
}

describe('a line to Slack', () => {
  let line: SocketLine
  let clock: ReturnType<typeof createManualClock>
  let links: ReturnType<typeof world>['links']
  beforeEach(() => {
    ;({ clock, links, line } = world())
  })
  afterEach(async () => {
    await line.stop()
  })

  const speaking = async (forMs: number): Promise<void> => {
    for (let spent = 0; spent < forMs; spent += 1_000) {
      await clock.advance(1_000)
      const last = links.at(-1)
      if (last) last.lastFrameAt = clock.now()
    }
  }

  it('is left for another once nothing has come for half a minute', async () => {
    await speaking(60_000)
    expect(links).toHaveLength(1)
    await clock.advance(40_000)
    expect(links.map(({ closed }) => closed)).toEqual([true, false])
  })

  it('is kept while frames come, although the clock of the machine is set back', async () => {
    await speaking(10_000)
    clock.setBack(3_600_000)
    await clock.settle()
    await speaking(60_000)
    expect(links).toHaveLength(1)
  })

  it('is found deaf as soon, although the clock of the machine was set back', async () => {
    await speaking(10_000)
    clock.setBack(3_600_000)
    await clock.advance(40_000)
    expect(links).toHaveLength(2)
  })
})
