import { onTestFinished } from 'vitest'
import type { SlackServerOptions } from '../../../../src/sandbox/slack/server.ts'
import { createSlackServer } from '../../../../src/sandbox/slack/server.ts'
import { createManualClock } from '../../../support/manual-clock.ts'
import { aCaller } from './caller.ts'
import { aWorld } from './world.ts'

/** A server on a clock that the test moves; stopped with the test, when no timer of it may be left. */
export async function aSlack(options: Partial<SlackServerOptions> = {}) {
  const clock = createManualClock()
  const slack = await createSlackServer({ clock, world: aWorld(), tcpAfterClose: 'ends', ...options })
  onTestFinished(() => slack.stop())
  return { clock, slack, ...aCaller(slack) }
}
