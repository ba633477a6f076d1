/** Of one series; an empty value is as good as none, so none is kept. */
export type Labels = ReadonlyMap<string, string>

export const metricName = '__name__'

const keys = new WeakMap<Labels, string>()
const nameless = new WeakMap<Labels, Labels>()

/** Equal for equal labels, whatever their order. */
export function labelKey(labels: Labels): string {
  const known = keys.get(labels)
  if (known !== undefined) return known
  const key = JSON.stringify([...labels].sort(byName))
  keys.set(labels, key)
  return key
}

export const byName = ([one]: readonly [string, string], [other]: readonly [string, string]): number =>
  one < other ? -1 : one > other ? 1 : 0

/** What computing with a series leaves of its labels: the name no longer says what it is. */
export function withoutName(labels: Labels): Labels {
  const known = nameless.get(labels)
  if (known !== undefined) return known
  const rest = without(labels, [metricName])
  nameless.set(labels, rest)
  return rest
}

export const only = (labels: Labels, names: readonly string[]): Labels =>
  new Map(names.flatMap((name) => pairOf(name, labels.get(name))))

export const without = (labels: Labels, names: readonly string[]): Labels =>
  new Map([...labels].filter(([name]) => !names.includes(name)))

/** An empty value takes the label away. */
export function withLabel(labels: Labels, name: string, value: string | undefined): Labels {
  const changed = new Map(labels)
  if (value === undefined || value === '') changed.delete(name)
  else changed.set(name, value)
  return changed
}

const pairOf = (name: string, value: string | undefined): readonly [string, string][] =>
  value === undefined || value === '' ? [] : [[name, value]]
