import type { ChildProcess } from 'node:child_process'
import { spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { readbackYaml, rolesYaml } from '../src/sandbox/company/files.ts'
import type { SlackServer } from '../src/sandbox/slack/server.ts'
import { residentBytes } from './resident.ts'
import type { Bench } from './row.ts'
import { aWorkspace } from './workspace.ts'

/** A program of its own, started as it normally is, and the workspace it serves. */
export interface Contestant {
  readonly slack: SlackServer
  /** From spawn until it can take work: Bolt's `start()` resolved; ours: `/readyz` says 200. */
  readonly readyMs: number
  /** Resident bytes now. */
  rss(): number
  /** Processor time used so far; NaN where the system does not tell. Little depends on what else runs. */
  cpuMs(): number
  /** Where it serves webhooks and health; empty where it does not. */
  readonly address: string
  stop(): Promise<void>
  /** SIGKILL; its workspace goes on. */
  kill(): Promise<void>
}

export interface OursOptions {
  /** Where the server of both contexts listens; nowhere when absent. */
  readonly cluster?: string
  readonly nodeOptions?: readonly string[]
  readonly environment?: Readonly<Record<string, string>>
  /** An own workspace and folder, of an earlier process perhaps; new ones when absent. */
  readonly slack?: SlackServer
  readonly home?: string
  readonly yaml?: string
}

/** `readback start` on an empty data folder. */
export async function ours({ root, folder }: Bench, options: OursOptions = {}): Promise<Contestant> {
  const slack = options.slack ?? (await aWorkspace())
  const home = options.home ?? mkdtempSync(join(folder, 'ours-'))
  writeFileSync(join(home, 'readback.yaml'), options.yaml ?? readbackYaml)
  writeFileSync(join(home, 'roles.yaml'), rolesYaml)
  return launch(slack, {
    program: [...(options.nodeOptions ?? []), join(root, 'bin/readback.mjs'), 'start'],
    folder: home,
    environment: {
      ...tokensOf(slack),
      KUBECONFIG: kubeconfigIn(home, options.cluster ?? nowhere),
      READBACK_CONFIG: join(home, 'readback.yaml'),
      READBACK_POLICY: join(home, 'roles.yaml'),
      READBACK_DATA: join(home, 'data'),
      READBACK_HTTP_PORT: '0',
      ...options.environment,
    },
    ready: async (line) => {
      const address = /"http":"([^"]+)"/.exec(line)?.[1]
      if (address === undefined) return 'not yet'
      for (;;) if ((await fetch(`${address}/readyz`)).status === 200) return { address }
    },
  })
}

export async function bareBolt({ root, folder }: Bench): Promise<Contestant> {
  const slack = await aWorkspace()
  const home = mkdtempSync(join(folder, 'bolt-'))
  mkdirSync(home, { recursive: true })
  return launch(slack, {
    program: [join(root, 'bench/bare-bolt.mjs')],
    folder: home,
    environment: { ...tokensOf(slack), BENCH_FILE: join(home, 'lines.jsonl') },
    ready: (line) => Promise.resolve(line === 'ready' ? { address: '' } : 'not yet'),
  })
}

interface Launch {
  readonly program: readonly string[]
  readonly folder: string
  readonly environment: Readonly<Record<string, string>>
  /** Its address once it is ready. */
  readonly ready: (line: string) => Promise<{ readonly address: string } | 'not yet'>
}

const readyWithinMs = 20_000

async function launch(slack: SlackServer, { program, folder, environment, ready }: Launch): Promise<Contestant> {
  const begun = performance.now()
  const child = spawn(process.execPath, program, {
    cwd: folder,
    env: { PATH: process.env['PATH'], HOME: folder, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const said: string[] = []
  const gone = new Promise<void>((resolve) => child.once('close', () => resolve()))
  let address: string
  try {
    address = await new Promise<string>((resolve, reject) => {
      const late = setTimeout(() => reject(new Error('not ready in time')), readyWithinMs)
      const settle = (result: { readonly address: string } | 'not yet'): void => {
        if (result === 'not yet') return
        clearTimeout(late)
        resolve(result.address)
      }
      const hear = (line: string): void => {
        said.splice(0, said.length - 40)
        said.push(line)
        ready(line).then(settle, reject)
      }
      for (const stream of [child.stdout, child.stderr]) createInterface({ input: stream }).on('line', hear)
      child.once('error', reject)
      void gone.then(() => reject(new Error('ended before it was ready')))
    })
  } catch (error) {
    child.kill('SIGKILL')
    await slack.stop()
    throw new Error(`${program.join(' ')}: ${String(error)}\n${said.join('\n')}`, { cause: error })
  }
  return {
    slack,
    readyMs: performance.now() - begun,
    rss: () => residentBytes(child.pid),
    cpuMs: () => processorMs(child),
    address,
    kill: async () => {
      child.kill('SIGKILL')
      await gone
    },
    stop: async () => {
      child.kill('SIGTERM')
      const forced = setTimeout(() => child.kill('SIGKILL'), 5_000)
      await gone
      clearTimeout(forced)
      await slack.stop()
    },
  }
}

/** Linux counts in hundredths of a second. */
function processorMs({ pid }: ChildProcess): number {
  if (process.platform !== 'linux') return Number.NaN
  const [, after = ''] = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')
  const fields = after.split(' ')
  return (Number(fields[11]) + Number(fields[12])) * 10
}

const tokensOf = ({ world, apiUrl }: SlackServer) => ({
  SLACK_BOT_TOKEN: world.state.app.botToken,
  SLACK_APP_TOKEN: world.state.app.appToken,
  SLACK_API_URL: apiUrl,
})

const nowhere = 'http://127.0.0.1:9'

function kubeconfigIn(home: string, server: string): string {
  const names = ['test', 'prod']
  const file = join(home, 'kubeconfig')
  writeFileSync(
    file,
    JSON.stringify({
      apiVersion: 'v1',
      kind: 'Config',
      clusters: names.map((name) => ({ name, cluster: { server } })),
      users: names.map((name) => ({ name, user: { token: 'admin' } })),
      contexts: names.map((name) => ({ name, context: { cluster: name, user: name } })),
      'current-context': 'test',
    }),
  )
  return file
}
