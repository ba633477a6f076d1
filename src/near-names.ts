import { distance } from 'fastest-levenshtein'

/** Up to three of `names` that somebody who wrote `word` may have meant, nearest first. Case does not count. */
export function nearNames(word: string, names: Iterable<string>): readonly string[] {
  const wanted = word.toLowerCase().slice(0, 100)
  const reach = wanted.length <= 3 ? 1 : Math.max(2, Math.floor(wanted.length / 3))
  return [...names]
    .map((name) => ({ name, away: distance(wanted, name.toLowerCase()) }))
    .filter(({ away, name }) => away <= reach || (wanted.length >= 3 && name.toLowerCase().startsWith(wanted)))
    .sort((a, b) => a.away - b.away || (a.name < b.name ? -1 : 1))
    .slice(0, 3)
    .map(({ name }) => name)
}
