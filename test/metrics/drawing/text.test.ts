import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { Resvg, initWasm } from '@resvg/resvg-wasm'
import { beforeAll, describe, expect, it } from 'vitest'
import { fontFamily } from '../../../src/metrics/drawing/layout.ts'
import { fitted, label, widthOf, wrapped } from '../../../src/metrics/drawing/text.ts'

const font = new Uint8Array(readFileSync(new URL('../../../assets/fonts/chart.ttf', import.meta.url)))
const size = 100

beforeAll(() => initWasm(readFileSync(createRequire(import.meta.url).resolve('@resvg/resvg-wasm/index_bg.wasm'))))

/** Between two bars, so that the space around letters counts. */
function painted(words: string): number {
  const wide = (text: string): number => {
    const body = label(text, { x: 100, y: 200 }, { size, colour: '#fff' })
    const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="9000" height="400" font-family="${fontFamily}">${body}</svg>`
    const tree = new Resvg(svg, { font: { fontBuffers: [font], defaultFontFamily: fontFamily } })
    try {
      return tree.innerBBox()?.width ?? 0
    } finally {
      tree.free()
    }
  }
  return wide(`|${words}|`) - wide('||')
}

describe('the width of a text', () => {
  it.each([
    'web-7d9f8b6c5-x2x7k',
    'registry.example/shop/web:1.5.0',
    'WWW iii 0123456789',
    '~!@#$%^*()_+{}[]?=,.;',
    'last 319m',
    '1.84 k/s',
    '53.7 %',
    '512 MiB',
    'µs',
    'Zürich Ñandú',
    '3 → 5',
    'limit 2 ↑',
    '… · – — □',
    '订单服务-主节点',
    '当前 420 MiB',
    '最近 2 小时，每 30 秒',
    '《没有数据》',
  ])('of %s is what the painter makes of it, or a little more', (words) => {
    const real = painted(words)
    expect(real).toBeGreaterThan(0)
    expect(widthOf(words, size)).toBeGreaterThan(real * 0.985)
    expect(widthOf(words, size)).toBeLessThan(real * 1.1 + 45)
  })
})

it('a name too long keeps its beginning and its end', () => {
  const cut = fitted('recommend-worker-66c7f-jm2ww', 14, 120)
  expect(cut).toBe('recomm…jm2ww')
  expect(widthOf(cut, 14)).toBeLessThanOrEqual(120)
  expect(fitted('😀😀😀😀', 14, 30)).toBe('😀…')
})

it('long words are broken into lines that fit, and what is left out is marked', () => {
  const room = { width: 200, lines: 2 }
  const lines = wrapped('it did not answer within ten seconds, and nobody knows whether it ever will', 14, room)
  expect(lines).toHaveLength(2)
  expect(lines.every((line) => widthOf(line, 14) <= 200)).toBe(true)
  expect(lines[1]).toMatch(/…$/)
  expect(wrapped('连接被拒绝，请检查网络策略与证书，或者联系平台团队', 14, room)).toHaveLength(2)
  expect(wrapped('short', 14, room)).toEqual(['short'])
})
