import { distance } from 'fastest-levenshtein'

/** Up to three of `names` that somebody who wrote `word` may have meant, nearest first. Case does not count. */
export function nearNames(word: string, names: Iterable<string>): readonly string[] {
  const wanted = word.toLowerCase().slice(0, 100)
  const reach = wanted.length <= 3 ? 1 : Math.max(2, Math.floor(wanted.length / 3))
  return [...names]
    .map((name) => ({ name, away: away(wanted, name.toLowerCase()) }))
    .filter(({ away, name }) => away <= reach || (wanted.length >= 3 && name.toLowerCase().startsWith(wanted)))
    .sort((a, b) => a.away - b.away || (a.name < b.name ? -1 : 1))
    .slice(0, 3)
    .map(({ name }) => name)
}

/** Letters in another order are one slip of the fingers, however the distance counts them. */
const away = (typed: string, name: string): number =>
  typed !== name && letters(typed) === letters(name) ? 1 : distance(typed, name)

const letters = (word: string): string => word.split('').sort().join('')
