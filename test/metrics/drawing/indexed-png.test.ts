import { inflateSync } from 'node:zlib'
import { expect, it } from 'vitest'
import { indexedPng } from '../../../src/metrics/drawing/indexed-png.ts'

type Rgba = readonly [red: number, green: number, blue: number, alpha: number]

const encoded = (width: number, pixels: readonly Rgba[]): Buffer =>
  Buffer.from(indexedPng({ width, height: pixels.length / width, rgba: Uint8Array.from(pixels.flat()) }))

/** What a reader of PNG makes of it. */
function decoded(png: Buffer): readonly (readonly number[])[] {
  const chunks = new Map<string, Buffer>()
  for (let at = 8; at < png.length; at += 12 + png.readUInt32BE(at))
    chunks.set(png.toString('latin1', at + 4, at + 8), png.subarray(at + 8, at + 8 + png.readUInt32BE(at)))
  const part = (name: string): Buffer => chunks.get(name) ?? Buffer.alloc(0)
  const width = part('IHDR').readUInt32BE(0)
  const [palette, alphas, rows] = [part('PLTE'), part('tRNS'), inflateSync(part('IDAT'))]
  return [...rows]
    .filter((_, at) => at % (width + 1) > 0)
    .map((index) => [...palette.subarray(3 * index, 3 * index + 3), alphas[index] ?? 255])
}

it('few colours stay as they are, and so does what can be seen through', () => {
  const pixels: readonly Rgba[] = [
    [20, 24, 31, 255],
    [86, 180, 233, 255],
    [0, 0, 0, 0],
    [20, 24, 31, 255],
    [255, 255, 255, 255],
    [10, 12, 16, 128],
  ]
  expect(decoded(encoded(3, pixels))).toEqual(pixels)
})

it('of all the blends at the edges of lines each becomes one close to it, also one that is rare', () => {
  const grounds = [[20, 24, 31] as const, [26, 32, 42] as const]
  const lines = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9].map((at) => [(at * 83) % 256, (at * 151) % 256, 255 - at * 20] as const)
  const blends = grounds.flatMap((ground) =>
    lines.flatMap((line) =>
      Array.from({ length: 32 }, (_, step): Rgba => {
        const mixed = (channel: 0 | 1 | 2): number =>
          Math.round(ground[channel] + ((line[channel] - ground[channel]) * step) / 31)
        return [mixed(0), mixed(1), mixed(2), 255]
      }),
    ),
  )
  const pixels: readonly Rgba[] = [...blends, ...blends, [255, 0, 254, 255], [20, 24, 31, 255]]
  const found = decoded(encoded(2, pixels))
  const farthest = Math.max(
    ...pixels.map((pixel, at) =>
      Math.max(...pixel.map((value, channel) => Math.abs(value - (found[at]?.[channel] ?? 0)))),
    ),
  )
  expect(farthest).toBeLessThan(24)
})

it('grounds keep their own colour, however many others there are between them', () => {
  const grounds = [[20, 24, 31, 255] as const, [26, 32, 42, 255] as const]
  const shade = (at: number): Rgba => [(at * 7) % 256, (at * 37) % 256, (at * 101) % 256, 255]
  const pixels = [
    ...grounds.flatMap((ground) => Array.from({ length: 3_000 }, (): Rgba => ground)),
    ...Array.from({ length: 2_000 }, (_, at) => shade(at)),
    ...Array.from({ length: 2_000 }, (): Rgba => [34, 38, 45, 255]),
  ]
  const found = decoded(encoded(100, pixels))
  expect([found[0], found[3_000], found[9_000]]).toEqual([...grounds, [34, 38, 45, 255]])
})

it('a flat picture is small', () => {
  const pixels = Array.from({ length: 200 * 200 }, (_, at): Rgba => [at % 200, 24, 31, 255])
  expect(encoded(200, pixels).length).toBeLessThan(3_000)
})
