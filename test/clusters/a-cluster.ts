import type { Clock } from '../../src/time/clock.ts'
import type { ClusterProblem } from '../../src/clusters/problems.ts'
import type { DirectCluster } from '../../src/clusters/direct/cluster.ts'
import type { Environment, Limits, Way } from '../../src/clusters/direct/settings.ts'
import { createCluster } from '../../src/clusters/direct/cluster.ts'
import { ClusterError } from '../../src/clusters/problems.ts'
import { shop } from './objects.ts'

const silent = { debug: () => undefined, warn: () => undefined }

/** A cluster under test; jitter is at its longest unless told otherwise. */
export function aCluster({
  way,
  clock,
  timeoutMs = 10_000,
  limits = {},
  random = () => 1,
  environment = {},
}: {
  way: Way | string
  clock: Clock
  timeoutMs?: number
  limits?: Partial<Limits>
  random?: () => number
  environment?: Environment
}): DirectCluster {
  return createCluster({
    config: {
      name: shop,
      environment: 'test',
      impersonate: false,
      timeoutMs,
      way: typeof way === 'string' ? { kind: 'server', server: way } : way,
    },
    clock,
    log: silent,
    environment,
    random,
    limits,
  })
}

/** The problem that a promise ends with. */
export async function problemOf(promise: Promise<unknown>): Promise<ClusterProblem> {
  try {
    await promise
  } catch (error) {
    if (error instanceof ClusterError) return error.problem
    throw error
  }
  throw new Error('it went well')
}
