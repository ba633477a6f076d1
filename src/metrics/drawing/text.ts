/** Advance widths of the chart font (Noto Sans SC) from the space to the tilde, in thousandths of its size. */
const advances: readonly number[] = [
  224, 323, 474, 555, 555, 921, 680, 278, 338, 338, 467, 555, 278, 347, 278, 392, 555, 555, 555, 555, 555, 555, 555,
  555, 555, 555, 278, 278, 555, 555, 555, 474, 946, 608, 657, 638, 688, 589, 552, 689, 728, 293, 535, 646, 543, 812,
  723, 742, 633, 742, 635, 596, 599, 721, 575, 878, 573, 531, 603, 338, 392, 338, 555, 559, 606, 563, 618, 510, 620,
  554, 325, 564, 607, 275, 275, 552, 284, 926, 610, 606, 620, 620, 388, 468, 377, 607, 521, 802, 498, 521, 475, 338,
  270, 338, 555,
]
/** The widest usual one: too much room is better than too little. */
const letter = 760
const square = 1000

function advance(character: string): number {
  const code = character.codePointAt(0) ?? 0
  const known = advances[code - 0x20]
  if (known !== undefined) return known
  // Arrows, the middle dot and the □ of what the font lacks are as wide as a Chinese character.
  return (code >= 0xc0 && code < 0x100 && code !== 0xd7) || code === 0x2013 || code === 0xb5 ? letter : square
}

/** Pixels that a text takes at that size. */
export function widthOf(words: string, size: number): number {
  let sum = 0
  for (const character of words) sum += advance(character)
  return (sum * size) / 1000
}

/** At most that wide; what is cut is the middle, as names of pods differ at their ends. */
export function fitted(words: string, size: number, width: number): string {
  if (widthOf(words, size) <= width) return words
  const all = Array.from(words)
  for (let kept = all.length - 1; kept > 0; kept -= 1) {
    const head = Math.ceil(kept / 2)
    const cut = `${all.slice(0, head).join('')}…${all.slice(all.length - (kept - head)).join('')}`
    if (widthOf(cut, size) <= width) return cut
  }
  return '…'
}

/** Lines of at most that width, broken at spaces, after what parts a query, or between Chinese characters; the last one ends with … when there are more. */
export function wrapped(
  words: string,
  size: number,
  { width, lines }: { readonly width: number; readonly lines: number },
): string[] {
  const pieces =
    words.match(/[\u2e80-\uffef]|[^\s\u2e80-\uffef,(){}]*[,(){}]\s*|[^\s\u2e80-\uffef,(){}]+\s*|\s+/gu) ?? []
  const done: string[] = []
  let line = ''
  for (const piece of pieces) {
    if (line !== '' && widthOf(line + piece.trimEnd(), size) > width) {
      done.push(line.trimEnd())
      line = ''
    }
    line += piece
  }
  if (line.trim() !== '') done.push(line.trimEnd())
  const shown = done.slice(0, lines).map((one) => fitted(one, size, width))
  const last = shown.at(-1)
  return done.length > lines && last !== undefined ? [...shown.slice(0, -1), fitted(`${last} …`, size, width)] : shown
}

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }

/** Foreign text inside an SVG: nothing in it is markup, and no character in it makes the document unreadable. */
export function escaped(words: string): string {
  return (
    words
      .replace(/\s+/gu, ' ')
      // eslint-disable-next-line no-control-regex
      .replace(/[\u0000-\u001f\u007f-\u009f\ud800-\udfff\ufffe\uffff]/gu, '□')
      .replace(/[&<>"]/g, (sign) => entities[sign] ?? '')
  )
}

interface Style {
  readonly size: number
  readonly colour: string
  readonly anchor?: 'start' | 'middle' | 'end'
  /** The font has one weight: a thin outline makes a second. */
  readonly weight?: 'bold'
  /** Keeps it readable above lines. */
  readonly halo?: string
}

export function label(words: string, at: { readonly x: number; readonly y: number }, style: Style): string {
  const { size, colour, anchor = 'start', weight, halo } = style
  const place = `x="${px(at.x)}" y="${px(at.y)}" font-size="${size}"${anchor === 'start' ? '' : ` text-anchor="${anchor}"`}`
  const body = escaped(words)
  const ring =
    halo === undefined
      ? ''
      : `<text ${place} fill="${halo}" stroke="${halo}" stroke-width="4" stroke-linejoin="round">${body}</text>`
  const outline = weight === undefined ? '' : ` stroke="${colour}" stroke-width="${px(size / 32)}"`
  return `${ring}<text ${place} fill="${colour}"${outline}>${body}</text>`
}

/** Coordinates with as many digits as anybody can see. */
export const px = (value: number): string => String(Math.round(value * 10) / 10)
