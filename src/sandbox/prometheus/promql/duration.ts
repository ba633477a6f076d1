const unitMs: Readonly<Record<string, number>> = {
  ms: 1,
  s: 1000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
  w: 604_800_000,
  y: 31_536_000_000,
}

const shape = /^(?:(\d+)y)?(?:(\d+)w)?(?:(\d+)d)?(?:(\d+)h)?(?:(\d+)m(?!s))?(?:(\d+)s)?(?:(\d+)ms)?$/

/** `1h30m` in ms: units from large to small, each at most once (prometheus/common, model.ParseDuration); undefined when it is none. */
export function parseDuration(text: string): number | undefined {
  if (text === '0') return 0
  if (text === '' || !shape.test(text)) return undefined
  let total = 0
  for (const [, amount = '0', unit = ''] of text.matchAll(/(\d+)(ms|[smhdwy])/g))
    total += Number(amount) * (unitMs[unit] ?? 0)
  return total
}
