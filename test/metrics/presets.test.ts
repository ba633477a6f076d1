import { readdirSync } from 'node:fs'
import { describe, expect, it, test } from 'vitest'
import type { Asking } from '../../src/metrics/preset.ts'
import { presetNames } from '../../src/command-line/arguments/metrics.ts'
import { board, presets } from '../../src/metrics/presets.ts'
import { wayOf } from '../../src/metrics/catalogue.ts'
import { scaleFor } from '../../src/metrics/units.ts'

const folder = new URL('../../src/metrics/presets/', import.meta.url)

const asking: Asking = {
  subject: { namespace: 'shop', kind: 'Deployment', name: 'web' },
  shared: [{ label: 'cluster', is: '=', value: 'prod"} or vector(1) or x{a="' }],
  by: [],
  rateMs: 300_000,
}

/** Selectors of a query, i.e. what stands in braces outside of string literals. */
const selectorsIn = (query: string): readonly string[] => query.match(/\{(?:"(?:\\.|[^"\\])*"|[^}"])*\}/g) ?? []

/** The same query without its string literals. */
const bare = (query: string): string => query.replace(/"(?:\\.|[^"\\])*"/g, '""')

test('every preset is one file, and every file is on the list', () => {
  const files = readdirSync(folder).map((file) => file.replace('.ts', ''))
  expect(files.toSorted()).toEqual(presets.map(({ name }) => name).toSorted())
})

test('each can be typed, and nothing else', () => {
  expect(presetNames).toEqual(presets.map(({ name }) => name))
})

test('a board shows presets of the list, each once', () => {
  expect(new Set(board).size).toBe(board.length)
  expect(presets).toEqual(expect.arrayContaining([...board]))
})

describe.each(presets)('preset $name', (preset) => {
  const bounds = 'bounds' in preset ? preset.bounds : []
  const by = 'by' in preset ? preset.by : []
  const queries = [
    ...preset.ways.flatMap((way) => way.traces({ ...asking, by }).map(({ query }) => ({ query, needs: way.needs }))),
    ...bounds.map((bound) => ({ query: bound.query(asking), needs: [bound.needs] })),
  ]

  it('asks for nothing but the metrics that it was found to have', () => {
    for (const { query, needs } of queries) {
      const asked = new Set(bare(query).match(/[a-z_]+(?=\{)/g))
      const known = new Set(needs.map(({ metric }) => metric))
      expect([...asked].filter((metric) => !known.has(metric))).toEqual([])
      expect(asked.size).toBeGreaterThan(0)
    }
  })

  it('keeps each selector to the namespace and to the cluster of a shared store', () => {
    for (const { query } of queries) {
      const selectors = selectorsIn(query)
      expect(selectors.length).toBeGreaterThan(0)
      for (const one of selectors) {
        expect(one).toMatch(/(namespace|exported_namespace|destination_workload_namespace)="shop"/)
        expect(one).toContain(String.raw`cluster="prod\"} or vector(1) or x{a=\""`)
      }
      expect(bare(query)).not.toContain('vector')
    }
  })

  it('has balanced brackets, and lines that can be told apart', () => {
    for (const way of preset.ways) {
      const traces = way.traces({ ...asking, by })
      expect(new Set(traces.map(({ name }) => name)).size).toBe(traces.length)
      for (const { query } of traces) {
        const text = bare(query)
        expect(text.split('(').length).toBe(text.split(')').length)
      }
    }
  })

  it('is taken only where all that it needs exists', () => {
    expect(wayOf(preset, new Set())).toBeUndefined()
    for (const way of preset.ways) {
      expect(wayOf(preset, new Set(way.needs.map(({ metric }) => metric)))).toBeDefined()
    }
    expect(scaleFor(1, preset.unit)).toBeDefined()
  })
})
