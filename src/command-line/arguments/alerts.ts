import type { Argument } from '../argument.ts'
import { plainArgument } from '../argument.ts'

/** A group of alerts by the id on its card, in lower case too, with or without the dash or a `#`. */
export function alertGroup(about = 'the id on the card, such as A-7F3K2'): Argument<string> {
  return plainArgument<string>({
    kind: 'alert',
    label: 'ID',
    about,
    fits: (text) => shape.test(text),
    read(found) {
      const [, letters] = shape.exec(found) ?? []
      if (letters === undefined) return { kind: 'alert', why: 'shape' }
      const id = `A-${letters.toUpperCase()}`
      return { value: id, canonical: id }
    },
  })
}

const shape = /^#?a-?([2-9a-hj-np-z]{5,8})$/i
