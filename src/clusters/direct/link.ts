import type { Clock } from '../../time/clock.ts'
import type { ActingAs, Connection } from './connection.ts'
import type { Dispatchers, Tls } from './dispatchers.ts'
import type { Environment, Limits } from './settings.ts'
import { createCredential } from './credentials/credential.ts'
import { createDispatchers } from './dispatchers.ts'
import { createFreshFile } from './fresh-file.ts'
import { proxyFor } from './no-proxy.ts'

/** Connection pools and credential, as they are right now. */
export interface Wire extends Dispatchers {
  readonly origin: string
  /** Goes before every path; empty for most. */
  readonly prefix: string
  readonly authorization: string | undefined
  /** Whom the configuration itself acts as. */
  readonly as: ActingAs | undefined
}

/** The way to one server as one identity. */
export interface Link {
  /** Throws where no credential can be had. Pools are replaced when certificates have changed; old ones end by themselves. */
  wire(): Promise<Wire>
  /** The server refused the credential or its certificate no longer fits: read and fetch anew next time. */
  renew(): void
  close(): Promise<void>
}

export function createLink(
  connection: Connection,
  { clock, environment, limits }: { readonly clock: Clock; readonly environment: Environment; readonly limits: Limits },
): Link {
  const server = new URL(connection.server)
  if (server.protocol === 'http:' && !connection.skipVerify && !isLoopback(server))
    throw new Error(`${server.origin} is not encrypted: set insecure-skip-tls-verify if that is meant`)
  const proxy = connection.proxyUrl ?? proxyFor(server, environment)
  const credential = createCredential(connection, { clock, environment })
  const caFile = connection.ca && 'file' in connection.ca ? createFreshFile(connection.ca.file, clock) : undefined
  const caPem = connection.ca && 'pem' in connection.ca ? connection.ca.pem : undefined
  let present: { readonly made: string; readonly dispatchers: Dispatchers } | undefined

  const dispatchersFor = (tls: Tls): Dispatchers => {
    const made = JSON.stringify(tls)
    if (present?.made !== made) {
      if (present) void finish(present.dispatchers)
      present = { made, dispatchers: createDispatchers({ tls, proxy, limits }) }
    }
    return present.dispatchers
  }

  return {
    wire: async () => {
      const [grant, ca] = await Promise.all([credential.get(), caFile?.get() ?? caPem])
      const { authorization, ...certificate } = grant
      const tls: Tls = {
        ...certificate,
        ...(ca !== undefined && { ca }),
        ...(connection.serverName !== undefined && { servername: connection.serverName }),
        rejectUnauthorized: !connection.skipVerify,
      }
      const prefix = server.pathname.replace(/\/$/, '')
      return { ...dispatchersFor(tls), origin: server.origin, prefix, authorization, as: connection.user.as }
    },
    renew: () => {
      credential.invalidate()
      caFile?.invalidate()
    },
    close: async () => {
      credential.close()
      if (present) await Promise.all([present.dispatchers.calls.destroy(), present.dispatchers.streams.destroy()])
    },
  }
}

/** This machine: nobody is in between. */
function isLoopback({ hostname }: URL): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || hostname.startsWith('127.')
}

/** Lets what is under way end, then closes. */
async function finish({ calls, streams }: Dispatchers): Promise<void> {
  await Promise.allSettled([calls.close(), streams.close()])
}
