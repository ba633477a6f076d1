import { crc32, deflateSync } from 'node:zlib'

/** Rows of red, green, blue and alpha, a byte each. */
export interface Pixels {
  readonly width: number
  readonly height: number
  readonly rgba: Uint8Array
}

interface Colour {
  readonly bin: number
  readonly count: number
  readonly rgba: readonly [red: number, green: number, blue: number, alpha: number]
}

/** Colours that differ by less than their lowest bits are one: five bits of each, three of alpha. */
const bins = 1 << 18
const channels = [0, 1, 2, 3] as const
const most = 256
/** Of all pixels: what covers more is a ground, and stays exactly as it is. */
const groundShare = 0.01
/** How far apart colours of a palette are at first; less and less, until it is full. */
const distances = [40, 24, 14, 0]

/**
 * A PNG of at most 256 colours: charts are flat, and this is a third of the size that it has in full colour. A picture waits in the store and
 * travels over a phone's connection. (https://www.w3.org/TR/png-3/)
 */
export function indexedPng({ width, height, rgba }: Pixels): Uint8Array<ArrayBuffer> {
  const colours = coloursOf(rgba)
  const palette = paletteOf(colours)
  const indices = new Uint8Array(bins)
  for (const colour of colours) indices[colour.bin] = nearest(colour, palette)
  const rows = new Uint8Array(height * (width + 1))
  let at = 0
  for (let row = 0; row < height; row += 1) {
    // Each row begins with its filter: none, as neighbours in a palette are no neighbours in colour.
    const start = row * (width + 1) + 1
    for (let column = 0; column < width; column += 1, at += 4) rows[start + column] = indices[binOf(rgba, at)] ?? 0
  }
  const head = Buffer.alloc(13)
  head.writeUInt32BE(width, 0)
  head.writeUInt32BE(height, 4)
  // Eight bits for each pixel, and they are places in the palette.
  head.set([8, 3, 0, 0, 0], 8)
  return new Uint8Array(
    Buffer.concat([
      Buffer.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a),
      chunk('IHDR', head),
      chunk('PLTE', Buffer.from(palette.flatMap((colour) => colour.rgba.slice(0, 3)))),
      chunk('tRNS', Buffer.from(palette.map((colour) => colour.rgba[3]))),
      chunk('IDAT', deflateSync(rows)),
      chunk('IEND', Buffer.alloc(0)),
    ]),
  )
}

const binOf = (rgba: Uint8Array, at: number): number =>
  (((rgba[at] ?? 0) >> 3) << 13) |
  (((rgba[at + 1] ?? 0) >> 3) << 8) |
  (((rgba[at + 2] ?? 0) >> 3) << 3) |
  ((rgba[at + 3] ?? 0) >> 5)

/** Where the next colour begins: a chart is mostly its ground. */
function runEnd(rgba: Uint8Array, at: number): number {
  let end = at + 4
  while (
    end < rgba.length &&
    rgba[end] === rgba[at] &&
    rgba[end + 1] === rgba[at + 1] &&
    rgba[end + 2] === rgba[at + 2] &&
    rgba[end + 3] === rgba[at + 3]
  )
    end += 4
  return end
}

/** Each bin that occurs, with the middle of what is in it, the most frequent first. */
function coloursOf(rgba: Uint8Array): Colour[] {
  const places = new Uint32Array(bins)
  const found: { readonly bin: number; count: number; readonly sums: [number, number, number, number] }[] = []
  for (let at = 0, end = 0; at < rgba.length; at = end) {
    end = runEnd(rgba, at)
    const bin = binOf(rgba, at)
    const place = places[bin] || found.push({ bin, count: 0, sums: [0, 0, 0, 0] })
    places[bin] = place
    const tally = found[place - 1]
    if (tally === undefined) continue
    const count = (end - at) / 4
    tally.count += count
    for (const channel of channels) tally.sums[channel] += count * (rgba[at + channel] ?? 0)
  }
  return found
    .map(({ bin, count, sums }): Colour => {
      const middle = (channel: 0 | 1 | 2 | 3): number => Math.round(sums[channel] / count)
      return { bin, count, rgba: [middle(0), middle(1), middle(2), middle(3)] }
    })
    .sort((one, other) => other.count - one.count)
}

/** Grounds and what can be seen through; then the most frequent ones, but not shades of one and the same before each small thing has its own. */
function paletteOf(colours: readonly Colour[]): readonly Colour[] {
  const pixels = colours.reduce((sum, { count }) => sum + count, 0)
  const grounds = colours.filter(({ rgba, count }) => rgba[3] === 255 && count >= groundShare * pixels)
  const palette = [...grounds, ...colours.filter(({ rgba }) => rgba[3] < 255).slice(0, most / 4)]
  for (const distance of distances) {
    for (const colour of colours) {
      if (palette.length === most) return palette
      if (palette.every((other) => apart(colour, other) > distance)) palette.push(colour)
    }
  }
  return palette
}

function nearest(colour: Colour, palette: readonly Colour[]): number {
  let best = 0
  let least = Number.POSITIVE_INFINITY
  for (const [index, other] of palette.entries()) {
    const distance = apart(colour, other)
    if (distance >= least) continue
    least = distance
    best = index
  }
  return best
}

/** Steps of all channels together; alpha counts most, as a corner must not show. */
function apart({ rgba: one }: Colour, { rgba: other }: Colour): number {
  const step = (channel: 0 | 1 | 2 | 3): number => Math.abs(one[channel] - other[channel])
  return step(0) + step(1) + step(2) + 4 * step(3)
}

function chunk(name: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(name, 'latin1'), data])
  const length = Buffer.alloc(4)
  length.writeUInt32BE(data.length)
  const check = Buffer.alloc(4)
  check.writeUInt32BE(crc32(body))
  return Buffer.concat([length, body, check])
}
