import { homedir } from 'node:os'
import pino from 'pino'
import { systemClock } from '../../src/time/clock.ts'
import { readEnvironment } from '../../src/config/environment.ts'
import { loadConfig } from '../../src/config/load.ts'
import { startReadback } from '../../src/main.ts'

/** The bot in front of a chat that takes as much as it is given: for figures that Slack's own limits would hide. */
const pace = { postEveryMs: 20, editEveryMs: 10, editBurst: 20, editReserve: 2 }

async function main(): Promise<void> {
  const environment = readEnvironment(process.cwd())
  const config = await loadConfig(environment, { cwd: process.cwd(), home: homedir(), slack: 'required' })
  const { slack } = config
  if (!slack) throw new Error('no tokens')
  const log = pino({ level: config.logLevel, base: null }, pino.destination({ dest: 2, sync: true }))
  const bot = await startReadback(
    { ...config, slack },
    { clock: systemClock, log, environment, pace, onFatal: () => process.exit(2) },
  )
  log.info({ http: bot.address }, 'ready')
  process.on('SIGTERM', () => void bot.stop().then(() => process.exit(0)))
}

void main()
