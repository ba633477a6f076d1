import type { AlertGroup } from './group.ts'
import { common, labelsOf } from './workload.ts'

/** As Alertmanager's API takes it (api/v2/openapi.yaml, `matcher`). */
export interface Matcher {
  readonly name: string
  readonly value: string
  readonly isRegex: boolean
  readonly isEqual: boolean
}

const signs = { '=': [false, true], '!=': [false, false], '=~': [true, true], '!~': [true, false] } as const
const shape = /^\s*([A-Za-z_][A-Za-z0-9_]*)\s*(=~|!~|!=|=)\s*(?:"((?:[^"\\]|\\.)*)"|([^\s",{}]*))\s*$/

export type ReadMatchers =
  | { readonly ok: true; readonly matchers: readonly Matcher[] }
  /** `part` is not understood; empty: nothing that would keep it from silencing everything. */
  | { readonly ok: false; readonly part: string }

/** One a line: `namespace="shop"`, `pod=~"web-.*"`. At least one must ask for a value. */
export function readMatchers(text: string): ReadMatchers {
  const matchers: Matcher[] = []
  for (const part of text.split('\n').filter((line) => line.trim() !== '')) {
    const [, name, sign, quoted, bare] = shape.exec(straight(part)) ?? []
    if (name === undefined || sign === undefined) return { ok: false, part: part.trim().slice(0, 80) }
    const [isRegex, isEqual] = signs[sign === '!=' || sign === '=~' || sign === '!~' ? sign : '=']
    matchers.push({ name, value: quoted === undefined ? (bare ?? '') : unescaped(quoted), isRegex, isEqual })
  }
  const narrow = matchers.some(
    ({ value, isEqual, isRegex }) => isEqual && value !== '' && !(isRegex && /^(\.[*+])+$/.test(value)),
  )
  return narrow ? { ok: true, matchers } : { ok: false, part: '' }
}

/** Chat makes quotes curly. */
const straight = (text: string): string => text.replaceAll(/[\u201c\u201d\u201e]/g, '"')

const unescaped = (text: string): string => text.replaceAll(/\\(.)/g, (_, char: string) => (char === 'n' ? '\n' : char))
const escaped = (text: string): string => text.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n')

const signOf = ({ isRegex, isEqual }: Matcher): string => (isRegex ? (isEqual ? '=~' : '!~') : isEqual ? '=' : '!=')

export const writeMatcher = (matcher: Matcher): string => `${matcher.name}${signOf(matcher)}"${escaped(matcher.value)}"`

const usual = ['alertname', 'cluster', 'namespace', 'rule_id']

/** What all alerts of a group have in common among the labels that made it a group; never a label of one alert alone. */
export function matchersOf({ members, groupLabels }: Pick<AlertGroup, 'members' | 'groupLabels'>): readonly Matcher[] {
  const all = labelsOf({ members })
  const names = [...new Set([...usual, ...Object.keys(groupLabels)])]
  return names.flatMap((name) => {
    const value = common(all, name) ?? groupLabels[name]
    return value === undefined || value === '' || value.endsWith('…')
      ? []
      : [{ name, value, isRegex: false, isEqual: true }]
  })
}
