/** `a, b or c`. */
export const anyOf = (names: readonly string[]): string =>
  names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} or ${names.at(-1)}`

/** `a, b and c`. */
export const allOf = (names: readonly string[]): string =>
  names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`

/** `Did you mean a or b?`, or the given words where nothing is near. */
export const didYouMean = (nearest: readonly string[], otherwise: string): string =>
  nearest.length > 0 ? `Did you mean ${anyOf(nearest)}?` : otherwise

/** The first few of a list that may be long. */
export const few = (names: readonly string[], most = 8): string =>
  names.length <= most ? names.join(', ') : `${names.slice(0, most).join(', ')} and ${names.length - most} more`
