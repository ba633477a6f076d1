import type { Connection, ExecPlugin, Material, UserSource } from './connection.ts'
import type { Environment } from './settings.ts'
import type { KubeConfig as ClientConfig, User } from '@kubernetes/client-node'
import { readFile } from 'node:fs/promises'
import { homedir } from 'node:os'
import { delimiter, dirname, isAbsolute, join } from 'node:path'
import { parse } from 'yaml'
import { z } from 'zod'

/** The files where kubectl looks. */
export function kubeconfigFiles(environment: Environment): readonly string[] {
  const named = (environment['KUBECONFIG'] ?? '').split(delimiter).filter((file) => file !== '')
  return named.length > 0 ? named : [join(environment['HOME'] ?? homedir(), '.kube', 'config')]
}

const Exec = z.object({
  apiVersion: z.string().default('client.authentication.k8s.io/v1'),
  command: z.string().min(1),
  args: z.array(z.string()).nullish(),
  env: z.array(z.object({ name: z.string(), value: z.string() })).nullish(),
  provideClusterInfo: z.boolean().default(false),
  interactiveMode: z.string().nullish(),
})
/** What client-node leaves out when it reads a user. */
const Overlooked = z.object({
  tokenFile: z.string().optional(),
  exec: Exec.nullish(),
  as: z.string().optional(),
  'as-uid': z.string().optional(),
  'as-groups': z.array(z.string()).nullish(),
  'as-user-extra': z.record(z.string(), z.array(z.string())).nullish(),
})
const Users = z.object({ users: z.array(z.object({ name: z.string(), user: Overlooked.nullish() })).nullish() })

/**
 * Server and identity of one context, merged from the files as kubectl merges: the first file that names a thing wins,
 * missing files are skipped. Throws with file and fault in words. client-node reads the files; it is loaded here and not before.
 */
export async function loadKubeconfig(files: readonly string[], context?: string): Promise<Connection> {
  const { KubeConfig } = await import('./client-config.ts')
  const loaded = []
  for (const file of files) {
    const text = await readIfPresent(file)
    if (text === undefined) continue
    try {
      const document: unknown = parse(text)
      if (document === null) continue
      const config = new KubeConfig()
      config.loadFromString(JSON.stringify(document))
      config.makePathsAbsolute(dirname(file))
      loaded.push({ config, folder: dirname(file), users: Users.parse(document).users ?? [] })
    } catch (error) {
      throw new Error(`${file}: ${error instanceof z.ZodError ? z.prettifyError(error) : wordsOf(error)}`, {
        cause: error,
      })
    }
  }
  if (loaded.length === 0) throw new Error(`no kubeconfig: ${files.join(', ')}`)

  const wanted = context ?? loaded.map(({ config }) => config.getCurrentContext()).find((name) => name)
  if (wanted === undefined) throw new Error(`no context named and no current-context in ${files.join(', ')}`)
  const chosen = loaded.flatMap(({ config }) => config.getContexts()).find(({ name }) => name === wanted)
  if (!chosen) {
    const known = loaded.flatMap(({ config }) => config.getContexts().map(({ name }) => name))
    throw new Error(`no context "${wanted}" in ${files.join(', ')}; there are: ${known.join(', ')}`)
  }
  const cluster = loaded.flatMap(({ config }) => config.getClusters()).find(({ name }) => name === chosen.cluster)
  if (!cluster) throw new Error(`context "${wanted}": no cluster "${chosen.cluster}" in ${files.join(', ')}`)
  const holder = loaded.find(({ config }) => config.getUsers().some(({ name }) => name === chosen.user))
  const user = holder?.config.getUsers().find(({ name }) => name === chosen.user)
  if (chosen.user && !user) throw new Error(`context "${wanted}": no user "${chosen.user}" in ${files.join(', ')}`)

  const ca = materialOf(cluster.caFile, cluster.caData)
  const raw = holder?.users.find(({ name }) => name === chosen.user)?.user ?? {}
  return {
    server: cluster.server,
    ...(ca && { ca }),
    skipVerify: cluster.skipTLSVerify,
    ...(cluster.tlsServerName && { serverName: cluster.tlsServerName }),
    ...(cluster.proxyUrl && { proxyUrl: cluster.proxyUrl }),
    user: user ? userSource(user, { raw, folder: holder?.folder ?? '', authorize: authorizer(user, KubeConfig) }) : {},
  }
}

async function readIfPresent(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, 'utf8')
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined
    throw error
  }
}

function userSource(
  user: User,
  {
    raw,
    folder,
    authorize,
  }: { raw: z.infer<typeof Overlooked>; folder: string; authorize: () => Promise<string | undefined> },
): UserSource {
  const cert = materialOf(user.certFile, user.certData)
  const key = materialOf(user.keyFile, user.keyData)
  return {
    ...(user.username && { basic: { username: user.username, password: user.password ?? '' } }),
    ...(user.token && { token: user.token }),
    ...(raw.tokenFile && { tokenFile: isAbsolute(raw.tokenFile) ? raw.tokenFile : join(folder, raw.tokenFile) }),
    ...(user.authProvider && { provider: authorize }),
    ...(raw.exec && { exec: execPlugin(raw.exec, folder) }),
    ...(cert && key && { certificate: { cert, key } }),
    ...(raw.as && {
      as: {
        user: raw.as,
        groups: raw['as-groups'] ?? [],
        extra: raw['as-user-extra'] ?? {},
        ...(raw['as-uid'] !== undefined && { uid: raw['as-uid'] }),
      },
    }),
  }
}

function execPlugin(exec: z.infer<typeof Exec>, folder: string): ExecPlugin {
  if (exec.interactiveMode === 'Always') throw new Error(`credential plugin ${exec.command} wants a terminal`)
  const env = Object.fromEntries((exec.env ?? []).map(({ name, value }) => [name, value]))
  return { ...exec, args: exec.args ?? [], env, folder }
}

/** Azure, GCP and OIDC tokens come from client-node: one KubeConfig that holds this user alone and is never switched. */
function authorizer(user: User, KubeConfig: new () => ClientConfig) {
  const config = new KubeConfig()
  // The server is a placeholder: only the user's header is taken, no request is made through this object.
  config.loadFromClusterAndUser({ name: 'one', server: 'https://localhost', skipTLSVerify: false }, user)
  return async (): Promise<string | undefined> => {
    const options: { headers?: Record<string, string> } = {}
    await config.applyToHTTPSOptions(options)
    return options.headers?.['Authorization']
  }
}

/** kubectl prefers the data over the file. */
function materialOf(file: string | undefined, data: string | undefined): Material | undefined {
  if (data) return { pem: Buffer.from(data, 'base64').toString('utf8') }
  return file ? { file } : undefined
}

function wordsOf(error: unknown): string {
  return error instanceof Error ? error.message : 'unreadable'
}
