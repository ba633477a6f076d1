/** Worst first. */
export const severities = ['critical', 'error', 'warning', 'info', 'none'] as const
export type Severity = (typeof severities)[number]

/** What the world writes into the label; anything else counts as a warning, so that no unknown word hides an alert. */
const words: ReadonlyMap<string, Severity> = new Map(
  Object.entries({
    critical: 'critical',
    crit: 'critical',
    page: 'critical',
    emergency: 'critical',
    fatal: 'critical',
    disaster: 'critical',
    p1: 'critical',
    error: 'error',
    major: 'error',
    high: 'error',
    p2: 'error',
    warning: 'warning',
    warn: 'warning',
    minor: 'warning',
    medium: 'warning',
    p3: 'warning',
    info: 'info',
    information: 'info',
    notice: 'info',
    low: 'info',
    p4: 'info',
    none: 'none',
  } as const),
)

/** Of an alert's `severity` label (Prometheus' and KubeSphere's convention; Grafana and PMM use the same). */
export function severityOf(label: string | undefined): Severity {
  if (label === undefined || label === '') return 'none'
  return words.get(label.toLowerCase()) ?? 'warning'
}

export const worst = (all: Iterable<Severity>): Severity => {
  const found = new Set(all)
  return severities.find((severity) => found.has(severity)) ?? 'none'
}
