import type { Clock } from '../../time/clock.ts'
import type { Cluster } from '../cluster.ts'
import type { Connection } from './connection.ts'
import type { Link } from './link.ts'
import type { DirectConfig, Environment, Limits, Log } from './settings.ts'
import { ClusterError } from '../problems.ts'
import { createAccess } from './access.ts'
import { createClient } from './client.ts'
import { describeFault } from './faults.ts'
import { inClusterConnection } from './in-cluster.ts'
import { loadKubeconfig } from './kubeconfig.ts'
import { createLink } from './link.ts'
import { defaultLimits } from './settings.ts'
import { createTransport } from './transport.ts'

export interface DirectParts {
  readonly config: DirectConfig
  readonly clock: Clock
  readonly log: Log
  readonly environment: Environment
  /** From 0 to 1, for jitter. */
  readonly random?: () => number
  readonly limits?: Partial<Limits>
}

export interface DirectCluster extends Cluster {
  /** Reads kubeconfig and credential without asking the server. Throws `cluster_unauthorized` with file and fault; for start and doctor. */
  prepare(): Promise<void>
}

/** A cluster reached straight through its API server. Nothing is read or opened before it is first used. */
export function createCluster({
  config,
  clock,
  log,
  environment,
  random = Math.random,
  limits: given,
}: DirectParts): DirectCluster {
  const { name: cluster, timeoutMs } = config
  const limits = { ...defaultLimits, ...given }
  let made: Promise<{ readonly link: Link; readonly connection: Connection }> | undefined

  const connect = async () => {
    const connection = await connectionOf(config, environment)
    return { connection, link: createLink(connection, { clock, environment, limits }) }
  }
  const ready = async () => {
    made ??= connect().catch((error: unknown) => {
      made = undefined
      throw error
    })
    return await made
  }
  const transport = createTransport({ cluster, clock, random, log, limits, link: async () => (await ready()).link })
  const plurals = new Map<string, string>()

  return {
    name: cluster,
    environment: config.environment,
    impersonate: config.impersonate,
    as: (caller) => {
      const client = createClient({ cluster, transport, as: caller, clock, timeoutMs, plurals })
      return createAccess({ cluster, client, clock, random, limits, log })
    },
    prepare: async () => {
      try {
        await (await ready()).link.wire()
      } catch (error) {
        throw new ClusterError(
          { code: 'cluster_unauthorized', cluster, detail: describeFault(error) },
          { cause: error },
        )
      }
    },
    health: transport.health,
    close: async () => {
      await (await made?.catch(() => undefined))?.link.close()
    },
  }
}

function connectionOf({ way }: DirectConfig, environment: Environment): Promise<Connection> | Connection {
  if (way.kind === 'kubeconfig') return loadKubeconfig(way.files, way.context)
  if (way.kind === 'in-cluster') return inClusterConnection(environment, way.root)
  return { server: way.server, skipVerify: true, user: way.token === undefined ? {} : { token: way.token } }
}
