import { describe, expect, it } from 'vitest'
import type { MetricsQuestion } from '../../src/command-line/context.ts'
import { metricsLinks } from '../../src/reception/metrics-lines.ts'
import { commandLine } from '../command-line/typing.ts'

const hour = 3_600_000

const aQuestion = (about: Partial<MetricsQuestion> = {}): MetricsQuestion => ({
  target: { clusters: [], namespace: 'shop', kind: 'Deployment', name: 'web' },
  preset: undefined,
  query: undefined,
  range: undefined,
  step: undefined,
  compare: undefined,
  by: undefined,
  now: false,
  private: false,
  ...about,
})

const linksOf = (question: MetricsQuestion, rangeMs = hour, clusters = ['test']) =>
  metricsLinks({ question, clusters, rangeMs }, { clusters: ['prod'], presets: ['cpu', 'memory'] })

/** What a click on it would be understood as. */
const understood = (line: string): string => {
  const reading = commandLine.readCanonical(`metrics ${line}`)
  if (!reading.ok) throw new Error(`${line}: ${reading.problem.code}`)
  return reading.command.canonical
}

describe('what buttons under a chart type', () => {
  it('reads back as what is shown, quotes in a query included', () => {
    const query = 'sum(rate(x{a="b\\"c"}[5m]))'
    const asked = { range: hour, compare: 86_400_000, by: 'pod', preset: 'cpu', private: true } as const
    expect(understood(linksOf(aQuestion(asked)).refresh)).toBe(
      'metrics test:shop/deployment/web cpu --range 1h --compare 1d --by pod --private',
    )
    const own = aQuestion({ query, target: { clusters: [] } })
    expect(understood(linksOf(own, hour, ['test', 'prod']).refresh)).toContain('--cluster test,prod')
    expect(understood(linksOf(own).refresh)).toContain(String.raw`--query "sum(rate(x{a=\"b\\\"c\"}[5m]))"`)
  })

  it('wider and narrower are the next round ranges, with the step that suits them, and end somewhere', () => {
    const { wider, narrower } = linksOf(aQuestion({ step: 30_000 }), 2 * hour)
    expect(understood(wider?.line ?? '')).toBe('metrics test:shop/deployment/web --range 3h')
    expect(understood(narrower?.line ?? '')).toBe('metrics test:shop/deployment/web --range 1h')
    expect(linksOf(aQuestion(), 31 * 24 * hour).wider).toBeUndefined()
    expect(linksOf(aQuestion(), 60_000).narrower).toBeUndefined()
  })

  it('offers other presets and the overview, never the one that is shown, and the other cluster', () => {
    const { presets, clusters } = linksOf(aQuestion({ preset: 'cpu' }))
    expect(presets.map(({ of }) => of)).toEqual(['board', 'memory'])
    expect(presets.map(({ line }) => understood(line))).toEqual([
      'metrics test:shop/deployment/web',
      'metrics test:shop/deployment/web memory',
    ])
    expect(clusters.map(({ line }) => understood(line))).toEqual(['metrics prod:shop/deployment/web cpu'])
    expect(linksOf(aQuestion({ query: 'up' })).presets).toEqual([])
  })
})
