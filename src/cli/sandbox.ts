import { resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { setFlagsFromString } from 'node:v8'
import { systemClock } from '../time/clock.ts'
import { readEnvironment } from '../config/environment.ts'
import { openSandbox, type Sandbox } from '../sandbox/sandbox.ts'
import type { ExitCode } from './run.ts'

export interface SandboxWords {
  readonly kubeconfig: string | undefined
  readonly port: number | undefined
}

/** Where the page is looked for by habit; taken by somebody else, it is another one. */
const usualPort = 4747
const needed = ['PATH', 'LANG', 'TZ', 'SYSTEMROOT', 'TMPDIR'] as const

/** What the visitor's terminal speaks, by the usual order of POSIX. */
const languageOf = (environment: Readonly<Record<string, string | undefined>>): 'en' | 'zh' =>
  /^zh/i.test(environment['LC_ALL'] || environment['LC_MESSAGES'] || environment['LANG'] || '') ? 'zh' : 'en'

/** Runs until it is interrupted. These paths are the bundle's: it stands in `dist`. */
export async function startSandbox({ port, kubeconfig }: SandboxWords): Promise<ExitCode> {
  // Some thirty MB: the young generation stays small, as --max-semi-space-size does it, which can only be given before a start.
  setFlagsFromString('--semi-space-growth-factor=1')
  const environment = readEnvironment(process.cwd())
  const bundled = (path: string): string => fileURLToPath(new URL(path, import.meta.url))
  const folder = resolve(environment['READBACK_DATA'] ?? 'data', 'sandbox')
  let opened: Sandbox | undefined
  const opening = openSandbox({
    clock: systemClock,
    folder,
    program: [bundled('../bin/readback.mjs'), 'start'],
    page: bundled('page'),
    port: port ?? usualPort,
    language: languageOf(environment),
    zone: Intl.DateTimeFormat().resolvedOptions().timeZone,
    visitor: environment,
    ...(kubeconfig === undefined ? {} : { kubeconfig: resolve(kubeconfig) }),
    environment: {
      HOME: folder,
      ...Object.fromEntries(
        needed.flatMap((name) => (environment[name] === undefined ? [] : [[name, environment[name]]])),
      ),
    },
    onSpent: () => console.log(`  Open. For another browser:\n\n    ${opened?.address() ?? ''}\n`),
    onBroken: (said) => console.error(`The bot could not start. It said:\n\n${said}\n`),
  })
  const sandbox = await opening.catch((error: unknown) => {
    // Theirs to mend: the file that they named.
    if (kubeconfig === undefined) throw error
    console.error(error instanceof Error ? error.message : String(error))
    return undefined
  })
  if (sandbox === undefined) return 2
  opened = sandbox
  const about =
    kubeconfig === undefined
      ? 'Nothing real is connected: the chat and both clusters are simulated.'
      : 'The chat is simulated, the clusters are yours: read-only until you allow changes on the page.'
  console.log(`
  Readback's sandbox is open. ${about}

    ${sandbox.address()}

  Ctrl-C ends it.
`)

  let stopping = false
  const stop = (): void => {
    if (stopping) return
    stopping = true
    sandbox.stop().then(
      () => process.exit(0),
      (error: unknown) => {
        console.error(error)
        process.exit(2)
      },
    )
  }
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, stop)
  return undefined
}
