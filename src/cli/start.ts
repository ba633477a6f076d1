import { homedir } from 'node:os'
import { parseArgs } from 'node:util'
import pino from 'pino'
import { systemClock } from '../clock.ts'
import { readEnvironment } from '../config/environment.ts'
import { loadConfig } from '../config/load.ts'
import { startReadback } from '../main.ts'
import type { ExitCode } from './run.ts'

/** `npm start` means the sandbox when neither Slack token is set; `readback start` never does unless told. */
export async function start(words: readonly string[], entrance: 'start' | 'npm-start'): Promise<ExitCode> {
  const { values } = parseArgs({
    args: [...words],
    options: { sandbox: { type: 'boolean' }, kubeconfig: { type: 'string' }, port: { type: 'string' } },
  })
  const environment = readEnvironment(process.cwd())
  const tokens = [environment['SLACK_BOT_TOKEN'], environment['SLACK_APP_TOKEN']].filter((token) => token)
  if (values.sandbox === true || (entrance === 'npm-start' && tokens.length === 0)) {
    const { startSandbox } = await import('./sandbox.ts')
    return startSandbox({ kubeconfig: values.kubeconfig, port: values.port === undefined ? undefined : Number(values.port) })
  }
  return startBot(environment)
}

async function startBot(environment: ReturnType<typeof readEnvironment>): Promise<ExitCode> {
  const config = await loadConfig(environment, { cwd: process.cwd(), home: homedir(), slack: 'required' })
  const { slack } = config
  if (!slack) throw new Error('the tokens are checked with the configuration')
  const log = pino({ level: config.logLevel, base: null }, pino.destination({ dest: 2, sync: true }))
  const bot = await startReadback(
    { ...config, slack },
    {
      clock: systemClock,
      log,
      environment,
      onFatal: (problem) => {
        log.error({ problem }, 'Slack refuses this bot')
        stop(2)
      },
    },
  )
  log.info({ http: bot.address }, 'ready')

  let stopping = false
  function stop(code: number): void {
    if (stopping) return
    stopping = true
    bot.stop().then(
      () => process.exit(code),
      (error: unknown) => {
        log.error({ err: error }, 'stop')
        process.exit(2)
      },
    )
  }
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => stop(0))
  process.on('unhandledRejection', (error) => {
    log.error({ err: error }, 'unhandled rejection')
    stop(2)
  })
  return undefined
}
