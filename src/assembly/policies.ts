import { relative } from 'node:path'
import type { Clock } from '../time/clock.ts'
import type { Config } from '../config/config.ts'
import { createPolicySource } from '../policy/source.ts'
import type { PolicyChange, PolicySource } from '../policy/source.ts'

/** The policy file of that configuration, read and followed. Throws `PolicyError` where it cannot be used. */
export function openPolicy(
  config: Pick<Config, 'policyFile' | 'clusters'>,
  parts: { readonly clock: Clock; readonly onChange: (change: PolicyChange) => void },
): Promise<PolicySource> {
  return createPolicySource({
    path: config.policyFile,
    file: shortPath(config.policyFile),
    clusters: new Map([...config.clusters.values()].map(({ name, environment }) => [name, environment])),
    ...parts,
  })
}

/** As somebody in the working folder would call it. */
function shortPath(path: string): string {
  const short = relative(process.cwd(), path)
  return short.startsWith('..') ? path : short
}
