import { systemClock } from '../time/clock.ts'
import { en } from '../cards/texts/en.ts'
import { sayStart } from '../cards/start-problem.ts'
import { loadConfig } from '../config/load.ts'
import { CliError } from './problems.ts'
import type { ExitCode } from './run.ts'
import type { Terminal } from './terminal.ts'
import { readWords } from './words.ts'

/** `npm start` means the sandbox when neither Slack token is set; `readback start` never does unless told. */
export async function start(
  words: readonly string[],
  { entrance, terminal }: { readonly entrance: 'start' | 'npm-start'; readonly terminal: Terminal },
): Promise<ExitCode> {
  const command = 'readback start'
  const options = { sandbox: { type: 'boolean' }, kubeconfig: { type: 'string' }, port: { type: 'string' } } as const
  const { values } = readWords(words, { command, options, most: 0 })
  const { environment } = terminal
  const isSet = (name: string) => (environment[name]?.trim() ?? '') !== ''
  const neither = !isSet('SLACK_BOT_TOKEN') && !isSet('SLACK_APP_TOKEN')
  if (values.sandbox === true || (entrance === 'npm-start' && neither)) {
    const port = readPort(values.port, command)
    const { startSandbox } = await import('./sandbox.ts')
    return startSandbox({ kubeconfig: values.kubeconfig, port })
  }
  const outside = (['kubeconfig', 'port'] as const).find((name) => values[name] !== undefined)
  if (outside !== undefined)
    throw new CliError({ code: 'cli_only_with', command, option: `--${outside}`, beside: '--sandbox' })
  return startBot(terminal)
}

function readPort(found: string | undefined, command: string): number | undefined {
  if (found === undefined) return undefined
  if (/^\d{1,5}$/.test(found) && Number(found) <= 65_535) return Number(found)
  throw new CliError({ code: 'cli_wrong_value', command, option: '--port', found, expected: { kind: 'port' } })
}

async function startBot({ environment, cwd, home, error }: Terminal): Promise<ExitCode> {
  const config = await loadConfig(environment, { cwd, home, slack: 'required' })
  const { slack } = config
  if (!slack) throw new Error('the tokens are checked with the configuration')
  // The sandbox's own process comes by here, too, and needs none of it.
  const [{ default: pino }, { startReadback }] = await Promise.all([import('pino'), import('../main.ts')])
  const log = pino({ level: config.logLevel, base: null }, pino.destination({ dest: 2, sync: true }))
  let stopping = false
  const stop = (code: number): void => {
    if (stopping) return
    stopping = true
    starting
      .then((bot) => bot.stop())
      .then(
        () => process.exit(code),
        (fault: unknown) => {
          log.error({ err: fault }, 'stop')
          process.exit(2)
        },
      )
  }
  const starting = startReadback(
    { ...config, slack },
    {
      clock: systemClock,
      log,
      environment,
      // Slack may refuse while other parts are still being opened: what stops waits for them.
      onFatal: (problem) => {
        error(`${en.start.stopping(sayStart(problem, en))}\n`)
        log.error({ problem }, 'Slack refuses this bot')
        stop(2)
      },
    },
  )
  const { address } = await starting
  log.info({ http: address }, 'ready')
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => stop(0))
  process.on('unhandledRejection', (fault) => {
    log.error({ err: fault }, 'unhandled rejection')
    stop(2)
  })
  return undefined
}
