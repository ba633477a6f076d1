import type { Delivery } from '../intake.ts'

/** Why a body is not what its address takes. */
export type PayloadProblem =
  /** Another version of the format. `takes` is the one that is understood. */
  | { readonly code: 'webhook_version'; readonly found: string; readonly takes: string }
  /** `path` leads to what is wrong: `alerts[3].labels`; `detail` says what was expected there. */
  | { readonly code: 'webhook_shape'; readonly path: string; readonly detail: string }

export type Read =
  | { readonly ok: true; readonly delivery: Delivery }
  | { readonly ok: false; readonly problem: PayloadProblem }

/** One system that sends alerts: its JSON, parsed, to what it says. `at` is epoch ms. */
export type ReadPayload = (body: unknown, at: number) => Read
