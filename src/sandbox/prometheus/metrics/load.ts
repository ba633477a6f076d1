import type { TrafficProfile } from '../../company/traffic.ts'
import { createWave } from '../wave.ts'
import type { Wave } from '../wave.ts'

/** A kind of request and how often it comes. */
export interface RequestKind {
  readonly method: string
  readonly code: string
  /** In a second on an ordinary day, all pods together. */
  readonly perSecond: number
  readonly wave: Wave
  /** Seconds that half of them take at most, where pods have room. */
  readonly median: number
}

/** What comes to one workload. */
export interface Load {
  readonly profile: TrafficProfile
  readonly kinds: readonly RequestKind[]
  readonly work: Wave
  /** How full a pod is with that share of the traffic; 1 is as much as it can do. */
  crowding(share: number): number
}

const usualCrowding = 0.45

export function createLoad(
  seed: string,
  { profile, pods }: { readonly profile: TrafficProfile; readonly pods: number },
): Load {
  const median = profile.medianMs / 1000
  const kind = (
    method: string,
    code: string,
    of: { readonly share: number; readonly slower: number },
  ): RequestKind => ({
    method,
    code,
    perSecond: profile.requestsPerSecond * of.share,
    median: median * of.slower,
    wave: createWave(`${seed} ${method} ${code}`, { roughness: code < '500' ? 1 : 1.3 }),
  })
  return {
    profile,
    kinds: [
      kind('GET', '200', { share: 0.8, slower: 1 }),
      kind('POST', '201', { share: 0.16, slower: 3.2 }),
      kind('GET', '404', { share: 0.035, slower: 0.5 }),
      kind('GET', '500', { share: 0.003, slower: 6 }),
      kind('POST', '503', { share: 0.002, slower: 9 }),
    ],
    work: createWave(`${seed} work`),
    crowding: (share) => share * pods * usualCrowding,
  }
}

/** How much longer requests take in a pod so full than in one as full as usual. */
export const slowdown = (crowding: number): number => (1 - usualCrowding) / (1 - Math.min(crowding, 0.93))

/** How much longer requests take in a container that has just started, and in one whose caches fill. */
export const chill = [4.5, 1.9, 1] as const

/** How much longer they take in a version that is slow: its tag says so. */
export const slowness = (tag: string): number => (tag.includes('slow') ? 6 : 1)

/** How many of its requests fail of those that would not; failures grow where a pod has no room. */
export const failures = (crowding: number): number => 1 + 25 * Math.max(0, crowding - 0.8)

/** Share of scheduling periods in which it is held back at its CPU limit. */
export const heldBack = (crowding: number): number => Math.min(0.9, 0.012 + 0.7 * Math.max(0, crowding - 0.5))
