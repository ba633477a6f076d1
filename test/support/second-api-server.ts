import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync, readdirSync, readlinkSync } from 'node:fs'
import { request } from 'node:https'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { setTimeout as passing } from 'node:timers/promises'

/** A real kube-apiserver beside the one of a lab, over the same etcd: the rest of the lab lives on the first one, so that this one may stop. */
export interface ApiServer {
  readonly port: number
  /** Resolves once it answers that it is ready. */
  start(): Promise<void>
  /** As a node ends a static pod: asked first, killed when it takes too long. Resolves once it is gone. */
  stop(): Promise<void>
}

const graceMs = 3_000
const readyMs = 60_000

/** `near` is where the lab's own API server listens on this machine, whose command line is taken over. */
export async function aSecondApiServer(near: { readonly port: string }): Promise<ApiServer> {
  const { binary, args, folder } = ownApiServer(near.port)
  const port = await freePort()
  const own = args
    .filter((one) => !one.startsWith('--audit-'))
    .map((one) => (one.startsWith('--secure-port=') ? `--secure-port=${port}` : one))
  let running: ChildProcess | undefined
  const isReady = (): Promise<boolean> =>
    new Promise((resolve) => {
      const asked = request(
        { host: '127.0.0.1', port, path: '/readyz', ca: readFileSync(join(folder, 'ca.crt')), timeout: 2_000 },
        (answer) => {
          answer.resume()
          resolve(answer.statusCode === 200)
        },
      )
      asked.on('error', () => resolve(false)).on('timeout', () => asked.destroy())
      asked.end()
    })
  return {
    port,
    start: async () => {
      const child = spawn(binary, own, { cwd: folder, stdio: 'ignore' })
      running = child
      for (const until = Date.now() + readyMs; !(await isReady()); await passing(100)) {
        if (child.exitCode !== null) throw new Error(`the second API server ended with ${child.exitCode}`)
        if (Date.now() > until) throw new Error('the second API server did not become ready')
      }
    },
    stop: async () => {
      const child = running
      running = undefined
      if (!child || child.exitCode !== null) return
      const gone = once(child, 'exit')
      child.kill('SIGTERM')
      const killing = setTimeout(() => child.kill('SIGKILL'), graceMs)
      await gone
      clearTimeout(killing)
    },
  }
}

function ownApiServer(port: string) {
  for (const id of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    const [, ...args] = commandLine(id)
    if (args[0] !== 'apiserver' || !args.includes(`--secure-port=${port}`)) continue
    return { args, binary: readlinkSync(`/proc/${id}/exe`), folder: readlinkSync(`/proc/${id}/cwd`) }
  }
  throw new Error(`no API server of a lab listens on port ${port} of this machine`)
}

/** Empty, where the process has ended meanwhile. */
function commandLine(id: string): readonly string[] {
  try {
    return readFileSync(`/proc/${id}/cmdline`, 'utf8').split('\0').filter(Boolean)
  } catch {
    return []
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  await once(server, 'close')
  return typeof address === 'object' && address !== null ? address.port : 0
}
