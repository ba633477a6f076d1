import { matchersOf, readMatchers } from '../alerts/matchers.ts'
import type { AlertGroup } from '../alerts/group.ts'
import { reachOfGroup } from '../alerts/reach.ts'
import { severities } from '../alerts/severity.ts'
import { clusterOf, common, labelsOf } from '../alerts/workload.ts'
import { alertsListCard, noAlertsCard } from '../cards/alerts-list.ts'
import { plain } from '../cards/plain.ts'
import { say } from '../cards/problem.ts'
import { problemMessage } from '../cards/problem-card.ts'
import { silenceForm } from '../cards/silence-form.ts'
import type { Click } from '../chat/incoming.ts'
import { typedTarget } from '../clusters/names.ts'
import type { Context, ScopeText } from '../command-line/context.ts'
import { acknowledgeGroup, unacknowledgeGroup } from './alert-acts.ts'
import { clustersOf, findGroup, refusalToList } from './alert-groups.ts'
import type { Acted, Acting } from './alert-groups.ts'
import { silenceGroup, unsilenceGroup } from './alert-silences.ts'
import { alone, channel } from './answer.ts'
import type { Answer, Sent } from './answer.ts'
import type { Asking } from './asking.ts'
import type { Desk } from './desk.ts'
import { formsFor } from './forms.ts'
import { aboutOf, formContext } from './form-context.ts'
import { scopeOf } from './scope.ts'

const mostLooked = 1_000

/** Groups of alerts by text: the same acts as those of their cards' buttons. */
export function alertsFor(asking: Asking, desk: Desk): Context<Answer>['alerts'] {
  const acting = { asking, desk }
  const { done } = asking.texts.alerts
  return {
    list: (scope) => list(scope, acting),
    acknowledge: async (id) => told(await acknowledgeGroup(id, acting), done.acknowledged, asking),
    unacknowledge: async (id) => told(await unacknowledgeGroup(id, acting), done.unacknowledged, asking),
    silence: async ({ id, lasting, reason }) =>
      told(await silenceGroup({ id, matchers: matchersOf, lastingMs: lasting, reason }, acting), done.silenced, asking),
    unsilence: async (id) => told(await unsilenceGroup(id, acting), done.unsilenced, asking),
  }
}

/** What a button of an alert's card does. */
export async function answerAlertClick({ action, value }: Click, asking: Asking, desk: Desk): Promise<Answer> {
  const acting = { asking, desk }
  switch (action) {
    case 'alert.ack':
      return shown(await acknowledgeGroup(value, acting), asking)
    case 'alert.unack':
      return shown(await unacknowledgeGroup(value, acting), asking)
    case 'alert.unsilence':
      return shown(await unsilenceGroup(value, acting), asking)
    case 'alert.scale': {
      const found = await findGroup(value, 'status', acting)
      if (!found.ok) return alone(problemMessage(found.problem, asking.texts))
      const { workload } = found.group
      if (!workload) return alone(problemMessage({ code: 'target_missing' }, asking.texts))
      return formsFor(asking, desk).open('scale', { target: typedTarget(workload) })
    }
    case 'alert.silence': {
      const found = await findGroup(value, 'silence', acting)
      if (!found.ok) return alone(problemMessage(found.problem, asking.texts))
      if (!desk.alerts.silences) return alone(problemMessage({ code: 'alertmanager_absent' }, asking.texts))
      const context = formContext('silence', asking, value)
      return {
        kind: 'form',
        form: silenceForm({ id: found.group.id, matchers: matchersOf(found.group), context }, asking.texts),
      }
    }
    default:
      return alone(problemMessage({ code: 'button_unknown', action }, asking.texts))
  }
}

/** The form behind Silence, sent off. */
export function silenceFrom(
  sent: { readonly context: string; readonly values: Readonly<Record<string, string>> },
  asking: Asking,
  desk: Desk,
): Sent {
  const { matchers: text = '', lasting = '', reason = '' } = sent.values
  const read = readMatchers(text)
  if (!read.ok) {
    const { sentence, remedy = '' } = say({ code: 'silence_matchers', part: read.part }, asking.texts.problems)
    return { ok: false, errors: { matchers: `${sentence} ${remedy}`.trim() } }
  }
  const wish = { id: aboutOf(sent.context), matchers: () => read.matchers, lastingMs: Number(lasting), reason }
  return { ok: true, act: async () => shown(await silenceGroup(wish, { asking, desk }), asking) }
}

/** The card shows what came of it; only a refusal needs words of its own. */
const shown = (acted: Acted, asking: Asking): Answer =>
  acted.ok ? { kind: 'silent' } : alone(problemMessage(acted.problem, asking.texts))

const told = (acted: Acted, words: (id: string) => string, asking: Asking): Answer =>
  alone(acted.ok ? plain(words(acted.group.id), 'good') : problemMessage(acted.problem, asking.texts))

async function list(typed: ScopeText, acting: Acting): Promise<Answer> {
  const { asking, desk } = acting
  const scope = scopeOf({ clusters: typed.clusters }, { ...asking, around: {} }, desk)
  if (!scope.ok) return alone(problemMessage(scope.problem, asking.texts))
  const clusters = new Set<string>(scope.clusters)
  const open = (await desk.alerts.ledger.open(mostLooked)).map(({ value }) => value)
  const meant = open.filter((group) => {
    const cluster = clusterOf(group, clustersOf(acting))
    if (typed.clusters.length > 0 && (cluster === undefined || !clusters.has(cluster))) return false
    if (typed.namespace !== undefined && namespaceOf(group) !== typed.namespace) return false
    return typed.name === undefined || group.workload?.name === typed.name
  })
  const seen: AlertGroup[] = []
  const known = new Map<string, boolean>()
  for (const group of meant) {
    const where = JSON.stringify(reachOfGroup(group, clustersOf(acting)))
    const may = known.get(where) ?? (await refusalToList(group, acting)) === undefined
    known.set(where, may)
    if (may) seen.push(group)
  }
  if (open.length === 0 && desk.alerts.door === 'shut') return channel(noAlertsCard(asking.placeTexts))
  return channel(alertsListCard(seen.sort(worstFirst), asking.placeTexts))
}

const namespaceOf = (group: AlertGroup): string | undefined =>
  group.workload?.namespace ?? common(labelsOf(group), 'namespace')

const worstFirst = (one: AlertGroup, other: AlertGroup): number =>
  severities.indexOf(one.severity) - severities.indexOf(other.severity) || one.openedAt - other.openedAt
