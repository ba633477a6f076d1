/** At most `max` UTF-16 units, ending in `…` when cut; never half a character. */
export function shortened(text: string, max: number): string {
  if (text.length <= max) return text
  if (max <= 0) return ''
  const cut = text.slice(0, max - 1).replace(/[\uD800-\uDBFF]$/u, '')
  return `${cut}…`
}
