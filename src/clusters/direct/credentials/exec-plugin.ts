import type { Clock } from '../../../time/clock.ts'
import type { Connection, ExecPlugin } from '../connection.ts'
import type { Environment } from '../settings.ts'
import type { Credential, Grant } from './grant.ts'
import { spawn } from 'node:child_process'
import { isAbsolute, join } from 'node:path'
import { z } from 'zod'

const limitMs = 20_000
const outputBytes = 1024 * 1024
/** Renewed so long before it ends: a token may be looked at by the server a moment after it was sent. */
const skewMs = 30_000

const ExecCredential = z.object({
  kind: z.literal('ExecCredential'),
  status: z.object({
    token: z.string().optional(),
    clientCertificateData: z.string().optional(),
    clientKeyData: z.string().optional(),
    expirationTimestamp: z.string().optional(),
  }),
})

/**
 * A client-go credential plugin (client.authentication.k8s.io). Calls at the same time share one process, which is
 * killed after 20 s; the answer is kept until shortly before it expires or the server refuses it.
 */
export function createExecPlugin(
  plugin: ExecPlugin,
  deps: { readonly clock: Clock; readonly environment: Environment; readonly connection: Omit<Connection, 'user'> },
): Credential {
  const { clock } = deps
  const stop = new AbortController()
  let kept: { readonly grant: Grant; readonly until: number } | undefined
  let running: Promise<Grant> | undefined

  const run = async (): Promise<Grant> => {
    try {
      const { status } = ExecCredential.parse(JSON.parse(await output(plugin, { ...deps, stop: stop.signal })))
      if (status.token === undefined && status.clientCertificateData === undefined)
        throw new Error('it gave neither a token nor a certificate')
      const grant: Grant = {
        ...(status.token !== undefined && { authorization: `Bearer ${status.token}` }),
        ...(status.clientCertificateData !== undefined && { cert: status.clientCertificateData }),
        ...(status.clientKeyData !== undefined && { key: status.clientKeyData }),
      }
      const until =
        status.expirationTimestamp === undefined
          ? Number.POSITIVE_INFINITY
          : Date.parse(status.expirationTimestamp) - skewMs
      kept = { grant, until }
      return grant
    } catch (error) {
      throw new Error(`credential plugin ${plugin.command}: ${error instanceof Error ? error.message : 'failed'}`, {
        cause: error,
      })
    } finally {
      running = undefined
    }
  }

  return {
    get: async () => {
      if (kept !== undefined && clock.now() < kept.until) return kept.grant
      running ??= run()
      return await running
    },
    invalidate: () => {
      kept = undefined
    },
    close: () => stop.abort(),
  }
}

function output(
  plugin: ExecPlugin,
  {
    clock,
    environment,
    connection,
    stop,
  }: { clock: Clock; environment: Environment; connection: Omit<Connection, 'user'>; stop: AbortSignal },
): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(commandOf(plugin), plugin.args, {
      env: { ...environment, ...plugin.env, KUBERNETES_EXEC_INFO: JSON.stringify(execInfo(plugin, connection)) },
      stdio: ['ignore', 'pipe', 'pipe'],
      signal: stop,
    })
    let out = ''
    let complaint = ''
    let reason: string | undefined
    const kill = (why: string): void => {
      reason ??= why
      child.kill('SIGKILL')
      // A grandchild may hold the pipes open for ever; what it still writes is nothing to us.
      child.stdout.destroy()
      child.stderr.destroy()
    }
    const cancel = clock.after(limitMs, () => kill(`no answer within ${limitMs / 1000} s`))
    child.stdout.setEncoding('utf8').on('data', (piece: string) => {
      out += piece
      if (out.length > outputBytes) kill('it says too much')
    })
    child.stderr.setEncoding('utf8').on('data', (piece: string) => {
      complaint = (complaint + piece).slice(-500)
    })
    child.on('error', (error) => {
      cancel()
      reject(error)
    })
    child.on('close', (code, signal) => {
      cancel()
      if (reason === undefined && code === 0) resolve(out)
      else reject(new Error(reason ?? `it ended with ${code ?? signal}: ${complaint.trim()}`))
    })
  })
}

function commandOf({ command, folder }: ExecPlugin): string {
  return command.includes('/') && !isAbsolute(command) ? join(folder, command) : command
}

/** https://kubernetes.io/docs/reference/config-api/client-authentication.v1/ */
function execInfo({ apiVersion, provideClusterInfo }: ExecPlugin, connection: Omit<Connection, 'user'>) {
  const { server, serverName, skipVerify, proxyUrl, ca } = connection
  const cluster = {
    server,
    ...(serverName !== undefined && { 'tls-server-name': serverName }),
    ...(skipVerify && { 'insecure-skip-tls-verify': true }),
    ...(ca && 'pem' in ca && { 'certificate-authority-data': Buffer.from(ca.pem).toString('base64') }),
    ...(proxyUrl !== undefined && { 'proxy-url': proxyUrl }),
  }
  return { apiVersion, kind: 'ExecCredential', spec: { interactive: false, ...(provideClusterInfo && { cluster }) } }
}
