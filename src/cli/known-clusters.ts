import type { KnownClusters } from '../policy/policy.ts'
import { readConfigFile } from './config-file.ts'
import { CliError } from './problems.ts'
import type { Terminal } from './terminal.ts'

export interface FoundClusters {
  readonly clusters: KnownClusters
  /** `assumed`: nothing names any, so these are the trial's two. */
  readonly from: 'options' | 'config' | 'assumed'
}

const assumed: KnownClusters = new Map([
  ['test', 'test'],
  ['prod', 'production'],
])

/**
 * Clusters and their environments for the policy commands, which run in CI without tokens, kubeconfig and secrets: of
 * `--cluster NAME=ENVIRONMENT`, else of readback.yaml. Throws `ConfigError` where that one cannot be used.
 */
export async function findClusters(options: readonly string[], terminal: Terminal): Promise<FoundClusters> {
  if (options.length > 0) return { clusters: new Map(options.map(readOption)), from: 'options' }
  const file = await readConfigFile(terminal)
  if (file === undefined) return { clusters: assumed, from: 'assumed' }
  return { clusters: new Map([...file.clusters].map(([name, { environment }]) => [name, environment])), from: 'config' }
}

function readOption(found: string): readonly [string, string] {
  const [name = '', environment = '', ...more] = found.split('=')
  if (name !== '' && environment !== '' && more.length === 0) return [name, environment]
  const expected = { kind: 'text', values: ['prod=production'] } as const
  throw new CliError({ code: 'cli_wrong_value', command: 'readback policy', option: '--cluster', found, expected })
}
