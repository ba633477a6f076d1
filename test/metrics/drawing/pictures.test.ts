import { fork } from 'node:child_process'
import { once } from 'node:events'
import { readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { expect, it, onTestFinished, vi } from 'vitest'
import type { Pictures } from '../../../src/metrics/drawing/pictures.ts'
import { createPictures } from '../../../src/metrics/drawing/pictures.ts'
import { createManualClock } from '../../support/manual-clock.ts'
import type { ManualClock } from '../../support/manual-clock.ts'
import { builtPainter } from '../../support/painter.ts'
import { temporaryFolder } from '../../support/temporary-folder.ts'
import { width } from '../../../src/metrics/drawing/layout.ts'
import { aChart } from './chart-builder.ts'
import { charts } from './charts.ts'

interface Studio {
  readonly pictures: Pictures
  readonly clock: ManualClock
  readonly faults: readonly string[]
}

function studio(painter: URL): Studio {
  const clock = createManualClock()
  const faults: string[] = []
  const pictures = createPictures({ painter, clock, report: (error) => void faults.push(String(error)) })
  onTestFinished(() => pictures.close())
  return { pictures, clock, faults }
}

/** A painter that does as it is written: `hear(id)` for each task, `say(answer)` back. */
function paintedBy(body: string): URL {
  const file = join(temporaryFolder(), 'painter.cjs')
  writeFileSync(
    file,
    `const say = (answer) => process.send(answer)
     process.on('message', ({ id, svg }) => { ${body} })`,
  )
  return pathToFileURL(file)
}

const drawn = async (pictures: Pictures, title: string): Promise<Buffer> => {
  const picture = await pictures.draw(aChart({ title }))
  if (picture.kind !== 'drawn') throw new Error(`the picture ${picture.kind}`)
  return Buffer.from(picture.png)
}

const titled = (title: string) => aChart({ title, panels: [], marks: [] })

it('a chart becomes a PNG of twice its size, and text in Latin and Chinese can be seen on it', async () => {
  const { pictures, faults } = studio(await builtPainter())
  const blank = await drawn(pictures, '')
  expect(blank.subarray(1, 4).toString()).toBe('PNG')
  expect(blank.readUInt32BE(16)).toBe(2 * width)
  const latin = await drawn(pictures, 'shop/web')
  const chinese = await drawn(pictures, '订单')
  expect(latin.equals(blank)).toBe(false)
  expect(chinese.equals(blank)).toBe(false)
  expect(chinese.equals(await drawn(pictures, '生产'))).toBe(false)
  expect(faults).toEqual([])
})

it('what the font cannot draw is a box, never nothing', async () => {
  const { pictures } = studio(await builtPainter())
  const boxes = await drawn(pictures, 'a□b')
  expect((await drawn(pictures, 'a\u{1f600}b')).equals(boxes)).toBe(true)
  expect((await drawn(pictures, 'a\u0915b')).equals(boxes)).toBe(true)
  expect((await drawn(pictures, 'ab')).equals(boxes)).toBe(false)
})

it('the same chart always makes the same bytes', async () => {
  const { pictures } = studio(await builtPainter())
  expect(await pictures.draw(charts.board)).toEqual(await pictures.draw(charts.board))
})

it.each(['chart.ttf', 'painter.wasm'])('without %s there is no picture, and it is said why', async (name) => {
  const painter = await builtPainter()
  rmSync(new URL(name, painter))
  const { pictures, faults } = studio(painter)
  expect(await pictures.draw(charts.one)).toEqual({ kind: 'failed' })
  expect(faults).toEqual([expect.stringContaining(name)])
})

it('a painter that dies takes one picture with it; the next ones have another', async () => {
  const { pictures, faults } = studio(
    paintedBy(`svg.includes('deadly') ? process.exit(3) : say({ id, png: Uint8Array.of(id) })`),
  )
  const [before, deadly, after] = await Promise.all(
    ['before', 'deadly', 'after'].map((title) => pictures.draw(titled(title))),
  )
  expect(before).toEqual({ kind: 'drawn', png: Uint8Array.of(1) })
  expect(deadly).toEqual({ kind: 'failed' })
  expect(after).toEqual({ kind: 'drawn', png: Uint8Array.of(3) })
  expect(faults).toEqual(['Error: the painter ended with 3'])
})

it('a painter that had trouble is not trusted with the next picture', async () => {
  const { pictures, faults } = studio(
    paintedBy(`globalThis.count = (globalThis.count ?? 0) + 1
      svg.includes('odd') ? say({ id, trouble: 'no such wall' }) : say({ id, png: Uint8Array.of(globalThis.count) })`),
  )
  expect(await pictures.draw(titled('fine'))).toEqual({ kind: 'drawn', png: Uint8Array.of(1) })
  expect(await pictures.draw(titled('odd'))).toEqual({ kind: 'failed' })
  expect(await pictures.draw(titled('fine'))).toEqual({ kind: 'drawn', png: Uint8Array.of(1) })
  expect(faults).toEqual(['Error: no such wall'])
})

it('one that does not answer is given up', async () => {
  const { pictures, clock, faults } = studio(paintedBy(''))
  const picture = pictures.draw(charts.one)
  await clock.settle()
  await clock.advance(15_000)
  expect(await picture).toEqual({ kind: 'failed' })
  expect(faults).toEqual(['Error: the painter does not answer'])
})

it('no more than twenty wait, and at the stop they are told at once', async () => {
  const { pictures, clock, faults } = studio(paintedBy(''))
  const waiting = Array.from({ length: 21 }, (_, index) => pictures.draw(titled(String(index))))
  expect(await pictures.draw(charts.one)).toEqual({ kind: 'busy' })
  await pictures.close()
  expect(await Promise.all(waiting)).toEqual(waiting.map(() => ({ kind: 'failed' })))
  expect(await pictures.draw(charts.one)).toEqual({ kind: 'failed' })
  expect(clock.pending()).toBe(0)
  expect(faults).toEqual([])
})

it('the painter ends when nobody wanted a picture for five seconds; the next one has another', async () => {
  const { pictures, clock, faults } = studio(
    paintedBy(`globalThis.count = (globalThis.count ?? 0) + 1; say({ id, png: Uint8Array.of(globalThis.count) })`),
  )
  await pictures.draw(titled('one'))
  await clock.advance(4_000)
  expect(await pictures.draw(titled('two'))).toEqual({ kind: 'drawn', png: Uint8Array.of(2) })
  await clock.advance(5_000)
  expect(await pictures.draw(titled('three'))).toEqual({ kind: 'drawn', png: Uint8Array.of(1) })
  expect(faults).toEqual([])
})

it('told that a chart will be wanted, the painter is there before it; where none comes, it ends', async () => {
  const folder = temporaryFolder()
  const file = join(folder, 'painter.cjs')
  writeFileSync(
    file,
    `require('node:fs').writeFileSync(${JSON.stringify(folder)} + '/' + process.pid, '')
     process.on('message', ({ id }) => process.send({ id, png: Uint8Array.from(String(process.pid), Number) }))`,
  )
  const started = () => readdirSync(folder).filter((name) => /^\d+$/.test(name))
  const painted = (pid: string | undefined) => ({ kind: 'drawn', png: Uint8Array.from(pid ?? '', Number) })
  const { pictures, clock, faults } = studio(pathToFileURL(file))
  pictures.prepare()
  await expect.poll(started).toHaveLength(1)
  const [first] = started()
  pictures.prepare()
  expect(await pictures.draw(charts.one)).toEqual(painted(first))
  pictures.prepare()
  await clock.advance(5_000)
  await pictures.draw(charts.one)
  expect(started()).toHaveLength(2)
  expect(await pictures.draw(charts.one)).toEqual(painted(started().find((pid) => pid !== first)))
  expect(faults).toEqual([])
})

it('what a painter said before it ended is in the report', async () => {
  const { pictures, faults } = studio(paintedBy(`throw new Error('out of paint')`))
  expect(await pictures.draw(charts.one)).toEqual({ kind: 'failed' })
  expect(faults).toEqual([expect.stringMatching(/the painter ended with 1: [^]*out of paint/)])
})

it('a painter is given nothing of the environment', async () => {
  vi.stubEnv('SLACK_BOT_TOKEN', 'secret')
  onTestFinished(() => void vi.unstubAllEnvs())
  const { pictures } = studio(paintedBy(`say({ id, png: Uint8Array.from(Object.keys(process.env), Number) })`))
  expect(await pictures.draw(charts.one)).toEqual({ kind: 'drawn', png: new Uint8Array() })
})

it('the painter is gone when whoever wanted pictures is gone without a word', async () => {
  const painter = fork(await builtPainter(), { env: {}, serialization: 'advanced' })
  const answered = once(painter, 'message')
  painter.send({ id: 1, svg: '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>' })
  expect(await answered).toMatchObject([{ id: 1, png: expect.any(Uint8Array) }, undefined])
  const gone = once(painter, 'exit')
  painter.disconnect()
  expect(await gone).toEqual([0, null])
})
