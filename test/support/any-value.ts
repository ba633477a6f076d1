/** Names whose values are no text. */
const known: Readonly<Record<string, unknown>> = {
  until: 1_790_000_000_000,
  kind: 'Deployment',
  state: 'running',
  toJSON: () => 'web-1',
}

/** Own keys, so that `{ name, ...place }` finds something in the rest. */
const kept = ['file', 'line', 'column', 'cluster', 'namespace']

/**
 * Stands in for whatever a sentence is given: a text (`web-1`), a number (3), a list of two, an object with any property. `own` are
 * properties that must be one of a few.
 */
export function anyValue(own: Readonly<Record<string, unknown>> = {}): unknown {
  const list: unknown[] & Record<string, unknown> = Object.assign(
    [0, 1],
    Object.fromEntries(kept.map((name) => [name, ''])),
  )
  return new Proxy(list, {
    has: (target, property) => property === Symbol.toPrimitive || Reflect.has(target, property),
    get: (target, property) => {
      if (property === Symbol.toPrimitive) return (hint: string) => (hint === 'number' ? 3 : 'web-1')
      if (typeof property === 'symbol') return Reflect.get(target, property)
      if (Object.hasOwn(own, property)) return own[property]
      if (/^\d+$/.test(property)) return anyValue()
      if (property === 'length' || property in Array.prototype) return Reflect.get(target, property)
      if (property in String.prototype) return Reflect.get(String.prototype, property).bind('web-1')
      return known[property] ?? anyValue()
    },
  })
}
