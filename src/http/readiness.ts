/** What is missing before work can be taken; ready when nothing is. */
export interface Readiness {
  readonly missing: readonly ('chat' | 'store' | 'policy')[]
}

/** A socket that has said nothing for longer, pongs included, is taken for dead. */
const quietMs = 15_000

/** `lastFrame` and `now` are epoch ms by the same clock; `probe` throws when the store cannot be written. */
export async function readinessOf(parts: {
  readonly now: number
  readonly lastFrame: number | undefined
  readonly probe: () => Promise<void>
  readonly policyLoaded: boolean
}): Promise<Readiness> {
  const alive = parts.lastFrame !== undefined && parts.now - parts.lastFrame <= quietMs
  const writable = await parts.probe().then(
    () => true,
    () => false,
  )
  return {
    missing: [
      ...(alive ? [] : (['chat'] as const)),
      ...(writable ? [] : (['store'] as const)),
      ...(parts.policyLoaded ? [] : (['policy'] as const)),
    ],
  }
}
