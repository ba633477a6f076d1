import type { Message, Part, Rich, Tone } from '../chat/message.ts'
import type { Pod, Workload } from '../clusters/nouns.ts'
import type { Operation } from '../operations/operation.ts'
import type { ClusterAnswer } from '../reads/answers.ts'
import { healthOf } from '../reads/health.ts'
import type { Health } from '../reads/health.ts'
import type { ClusterStatus, PlaceStatus, WorkloadStatus } from '../reads/status.ts'
import { ageOf } from './age.ts'
import { stateText, titleText } from './operation.ts'
import { problemParts } from './problem-parts.ts'
import type { Texts } from './texts/en.ts'

const tones: Readonly<Record<Health, Tone>> = {
  well: 'good',
  moving: 'working',
  short: 'warning',
  failing: 'bad',
  asleep: 'neutral',
}
const signs: Readonly<Record<Health, string>> = { well: '✓', moving: '↻', short: '⚠', failing: '✗', asleep: '○' }

const podsShown = 8
const workloadsShown = 10

/** One workload: what it runs, how its pods are, what was said about it lately, what is open on it. */
export function workloadStatusCard(
  status: WorkloadStatus & { readonly open: readonly Operation[]; readonly now: number },
  texts: Texts,
): Message {
  const { workload, health, autoscaler, pods, warnings, open, now } = status
  const { reads, shared } = texts
  const title = reads.statusOf(`${workload.namespace}/${workload.name}`, workload.cluster)
  const state = `${reads.health[health]}${shared.comma}${reads.ready(workload.ready, workload.replicas)}`
  const facts: Rich[] = [
    ...workload.containers
      .filter(({ role }) => role === 'main')
      .map(({ name, image }): Rich => [{ bold: name }, '  ', { code: image }]),
    ...(autoscaler ? [[reads.autoscaler(autoscaler.name, autoscaler.min, autoscaler.max)]] : []),
    ...(workload.paused ? [[{ bold: reads.paused }]] : []),
    ...workload.owners.map((owner): Rich => [texts.operation.warning.owned(owner.kind, owner.name)]),
  ]
  return {
    summary: `${title}${shared.colon}${state}`,
    tone: tones[health],
    parts: [
      { kind: 'title', text: title, aside: state },
      { kind: 'list', items: facts },
      ...podParts(pods, now, texts),
      ...listUnder(
        reads.warnings,
        warnings.map((event): Rich => [
          { bold: event.reason },
          ` ${event.about.name}: ${event.message} `,
          { muted: reads.times(event.count) },
        ]),
      ),
      ...openParts(open, texts),
    ],
  }
}

function podParts(pods: readonly Pod[], now: number, { reads, shared }: Texts): Part[] {
  const shown = pods.slice(0, podsShown)
  const lines = shown.map((pod): Rich => [
    `${pod.reasons.length > 0 ? '✗' : pod.ready ? '✓' : '↻'} `,
    { code: pod.name },
    ` ${pod.status}${shared.comma}${ageOf(pod.createdAt, now)}`,
    ...(pod.restarts > 0 ? [`${shared.comma}${reads.restarts(pod.restarts)}`] : []),
    ...pod.reasons.slice(0, 1).map(({ message }) => (message === '' ? '' : ` (${message})`)),
  ])
  const more = pods.length > podsShown ? [[reads.morePods(pods.length - podsShown)]] : []
  return listUnder(reads.pods, [...lines, ...more])
}

/** A namespace, or everything that somebody can see of one cluster. */
export function placeStatusCard(
  {
    what,
    cluster,
    status,
    open,
  }: {
    readonly what: string
    readonly cluster: string
    readonly status: PlaceStatus
    readonly open: readonly Operation[]
  },
  texts: Texts,
): Message {
  const title = texts.reads.statusOf(what, cluster)
  return {
    summary: `${title}${texts.shared.colon}${wellness(status, texts)}`,
    tone: toneOf(status.workloads),
    parts: [
      { kind: 'title', text: title, aside: wellness(status, texts) },
      ...workloadParts(status.workloads, texts),
      ...unansweredParts(status, texts),
      ...openParts(open, texts),
    ],
  }
}

/** Every cluster at a glance: reachable, version, nodes, what is not as wanted, what is under way. */
export function overviewCard(
  {
    answers,
    all,
    open,
  }: {
    readonly answers: readonly ClusterAnswer<ClusterStatus>[]
    /** Nothing was left out of what is configured. */
    readonly all: boolean
    readonly open: readonly Operation[]
  },
  texts: Texts,
): Message {
  const { reads, shared } = texts
  const title = all ? reads.statusOfAll : reads.statusOfClusters(answers.map(({ cluster }) => cluster))
  const parts = answers.flatMap((answer): Part[] => {
    if (!answer.ok) return [heading(`✗ ${answer.cluster}`, ''), ...problemParts(answer.problem, texts)]
    const { version, nodes, workloads } = answer.value
    const facts = [
      version,
      ...(nodes ? [reads.nodes(nodes.ready, nodes.all), ...nodes.troubled] : []),
      wellness(answer.value, texts),
    ]
    const unwell = workloads.filter((workload) => !['well', 'asleep'].includes(healthOf(workload)))
    return [
      heading(answer.cluster, facts.join(' · ')),
      ...(unwell.length > 0 ? workloadParts(unwell, texts) : []),
      ...unansweredParts(answer.value, texts),
    ]
  })
  const down = answers.filter(({ ok }) => !ok).length
  const summary = `${title}${shared.colon}${answers.map((answer) => `${answer.cluster} ${answer.ok ? wellness(answer.value, texts) : '✗'}`).join(shared.comma)}`
  return {
    summary,
    tone: down > 0 ? 'bad' : toneOf(answers.flatMap((answer) => (answer.ok ? answer.value.workloads : []))),
    parts: [{ kind: 'title', text: title }, ...parts, ...openParts(open, texts)],
  }
}

const heading = (name: string, aside: string): Part => ({
  kind: 'text',
  text: [{ bold: name }, ...(aside === '' ? [] : ['  ', aside])],
})

function wellness({ workloads }: PlaceStatus, { reads }: Texts): string {
  if (workloads.length === 0) return reads.noWorkloads
  const bad = workloads.filter((workload) => !['well', 'asleep'].includes(healthOf(workload))).length
  return bad === 0 ? reads.allWell(workloads.length) : reads.notAsWanted(bad, workloads.length)
}

function toneOf(workloads: readonly Workload[]): Tone {
  const found = new Set(workloads.map(healthOf))
  const worst = (['failing', 'short', 'moving'] as const).find((health) => found.has(health))
  return worst === undefined ? 'good' : tones[worst]
}

function workloadParts(workloads: readonly Workload[], { reads }: Texts): Part[] {
  if (workloads.length === 0) return []
  const lines = workloads.slice(0, workloadsShown).map((workload): Rich => {
    const health = healthOf(workload)
    const image = workload.containers.find(({ role }) => role === 'main')?.image ?? ''
    return [
      `${signs[health]} `,
      { bold: `${workload.namespace}/${workload.name}` },
      `  ${reads.ready(workload.ready, workload.replicas)}  `,
      { code: image.slice(image.lastIndexOf('/') + 1) },
      health === 'well' ? '' : `  ${reads.health[health]}`,
    ]
  })
  const more = workloads.length > workloadsShown ? [[reads.moreWorkloads(workloads.length - workloadsShown)]] : []
  return [{ kind: 'list', items: [...lines, ...more] }]
}

const unansweredParts = ({ unanswered }: PlaceStatus, { reads }: Texts): Part[] =>
  unanswered.length === 0 ? [] : [{ kind: 'note', text: [`⚠ ${reads.unanswered(unanswered)}`] }]

const openParts = (open: readonly Operation[], texts: Texts): Part[] =>
  listUnder(
    texts.reads.openOperations,
    open
      .slice(0, 5)
      .map((operation) => [
        { code: operation.id },
        ` ${titleText(operation, texts)}${texts.shared.colon}${stateText(operation, texts)}`,
      ]),
  )

const listUnder = (title: string, items: readonly Rich[]): Part[] =>
  items.length === 0
    ? []
    : [
        { kind: 'text', text: [{ bold: title }] },
        { kind: 'list', items },
      ]
