/** One condition on a label; `=~` and `!~` are regular expressions (RE2), anchored at both ends by Prometheus. */
export interface Matcher {
  readonly label: string
  readonly is: '=' | '!=' | '=~' | '!~'
  readonly value: string
}

/** A query that was built here, or that somebody typed. */
export type PromQL = string

const labelName = /^[A-Za-z_][A-Za-z0-9_]*$/
const metricName = /^[A-Za-z_:][A-Za-z0-9_:]*$/

/**
 * A PromQL string literal that means exactly `text`: everything but plain printable ASCII is written as an escape, so that nothing in it can end
 * the literal (https://prometheus.io/docs/prometheus/latest/querying/basics/#string-literals).
 */
export function quoted(text: string): string {
  let written = ''
  for (const character of text) {
    const point = character.codePointAt(0) ?? 0
    if (character === '"' || character === '\\') written += `\\${character}`
    else if (point >= 0x20 && point < 0x7f) written += character
    // Half of a pair is no character; Go refuses it as an escape.
    else if (point >= 0xd800 && point <= 0xdfff) written += '\\ufffd'
    else if (point <= 0xffff) written += `\\u${point.toString(16).padStart(4, '0')}`
    else written += `\\U${point.toString(16).padStart(8, '0')}`
  }
  return `"${written}"`
}

/** A pattern (RE2) that matches exactly `text`. */
export function literally(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')
}

/** `metric{a="b",…}`. Throws for what can be no name: names are ours or checked where they were typed. */
export function selector(metric: string, matchers: readonly Matcher[]): PromQL {
  if (!metricName.test(metric)) throw new Error(`${JSON.stringify(metric)} can be no metric`)
  return `${metric}${braces(matchers)}`
}

/** The same without a metric's name, for looking which series exist. */
export function braces(matchers: readonly Matcher[]): PromQL {
  return `{${matchers.map(({ label, is, value }) => `${nameOf(label)}${is}${quoted(value)}`).join(',')}}`
}

/** `sum by (pod) (…)`; without labels `sum(…)`. */
export function sumBy(labels: readonly string[], inner: PromQL): PromQL {
  return labels.length === 0 ? `sum(${inner})` : `sum by (${labels.map(nameOf).join(',')}) (${inner})`
}

/** How much a counter grows in a second, over `windowMs`. */
export function rate(inner: PromQL, windowMs: number): PromQL {
  return `rate(${inner}[${Math.ceil(windowMs / 1000)}s])`
}

function nameOf(label: string): string {
  if (!labelName.test(label)) throw new Error(`${JSON.stringify(label)} can be no label`)
  return label
}
