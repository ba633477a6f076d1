import { en } from '../cards/texts/en.ts'
import { systemClock } from '../time/clock.ts'
import type { Config } from '../config/config.ts'
import { loadConfig } from '../config/load.ts'
import { ConfigError } from '../config/problems.ts'
import type { Check } from './checks/check.ts'
import { checkClusters } from './checks/clusters.ts'
import { checkData } from './checks/data.ts'
import { checkHttp } from './checks/http.ts'
import { checkPolicy } from './checks/policy.ts'
import { checkSlack, checkTokens } from './checks/slack.ts'
import { checkLines } from './check-lines.ts'
import type { ExitCode } from './run.ts'
import type { Terminal } from './terminal.ts'
import { json, shortened } from './terminal.ts'
import { readWords } from './words.ts'

/** `readback doctor`: looks at every part, changes nothing, and a bot that runs is not disturbed. */
export async function doctor(words: readonly string[], terminal: Terminal): Promise<ExitCode> {
  const { values } = readWords(words, { command: 'readback doctor', options: { json: { type: 'boolean' } }, most: 0 })
  const { config, checks } = await look(terminal)
  const bad = checks.filter(({ state }) => state === 'bad').length
  if (values.json === true) terminal.out(json(checks))
  else
    terminal.out(
      shortened(
        `${[...checks.flatMap((check) => checkLines(check, en)), '', en.terminal.doctor.summary(bad)].join('\n')}\n`,
        terminal.cwd,
      ),
    )
  if (config === undefined) return 2
  return bad === 0 ? 0 : 1
}

async function look(terminal: Terminal): Promise<{ readonly config?: Config; readonly checks: readonly Check[] }> {
  const { environment, cwd, home } = terminal
  const clock = systemClock
  try {
    const config = await loadConfig(environment, { cwd, home, slack: 'optional' })
    const counts = { clusters: config.clusters.size, channels: config.channels.size }
    const { checks: rules, roles } = await checkPolicy(config, { now: terminal.now(), cwd })
    const found = await Promise.all([
      guarded('data', checkData(config, { clock, cwd })),
      guarded('slack', checkSlack(config, clock)),
      guarded('cluster', checkClusters(config, { clock, environment, roles })),
      guarded(
        'http',
        checkHttp(config).then((check) => [check]),
      ),
    ])
    const good: Check = {
      part: 'configuration',
      state: 'good',
      fact: { code: 'config_good', file: config.file, ...counts },
    }
    return { config, checks: [good, ...rules, ...found.flat()] }
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error
    const { problems } = error.problem
    const bad: Check = { part: 'configuration', state: 'bad', fact: { code: 'config_bad', problems } }
    return { checks: [bad, ...(await guarded('slack', checkTokens(environment, clock)))] }
  }
}

/** One part that fails in a way nobody thought of does not hide the others. */
async function guarded(part: Check['part'], checking: Promise<readonly Check[]>): Promise<readonly Check[]> {
  try {
    return await checking
  } catch (error) {
    return [
      { part, state: 'bad', fact: { code: 'fault', detail: error instanceof Error ? error.message : String(error) } },
    ]
  }
}
