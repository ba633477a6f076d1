import type { Charted } from '../alerts/enrichment/chart.ts'
import type { SubjectFindings, ThreadFindings } from '../alerts/enrichment/enrich.ts'
import type { Finding, Trouble } from '../alerts/enrichment/finding.ts'
import type { LastWords } from '../alerts/enrichment/last-words.ts'
import type { Message, Part, Rich } from '../chat/message.ts'
import type { KubernetesEvent } from '../clusters/nouns.ts'
import type { WorkloadStatus } from '../reads/status.ts'
import { ageOf } from './age.ts'
import { changeParts, wayBack } from './alert-changes.ts'
import { clipped, heading } from './alert-thread-words.ts'
import { say } from './problem.ts'
import type { Texts } from './texts/en.ts'

const podsShown = 3

/** Cause and recent changes first, for somebody on a phone at night: what it is, what was done to it, what it said, how it measures. */
export function alertThreadCard(findings: ThreadFindings, texts: Texts): Message {
  const { target, about, chart } = findings
  const { alertThread: words, shared } = texts
  const workload = target.ok && target.value.kind === 'subject' ? target.value.subject.workload : undefined
  const aside = workload && words.about(`${workload.namespace}/${workload.name}`, workload.kind, workload.cluster)
  const parts = [
    ...(target.ok ? [] : missing(words.part.workload, target.trouble, texts)),
    ...(target.ok && target.value.kind === 'nothing' ? [sentence(words.nothing[target.value.why])] : []),
    ...(about ? aboutParts(about, findings, texts) : []),
    ...chartParts(chart, texts),
    ...(about && workload ? wayBack(about, workload, texts) : []),
  ]
  return {
    summary: aside === undefined ? words.title : `${words.title}${shared.colon}${aside}`,
    tone: 'neutral',
    parts: [{ kind: 'title', text: words.title, ...(aside === undefined ? {} : { aside }) }, ...parts],
  }
}

/** In a channel where another company reads. */
export const withheldCard = ({ alertThread: words }: Texts): Message => ({
  summary: words.withheld,
  tone: 'neutral',
  parts: [{ kind: 'note', text: [words.withheld] }],
})

function aboutParts(
  { status, changes, words: spoken, events }: SubjectFindings,
  { now }: ThreadFindings,
  texts: Texts,
): Part[] {
  const { part } = texts.alertThread
  return [
    ...found(status, texts, { name: part.status, show: (value) => statusParts(value, texts) }),
    ...found(changes, texts, { name: part.changes, show: (value) => changeParts(value, texts) }),
    ...found(spoken, texts, { name: part.logs, show: (value) => (value ? lineParts(value, texts) : []) }),
    ...found(events, texts, { name: part.events, show: (value) => eventParts(value, now, texts) }),
  ]
}

/** What was found, or in its place why it was not. */
function found<Value>(
  finding: Finding<Value>,
  texts: Texts,
  { name, show }: { readonly name: string; readonly show: (value: Value) => Part[] },
): Part[] {
  return finding.ok ? show(finding.value) : missing(name, finding.trouble, texts)
}

const missing = (name: string, trouble: Trouble, texts: Texts): Part[] => [
  { kind: 'note', text: [`⚠ ${name}${texts.shared.colon}${troubleText(trouble, texts)}`] },
]

function troubleText(trouble: Trouble, { alertThread: words, problems }: Texts): string {
  if (trouble.code === 'late') return words.late
  if (trouble.code === 'fault') return words.fault(trouble.reference)
  return say(trouble, problems).sentence
}

function statusParts({ workload, health, pods }: WorkloadStatus, { reads, shared }: Texts): Part[] {
  const images = workload.containers
    .filter(({ role }) => role === 'main')
    .slice(0, 3)
    .flatMap(({ image }): Rich => [' ', { code: image }])
  const unwell = pods.filter(({ reasons, ready }) => reasons.length > 0 || !ready).slice(0, podsShown)
  return [
    {
      kind: 'text',
      text: [
        { bold: reads.health[health] },
        `${shared.comma}${reads.ready(workload.ready, workload.replicas)}`,
        ...images,
        ...(workload.paused ? [shared.comma, { bold: reads.paused }] : []),
      ],
    },
    {
      kind: 'list',
      items: unwell.map((pod): Rich => [
        { code: pod.name },
        ` ${pod.status}`,
        ...(pod.restarts > 0 ? [`${shared.comma}${reads.restarts(pod.restarts)}`] : []),
        ...pod.reasons.slice(0, 1).map(({ message }) => (message === '' ? '' : `${shared.colon}${clipped(message)}`)),
      ]),
    },
  ]
}

function lineParts({ pod, container, of, lines }: LastWords, { alertThread: words }: Texts): Part[] {
  const title = of === 'previous' ? words.previousLines(container, pod) : words.lastLines(container, pod)
  if (lines.length === 0) return [heading(title), { kind: 'note', text: [words.noLines] }]
  const text = lines.map((line) => `${line.stamp.slice(11, 19)} ${clipped(line.text)}`).join('\n')
  return [heading(title), { kind: 'code', text: text.slice(-2_800) }]
}

function eventParts(events: readonly KubernetesEvent[], now: number, { alertThread: words, reads }: Texts): Part[] {
  if (events.length === 0) return [heading(words.part.events), { kind: 'note', text: [words.noEvents] }]
  const items = events.map((event): Rich => [
    event.type === 'Warning' ? '⚠ ' : '· ',
    { muted: `${ageOf(event.lastAt, now)} ` },
    { bold: event.reason },
    ` ${event.about.name}: ${clipped(event.message)}`,
    ...(event.count > 1 ? [' ', { muted: reads.times(event.count) }] : []),
  ])
  return [heading(words.part.events), { kind: 'list', items }]
}

function chartParts(chart: Finding<Charted>, texts: Texts): Part[] {
  const { alertThread: words, shared } = texts
  if (!chart.ok) return missing(words.part.chart, chart.trouble, texts)
  if (chart.value.kind === 'picture') return [chart.value.picture]
  return [{ kind: 'note', text: [`${words.part.chart}${shared.colon}${words.chart[chart.value.why]}`] }]
}

const sentence = (text: string): Part => ({ kind: 'text', text: [text] })
