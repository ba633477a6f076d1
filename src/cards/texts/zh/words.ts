/** `a、b 或 c`。 */
export const anyOf = (names: readonly string[]): string =>
  names.length < 2 ? names.join('') : `${names.slice(0, -1).join('、')} 或 ${names.at(-1)}`

/** `a、b 和 c`。 */
export const allOf = (names: readonly string[]): string =>
  names.length < 2 ? names.join('') : `${names.slice(0, -1).join('、')} 和 ${names.at(-1)}`

/** `是不是想写 a 或 b？`, or the given words where nothing is near. */
export const didYouMean = (nearest: readonly string[], otherwise: string): string =>
  nearest.length > 0 ? `是不是想写 ${anyOf(nearest)}？` : otherwise

/** The first few of a list that may be long. */
export const few = (names: readonly string[], most = 8): string =>
  names.length <= most ? names.join('、') : `${names.slice(0, most).join('、')} 等共 ${names.length} 个`

const units: Readonly<Record<string, string>> = { d: '天', h: '小时', m: '分', s: '秒' }

/** `1h30m` as `1 小时 30 分`, `12d` as `12 天`. */
export const spoken = (duration: string): string =>
  duration
    .replaceAll(/(\d+)([dhms])/g, (_, count: string, unit: string) => `${count} ${units[unit] ?? unit} `)
    .trim()
    .replace(/分$/, '分钟')
