import type { AlertGroup } from '../alerts/group.ts'
import type { Message, Part, Rich, Tone } from '../chat/message.ts'
import { alertButtons } from './alert-buttons.ts'
import { alertTable } from './alert-table.ts'
import { shortened } from '../shortened.ts'
import { countsOf, nameOf, placeOf, sinceOf, tellingsOf } from './alert-words.ts'
import { common, labelsOf } from '../alerts/workload.ts'
import type { Texts } from './texts/en.ts'

const tones: Readonly<Record<AlertGroup['severity'], Tone>> = {
  critical: 'bad',
  error: 'bad',
  warning: 'warning',
  info: 'neutral',
  none: 'neutral',
}

/** The card of a group: how bad, whether it goes on, what, where, since when; then what makes its alerts differ, and what can be done. */
export function alertCard(group: AlertGroup, texts: Texts): Message {
  const name = nameOf(group, texts)
  return {
    summary: headlineOf(group, texts),
    tone: group.state === 'resolved' ? 'good' : tones[group.severity],
    parts: [
      { kind: 'title', text: `${name} · ${group.id}`, aside: stateOf(group, texts) },
      ...tellings(group, texts),
      { kind: 'facts', facts: facts(group, texts) },
      ...alertTable(group, texts),
      ...notes(group, texts),
      ...alertButtons(group, texts),
    ],
  }
}

/** What the phone shows, and a digest: severity and state first, then what and where. */
export function headlineOf(group: AlertGroup, texts: Texts): string {
  const { alerts: words, shared } = texts
  const said = words.summary({
    severity: words.severity[group.severity],
    state: words.state[group.state],
    name: nameOf(group, texts),
    where: placeOf(group),
  })
  const { firing, resolved } = countsOf(group)
  const [line] = tellingsOf(group, texts)
  const counts = firing + resolved > 1 ? words.counted(words.counts(firing, resolved)) : ''
  return shortened(`${said}${counts}${line === undefined ? '' : `${shared.colon}${line}`}`, 300)
}

function stateOf(group: AlertGroup, { alerts: words, shared }: Texts): string {
  const { firing, resolved } = countsOf(group)
  const state = firing + resolved > 1 ? words.counts(firing, resolved) : words.state[group.state]
  return [words.severity[group.severity], state].join(shared.comma)
}

function tellings(group: AlertGroup, texts: Texts): Part[] {
  if (group.source === 'readback') return [{ kind: 'text', text: [texts.alerts.watchdogText] }]
  const [line, ...more] = tellingsOf(group, texts)
  return [
    ...(line === undefined ? [] : [{ kind: 'text' as const, text: [{ bold: line }] }]),
    ...more.map((text) => ({ kind: 'text' as const, text: [text] })),
  ]
}

function facts(group: AlertGroup, { alerts: words }: Texts): { readonly label: string; readonly value: Rich }[] {
  const all = labelsOf(group)
  const { workload, resolvedAt } = group
  const cluster = workload?.cluster ?? common(all, 'cluster')
  const namespace = workload?.namespace ?? common(all, 'namespace')
  const object = workload && `${workload.kind.toLowerCase()}/${workload.name}`
  const host = hostOf(group)
  return [
    ...fact(words.cluster, cluster),
    ...fact(words.namespace, namespace),
    ...fact(words.workload, object),
    { label: words.since, value: [{ moment: sinceOf(group) }] },
    ...(resolvedAt === undefined ? [] : [{ label: words.until, value: [{ moment: resolvedAt }] }]),
    ...fact(words.from, host === undefined ? words.source[group.source] : `${words.source[group.source]} (${host})`),
  ]
}

const fact = (label: string, value: string | undefined): { readonly label: string; readonly value: Rich }[] =>
  value === undefined ? [] : [{ label, value: [shortened(value, 200)] }]

/** Where the source shows it, as a name to recognise: a link into somebody's network is for those who know it, not to be clicked from a phone. */
function hostOf({ members, externalUrl }: AlertGroup): string | undefined {
  const url = externalUrl ?? members.find(({ details }) => details?.generatorUrl)?.details?.generatorUrl
  return url === undefined || !URL.canParse(url) ? undefined : new URL(url).host
}

/** What people have done about it, and what is unusual about it. */
function notes(group: AlertGroup, { alerts: words }: Texts): Part[] {
  const { acknowledged, silence, insteadOf, reopened, unheard, state } = group
  const called = group.escalations.filter(({ done }) => done)
  const firing = state === 'firing'
  const lines: Rich[] = [
    ...(firing && acknowledged
      ? [[words.acknowledged, { person: acknowledged.by.user }, ' · ', { moment: acknowledged.at }]]
      : []),
    ...(silence
      ? [
          [
            words.silencedBy,
            { person: silence.by.user },
            words.silencedUntil,
            { moment: silence.until },
            words.thread.because(silence.reason),
          ],
        ]
      : []),
    ...(firing && called.length > 0
      ? [[words.called, ...called.flatMap(({ at }, index) => [...(index > 0 ? [' · '] : []), { moment: at }])]]
      : []),
    ...(reopened > 0 ? [[words.flapping(reopened)]] : []),
    ...(unheard ? [[words.unheard]] : []),
    ...(insteadOf ? [[words.insteadOf, { channel: insteadOf.channel }, words.insteadOfWhy(insteadOf.reason)]] : []),
  ]
  return lines.map((text) => ({ kind: 'note', text }))
}
