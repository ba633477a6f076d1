import { labelOf } from '../alerts/alert.ts'
import type { AlertGroup, Member } from '../alerts/group.ts'
import { isFiring } from '../alerts/reduce.ts'
import type { Part } from '../chat/message.ts'
import { shortened } from '../shortened.ts'
import { countsOf } from './alert-words.ts'
import type { Texts } from './texts/en.ts'

const mostRows = 12
const mostColumns = 4
const widestCell = 36
const mostLabels = 8

/** Most telling first. */
const first = [
  'cluster',
  'namespace',
  'pod',
  'container',
  'node',
  'instance',
  'node_name',
  'service_name',
  'reason',
  'severity',
]
/** Say nothing to people, or are said elsewhere on the card. */
const mute = new Set([
  'alertname',
  'rule_id',
  'uid',
  'endpoint',
  'prometheus',
  'prometheus_replica',
  'service',
  'job',
  'rule_level',
  'rule_group',
  'rule_type',
  'alerttype',
])

/** What makes the alerts of a group differ, a row each, those that fire first; of a single one, its own labels. */
export function alertTable(group: AlertGroup, { alerts: words, shared }: Texts): Part[] {
  const { firing, resolved } = countsOf(group)
  const detailed = group.members.filter(({ details }) => details !== undefined)
  if (firing + resolved <= 1) {
    const labels = Object.entries(detailed[0]?.details?.labels ?? {}).filter(
      ([name]) => !mute.has(name) && !['severity', 'cluster', 'namespace'].includes(name),
    )
    if (labels.length === 0) return []
    const text = labels.slice(0, mostLabels).map(([name, value]) => `${name}=${shortened(value, 80)}`)
    return [{ kind: 'note', text: [text.join(shared.comma)] }]
  }
  const columns = differing(detailed).slice(0, mostColumns)
  const rows = detailed
    .slice(0, mostRows)
    .map((member) => [
      words.state[isFiring(member) ? 'firing' : 'resolved'],
      ...columns.map((name) => shortened(valueOf(member, name), widestCell)),
    ])
  const left = firing + resolved - rows.length
  return [
    { kind: 'table', columns: [words.columns.state, ...columns], rows },
    ...(left > 0 ? [{ kind: 'note' as const, text: [words.more(left)] }] : []),
  ]
}

function differing(members: readonly Member[]): readonly string[] {
  const names = new Set(members.flatMap(({ details }) => Object.keys(details?.labels ?? {})))
  const differ = [...names].filter(
    (name) => !mute.has(name) && new Set(members.map((member) => valueOf(member, name))).size > 1,
  )
  const rank = (name: string): number => (first.includes(name) ? first.indexOf(name) : first.length)
  return differ.sort((a, b) => rank(a) - rank(b) || (a < b ? -1 : 1))
}

const valueOf = ({ details }: Member, name: string): string => (details && labelOf(details.labels, name)) ?? ''
