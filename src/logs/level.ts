/** From the mildest to the worst. */
export const levels = ['trace', 'debug', 'info', 'warn', 'error', 'fatal'] as const
export type Level = (typeof levels)[number]

const words: ReadonlyMap<string, Level> = new Map(
  Object.entries({
    trace: 'trace',
    finest: 'trace',
    verbose: 'debug',
    debug: 'debug',
    dbg: 'debug',
    fine: 'debug',
    info: 'info',
    inf: 'info',
    information: 'info',
    notice: 'info',
    log: 'info',
    warn: 'warn',
    wrn: 'warn',
    warning: 'warn',
    error: 'error',
    err: 'error',
    eror: 'error',
    severe: 'error',
    fatal: 'fatal',
    ftl: 'fatal',
    critical: 'fatal',
    crit: 'fatal',
    alert: 'fatal',
    emerg: 'fatal',
    emergency: 'fatal',
    panic: 'fatal',
  } as const),
)
const klogLetters: Readonly<Record<string, Level>> = { I: 'info', W: 'warn', E: 'error', F: 'fatal' }

/** Only so much of a line is looked at. */
const jsonHead = 4_096
const plainHead = 200

const jsonLevel =
  /"(?:level|lvl|severity|severity_text|log\.level|loglevel|levelname)"\s{0,3}:\s{0,3}(?:"([a-z]{3,11})"|(\d{2}))/i
const logfmtLevel = /(?:^|\s)(?:level|lvl|severity)="?([a-z]{3,11})\b/i
const klog = /^([IWEF])\d{4} \d{2}:\d{2}:\d{2}/
/** Loud words anywhere in the head; quiet ones only in brackets or before a colon. */
const loud =
  /(?:^|[\s[(|<])(TRACE|DEBUG|INFO|NOTICE|WARN|WARNING|ERROR|ERR|FATAL|CRITICAL|CRIT|PANIC|SEVERE|EMERG|ALERT|DBG|INF|WRN|FTL)(?=$|[\s\]):|>,])/
const quiet =
  /\[(trace|debug|info|notice|warn|warning|error|fatal|crit|critical|alert|emerg)\]|(?:^|\s)(debug|info|warn|warning|error|fatal):/i
const thrown =
  /^(?:Traceback \(most recent call last\)|Exception in thread|(?:[\w$]{1,60}\.){0,10}[A-Z][\w$]{0,60}(?:Exception|Error)(?::|$))/

/** How bad a line says it is: JSON (also pino's numbers), logfmt, klog, or a word at its beginning; undefined where it does not say. */
export function levelOf(text: string): Level | undefined {
  if (text.startsWith('{')) {
    const [, word = '', number] = jsonLevel.exec(text.slice(0, jsonHead)) ?? []
    return number === undefined ? words.get(word.toLowerCase()) : levels[Math.floor(Number(number) / 10) - 1]
  }
  const head = text.slice(0, plainHead)
  const letter = klog.exec(head)?.[1]
  if (letter !== undefined) return klogLetters[letter]
  const named = logfmtLevel.exec(head)?.[1]
  if (named !== undefined) return words.get(named.toLowerCase())
  if (head.startsWith('panic: ') || head.startsWith('fatal error: ')) return 'fatal'
  if (thrown.test(head)) return 'error'
  const [, bracketed, before] = quiet.exec(head) ?? []
  const word = loud.exec(head)?.[1] ?? bracketed ?? before
  return word === undefined ? undefined : words.get(word.toLowerCase())
}

export const isAtLeast = (level: Level | undefined, least: Level): boolean =>
  level !== undefined && levels.indexOf(level) >= levels.indexOf(least)

export const isError = (level: Level | undefined): boolean => isAtLeast(level, 'error')
