import type { AxiosInstance, AxiosResponse } from 'axios'
import { Agent as PlainAgent } from 'node:http'
import { Agent as SecureAgent } from 'node:https'

export type Credential =
  | { readonly kind: 'none' }
  | { readonly kind: 'bearer'; readonly token: string }
  | { readonly kind: 'basic'; readonly user: string; readonly password: string }

/** PEM. */
export interface Certificates {
  readonly ca?: string
  readonly cert?: string
  readonly key?: string
}

/** A list is one parameter several times. */
export type Params = Readonly<Record<string, string | readonly string[]>>

/** The connection to one source: one client with its own credential and pool, made when it is first used. */
export interface Way {
  /** Whatever the status; throws only where no answer came. */
  get(path: string, ask: { readonly params: Params; readonly signal: AbortSignal }): Promise<AxiosResponse<unknown>>
  /** Closes idle connections; certificates are read again for the next ones. */
  renew(): void
}

interface Open {
  readonly client: AxiosInstance
  end(): void
}

export function createWay(settings: {
  readonly url: URL
  readonly credential: Credential
  readonly certificates: () => Promise<Certificates>
  readonly proxy?: string
  readonly limitBytes: number
}): Way {
  let open: Promise<Open> | undefined

  async function dial(): Promise<Open> {
    const [{ default: axios }, certificates] = await Promise.all([import('axios'), settings.certificates()])
    const pool = { keepAlive: true, maxSockets: 8, timeout: 60_000 }
    const agents = [new PlainAgent(pool), new SecureAgent({ ...pool, ...certificates })] as const
    const base = new URL(settings.url)
    base.pathname = base.pathname.replace(/\/*$/, '/')
    const client = axios.create({
      baseURL: base.href,
      headers: { accept: 'application/json', ...authorization(settings.credential) },
      httpAgent: agents[0],
      httpsAgent: agents[1],
      proxy: settings.proxy === undefined ? false : proxyOf(new URL(settings.proxy)),
      // A redirect would carry the credential to somebody else.
      maxRedirects: 0,
      maxContentLength: settings.limitBytes,
      responseType: 'text',
      transformResponse: (body: unknown) => body,
      validateStatus: () => true,
    })
    return { client, end: () => agents.forEach((agent) => agent.destroy()) }
  }

  const opened = (): Promise<Open> => {
    open ??= dial().catch((error: unknown) => {
      open = undefined
      throw error
    })
    return open
  }

  return {
    get: async (path, { params, signal }) => {
      const pairs = Object.entries(params).flatMap(([name, value]) =>
        [value].flat().map((each): [string, string] => [name, each]),
      )
      return (await opened()).client.get<unknown>(path, { params: new URLSearchParams(pairs), signal })
    },
    renew: () => {
      open?.then(({ end }) => end()).catch(() => undefined)
      open = undefined
    },
  }
}

function authorization(credential: Credential): Readonly<Record<string, string>> {
  switch (credential.kind) {
    case 'none':
      return {}
    case 'bearer':
      return { authorization: `Bearer ${credential.token}` }
    case 'basic':
      return {
        authorization: `Basic ${Buffer.from(`${credential.user}:${credential.password}`).toString('base64')}`,
      }
  }
}

function proxyOf({ protocol, hostname, port, username, password }: URL) {
  const auth = { username: decodeURIComponent(username), password: decodeURIComponent(password) }
  return {
    protocol: protocol.replace(':', ''),
    host: hostname,
    port: Number(port) || (protocol === 'https:' ? 443 : 80),
    ...(username === '' ? {} : { auth }),
  }
}
