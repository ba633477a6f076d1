// The entry of a process of its own: SVG in, PNG out. It is bundled as one file, with the font and the wasm beside it.
import { readFileSync } from 'node:fs'
import { Resvg, initWasm } from '@resvg/resvg-wasm'
import { z } from 'zod'
import { drawable, fontCharacters } from './font-characters.ts'
import { indexedPng } from './indexed-png.ts'
import { fontFamily } from './layout.ts'

const Task = z.object({ id: z.number(), svg: z.string() })

/** Pixels for one of the drawing: sharp on a phone. */
const zoom = 2

const beside = (name: string): Uint8Array<ArrayBuffer> => new Uint8Array(readFileSync(new URL(name, import.meta.url)))

async function open(): Promise<(svg: string) => Uint8Array<ArrayBuffer>> {
  await initWasm(beside('painter.wasm'))
  const font = beside('chart.ttf')
  const knows = fontCharacters(font)
  return (svg) => {
    const tree = new Resvg(drawable(svg, knows), {
      font: { fontBuffers: [font], defaultFontFamily: fontFamily, sansSerifFamily: fontFamily },
      fitTo: { mode: 'zoom', value: zoom },
    })
    try {
      const image = tree.render()
      try {
        return indexedPng({ width: image.width, height: image.height, rgba: image.pixels })
      } finally {
        image.free()
      }
    } finally {
      // Memory of the wasm is not the collector's to give back.
      tree.free()
    }
  }
}

const paint = open()
const answer = (message: object): void => void process.send?.(message)

process.on('message', (message: unknown) => {
  const { id, svg } = Task.parse(message)
  paint.then((draw) => answer({ id, png: draw(svg) })).catch((error: unknown) => answer({ id, trouble: String(error) }))
})
// Whoever wanted pictures is gone, however it went.
process.on('disconnect', () => process.exit())
