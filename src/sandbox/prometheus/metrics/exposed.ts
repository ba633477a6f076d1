import type { Exposed, Life } from '../scrapes.ts'

type Pairs = Readonly<Record<string, string>>

/** Makes the series of one target: its labels, and what each of them says at a moment. */
export function exposed(target: Pairs, life: Life): (name: string, labels: Pairs, value: Exposed['value']) => Exposed {
  return (name, labels, value) => ({
    labels: new Map(Object.entries({ __name__: name, ...target, ...labels })),
    life: { from: life.from, to: () => life.to() },
    value,
  })
}
