import type { Logger } from '@slack/bolt'
import { LogLevel } from '@slack/bolt'

/** What happens between us and Slack that only the operator can use. `detail` may hold foreign text, never a token. */
export interface SlackReport {
  readonly level: 'info' | 'warn' | 'error'
  readonly what: string
  readonly detail?: string
}

export type ReportSlack = (report: SlackReport) => void

const silent = (): void => {}

/** Bolt's and the SDK's own lines, from warnings up. */
export function boltLogger(report: ReportSlack): Logger {
  const line =
    (level: SlackReport['level']) =>
    (...parts: readonly unknown[]): void =>
      report({ level, what: 'slack_sdk', detail: parts.map(wordOf).join(' ').slice(0, 2000) })
  return {
    debug: silent,
    info: silent,
    warn: line('warn'),
    error: line('error'),
    setLevel: silent,
    getLevel: () => LogLevel.WARN,
    setName: silent,
  }
}

function wordOf(part: unknown): string {
  return part instanceof Error ? `${part.name}: ${part.message}` : String(part)
}
