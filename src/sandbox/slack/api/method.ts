import type { Clock } from '../../../time/clock.ts'
import type { JsonObject } from '../../../json.ts'
import type { Findings } from '../findings.ts'
import type { Limits, Tier } from '../limits.ts'
import type { Sockets } from '../socket/sockets.ts'
import type { Triggers } from '../triggers.ts'
import type { Messages } from '../world/messages.ts'
import type { Views } from '../world/views.ts'
import type { World } from '../world/world.ts'
import type { Args } from './args.ts'

/** What the methods work on. */
export interface Workplace {
  readonly clock: Clock
  readonly world: World
  readonly messages: Messages
  readonly views: Views
  readonly triggers: Triggers
  readonly limits: Limits
  readonly findings: Findings
  readonly sockets: Sockets
  /** `http://127.0.0.1:PORT`, no slash at the end. */
  readonly origin: () => string
}

export interface Method {
  readonly name: string
  /** `special`: no limit by method (posting has one by channel). */
  readonly tier: Tier | 'special'
  readonly token: 'bot' | 'app'
  /** Any one of these is enough; none: no scope needed. */
  readonly scopes: readonly string[]
  /** Every argument it knows; others are reported as findings. */
  readonly accepts: readonly string[]
  readonly requires: readonly string[]
  /** The answer without `ok`. Throws `Refusal`. */
  readonly run: (args: Args, at: Workplace) => JsonObject
}
