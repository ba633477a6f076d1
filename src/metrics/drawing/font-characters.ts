/**
 * The characters that a TrueType font can draw, read from its `cmap` (format 4, the basic plane). resvg draws nothing at all for others,
 * and says nothing.
 */
export function fontCharacters(font: Uint8Array): (code: number) => boolean {
  const view = new DataView(font.buffer, font.byteOffset, font.byteLength)
  const table = tableAt(view, 'cmap')
  const known = new Set<number>()
  for (let index = 0; index < view.getUint16(table + 2); index += 1) {
    const at = table + view.getUint32(table + 4 + 8 * index + 4)
    if (view.getUint16(at) === 4) readSegments(view, at, known)
  }
  if (known.size === 0) throw new Error('the chart font has no characters that can be read')
  return (code) => known.has(code)
}

function tableAt(view: DataView, tag: string): number {
  for (let index = 0; index < view.getUint16(4); index += 1) {
    const at = 12 + 16 * index
    if ([0, 1, 2, 3].every((one) => view.getUint8(at + one) === tag.charCodeAt(one))) return view.getUint32(at + 8)
  }
  throw new Error(`the chart font has no table ${tag}`)
}

function readSegments(view: DataView, at: number, known: Set<number>): void {
  const size = view.getUint16(at + 6)
  for (let offset = 0; offset < size; offset += 2) {
    const end = view.getUint16(at + 14 + offset)
    const start = view.getUint16(at + 16 + size + offset)
    for (let code = start; code <= end && code < 0xffff; code += 1) known.add(code)
  }
}

/** The same document with □ for every character that the font cannot draw. */
export function drawable(svg: string, knows: (code: number) => boolean): string {
  let text = ''
  for (const character of svg) {
    const code = character.codePointAt(0) ?? 0
    text += code < 0x80 || knows(code) ? character : '□'
  }
  return text
}
