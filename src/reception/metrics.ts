import { metricsCard, readingsCard } from '../cards/metrics.ts'
import { metricsChart } from '../cards/metrics-chart.ts'
import type { Shown } from '../cards/metrics-chart.ts'
import { problemMessage } from '../cards/problem-card.ts'
import { say } from '../cards/problem.ts'
import type { Context, MetricsQuestion } from '../command-line/context.ts'
import { wayOf } from '../metrics/catalogue.ts'
import type { Mark } from '../metrics/chart.ts'
import { readPreset, readQuery } from '../metrics/instant.ts'
import { measurePreset, measureQuery } from '../metrics/measure.ts'
import { board, presets } from '../metrics/presets.ts'
import type { AnyPreset, PresetName } from '../metrics/presets.ts'
import type { MetricsProblem } from '../metrics/problems.ts'
import { windowOf } from '../metrics/window.ts'
import type { Window } from '../metrics/window.ts'
import { isZone } from '../time/recurrence.ts'
import { alone, channel } from './answer.ts'
import type { Answer } from './answer.ts'
import type { Asking } from './asking.ts'
import type { Desk } from './desk.ts'
import { metricsLinks } from './metrics-lines.ts'
import { marksOf } from './metrics-marks.ts'
import { sourcesFor, workloadsFor } from './metrics-targets.ts'
import type { FoundWorkloads } from './metrics-targets.ts'

const usualRangeMs = 3_600_000

/** Numbers as a picture, or those of this moment as a table. Decided and recorded like every read. */
export function metricsFor(asking: Asking, desk: Desk): Context<Answer>['metrics'] {
  return {
    show: async (question) => {
      const { range: rangeMs = usualRangeMs, step: stepMs } = question
      const windowed = windowOf({ to: desk.clock.now(), rangeMs, stepMs })
      if (!windowed.ok) return alone(problemMessage(windowed.problem, asking.texts))
      const at = { asking, desk, window: windowed.window, rangeMs }
      return question.query === undefined ? ofWorkload(question, at) : ofQuery(question, question.query, at)
    },
  }
}

interface At {
  readonly asking: Asking
  readonly desk: Desk
  readonly window: Window
  readonly rangeMs: number
}

async function ofQuery(question: MetricsQuestion, query: string, at: At): Promise<Answer> {
  const { asking, desk, window, rangeMs } = at
  const found = await sourcesFor(question.target, asking, desk)
  if (!found.ok) return found.answer
  const { sources, troubles } = found
  const clusters = sources.map(({ cluster }) => cluster)
  const links = metricsLinks({ question, clusters, rangeMs }, { clusters: otherClusters(clusters, desk), presets: [] })
  const asked = { query, sources }
  if (question.now) {
    const readings = await readQuery({ ...asked, at: desk.clock.now() })
    const said = { troubles: [...troubles, ...sentences(readings.problems, asking)] }
    const [problem] = readings.problems
    if (problem && readings.readings.length === 0) return alone(problemMessage(problem, asking.texts))
    const shown = { what: query, clusters, readings: [{ of: 'query' as const, found: readings }], links, notes: said }
    return channel(readingsCard(shown, asking.placeTexts))
  }
  desk.metrics.prepare()
  const measured = await measureQuery({ ...asked, window, compareMs: question.compare })
  const [problem] = measured.problems
  if (problem && measured.series.length === 0) return alone(problemMessage(problem, asking.texts))
  const panels = [{ of: 'query' as const, measured }]
  const shown = { what: query, clusters, panels, window, compareMs: question.compare, marks: [] }
  return draw({ shown, links, troubles: [...troubles, ...sentences(measured.problems, asking)] }, at)
}

async function ofWorkload(typed: MetricsQuestion, at: At): Promise<Answer> {
  const { asking, desk, window, rangeMs } = at
  const found = await workloadsFor(typed.target, asking, desk)
  if (!found.ok) return found.answer
  if (!typed.now) desk.metrics.prepare()
  const { spots, workloads, troubles } = found
  const [first] = workloads
  const { namespace, kind, name } = first
  const question = { ...typed, target: { clusters: [], namespace, kind, name } }
  const clusters = spots.map(({ source }) => source.cluster)
  const what = `${namespace}/${name}`
  const by = typed.by === undefined ? [] : [typed.by]
  const { existing, problems: unknown } = await existingOf(found, at)
  const chosen = presets.filter((preset) =>
    typed.preset === undefined ? board.includes(preset) && existing.has(preset.name) : preset.name === typed.preset,
  )
  const links = metricsLinks(
    { question, clusters, rangeMs },
    { clusters: otherClusters(clusters, desk), presets: [...existing] },
  )
  const [fault] = unknown
  if (fault && unknown.length === spots.length) return alone(problemMessage(fault, asking.texts))
  const { catalogue } = desk.metrics
  const words = asking.placeTexts.metrics.measure
  if (typed.now) {
    const readings = await Promise.all(
      chosen.map(async (preset) => ({
        of: preset.name,
        found: await readPreset({ preset, spots, by, at: desk.clock.now() }, { catalogue, words }),
      })),
    )
    const problems = readings.flatMap((one) => one.found.problems)
    const notes = { troubles: [...troubles, ...sentences(worth(problems, typed), asking)] }
    return channel(readingsCard({ what, clusters, readings, links, notes }, asking.placeTexts))
  }
  const panels = await Promise.all(
    chosen.map(async (preset) => ({
      of: preset.name,
      measured: await measurePreset({ preset, spots, by, window, compareMs: typed.compare }, { catalogue, words }),
    })),
  )
  const problems = worth(
    panels.flatMap(({ measured }) => measured.problems),
    typed,
  )
  const [problem] = problems
  if (problem && panels.every(({ measured }) => measured.series.length === 0))
    return alone(problemMessage(problem, asking.texts))
  const several = workloads.length > 1
  const marks = (
    await Promise.all(
      workloads.map(async (workload) =>
        (await marksOf(workload, window, desk.operations.ledger)).map((mark): Mark =>
          several ? { ...mark, text: `${workload.cluster} ${mark.text}`.trim() } : mark,
        ),
      ),
    )
  ).flat()
  const shown = { what, clusters, panels, window, compareMs: typed.compare, marks }
  return draw({ shown, links, troubles: [...troubles, ...sentences([...unknown, ...problems], asking)] }, at)
}

/** What can be shown of these workloads, and clusters whose source could not say. */
async function existingOf(
  { spots }: FoundWorkloads,
  { desk, window }: At,
): Promise<{ readonly existing: ReadonlySet<PresetName>; readonly problems: readonly MetricsProblem[] }> {
  const answers = await Promise.all(
    spots.map(({ source, subject }) => desk.metrics.catalogue.existing(source, subject, window.to - window.from)),
  )
  const exists = (preset: AnyPreset): boolean =>
    answers.some((answer) => answer.ok && wayOf(preset, answer.value) !== undefined)
  return {
    existing: new Set(presets.filter(exists).map(({ name }) => name)),
    problems: answers.flatMap((answer) => (answer.ok ? [] : [answer.problem])),
  }
}

/** On a board a panel that one of several clusters lacks needs no word; asked for by name it does. */
const worth = (problems: readonly MetricsProblem[], { preset }: MetricsQuestion): readonly MetricsProblem[] =>
  problems.filter(({ code }) => preset !== undefined || code !== 'metrics_preset_empty')

async function draw(
  drawn: {
    readonly shown: Omit<Shown, 'zone'>
    readonly links: Parameters<typeof metricsCard>[0]['links']
    readonly troubles: readonly string[]
  },
  { asking, desk }: At,
): Promise<Answer> {
  const { links, troubles } = drawn
  const own = asking.speaker.profile.zone
  const unknown = own === undefined || isZone(own) ? undefined : own
  const zone = own === undefined || unknown !== undefined ? desk.metrics.zone : own
  const shown: Shown = { ...drawn.shown, zone }
  const texts = asking.placeTexts
  const png = shown.panels.length === 0 ? undefined : await desk.metrics.draw(metricsChart(shown, texts))
  const notes = { troubles: [...new Set(troubles)], ...(unknown === undefined ? {} : { unknownZone: unknown }) }
  return channel(metricsCard({ shown, png, links, notes }, texts))
}

const sentences = (problems: readonly MetricsProblem[], { placeTexts }: Asking): readonly string[] =>
  problems.map((problem) => say(problem, placeTexts.problems).sentence)

const otherClusters = (shown: readonly string[], desk: Desk): readonly string[] =>
  [...desk.clusters.keys()].filter((name) => !shown.includes(name) && desk.metrics.source(name) !== undefined)
