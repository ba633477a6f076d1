import { createHash } from 'node:crypto'
import { z } from 'zod'
import { ChannelId, GroupId, TeamId, UserId } from '../chat/identity.ts'
import type { Collection } from '../store/store.ts'
import { alertSources, Labels } from './alert.ts'
import { severities } from './severity.ts'

/** Short and speakable like an operation's, with a leading `A`: `A-7F3K2`. Never reused. */
export const AlertGroupId = z
  .string()
  .regex(/^A-[2-9A-HJ-NP-Z]{5,8}$/)
  .brand<'AlertGroupId'>()
export type AlertGroupId = z.infer<typeof AlertGroupId>

/** What an alert says besides that it fires: kept of a bounded number of members. */
export const MemberDetails = z.object({
  labels: Labels,
  annotations: Labels,
  generatorUrl: z.string().exactOptional(),
})
export type MemberDetails = Readonly<z.infer<typeof MemberDetails>>

/** One alert of a group: what is known of the firing that began last. */
export const Member = z.object({
  fingerprint: z.string(),
  severity: z.enum(severities),
  /** When each of its firings in this incident began, by the source's clock, newest first; at most `mostStarts`. */
  starts: z.array(z.number()).min(1),
  /** When we first heard of this firing (epoch ms, store's clock). */
  heardAt: z.number(),
  /** Since when it is over, by the source's clock (or ours, where the source does not say). */
  endsAt: z.number().exactOptional(),
  /** When we heard that it is over (store's clock). */
  overAt: z.number().exactOptional(),
  /** Over at this moment (store's clock) unless it is heard of again. */
  expiresAt: z.number().exactOptional(),
  details: MemberDetails.exactOptional(),
})
export type Member = Readonly<z.infer<typeof Member>>

const PersonShape = z.object({ team: TeamId, user: UserId })

/** Somebody has taken it on; they are asked again at `remindAt` if it still fires. */
export const Acknowledgement = z.object({ by: PersonShape, at: z.number(), remindAt: z.number() })
export type Acknowledgement = Readonly<z.infer<typeof Acknowledgement>>

/** A silence at the Alertmanager that was made from this group's card. */
export const Silence = z.object({
  id: z.string(),
  by: PersonShape,
  at: z.number(),
  until: z.number(),
  reason: z.string(),
})
export type Silence = Readonly<z.infer<typeof Silence>>

/** Mentions somebody in the thread at `at` (store's clock) unless it is acknowledged or over by then. */
export const Escalation = z.object({ at: z.number(), mention: z.union([GroupId, UserId]), done: z.boolean() })
export type Escalation = Readonly<z.infer<typeof Escalation>>

/** The one workload behind the labels. Set when the labels name it, or once it was looked up. */
export const AlertWorkload = z.object({
  cluster: z.string(),
  namespace: z.string(),
  kind: z.enum(['Deployment', 'StatefulSet', 'DaemonSet']),
  name: z.string(),
})
export type AlertWorkload = Readonly<z.infer<typeof AlertWorkload>>

/** One incident of one group of alerts: the record behind one card and its thread. Times are epoch ms by the store's clock unless said otherwise. */
export const AlertGroup = z.object({
  id: AlertGroupId,
  source: z.enum(alertSources),
  /** Of the group over all its incidents: `keyOf`. */
  key: z.string(),
  groupLabels: Labels,
  state: z.enum(['firing', 'resolved']),
  severity: z.enum(severities),
  /** Where the card stands. Another one than the route's where that could not be used: `insteadOf`. */
  channel: ChannelId,
  insteadOf: z.object({ channel: ChannelId, reason: z.string() }).exactOptional(),
  openedAt: z.number(),
  /** When what the card shows last changed. */
  changedAt: z.number(),
  /** When the source last said anything of it. */
  heardAt: z.number(),
  resolvedAt: z.number().exactOptional(),
  /** Resolved because the source fell silent about it, not because it said so. */
  unheard: z.literal(true).exactOptional(),
  /** How often all of it was over and began again in this incident. */
  reopened: z.number(),
  /** At most `mostMembers`. */
  members: z.array(Member),
  /** Firing alerts that the last notice had besides the members that are kept. */
  beyond: z.number(),
  /** Members that were over and were dropped to make room. */
  dropped: z.number(),
  externalUrl: z.string().exactOptional(),
  workload: AlertWorkload.exactOptional(),
  acknowledged: Acknowledgement.exactOptional(),
  silence: Silence.exactOptional(),
  escalations: z.array(Escalation),
})
export type AlertGroup = Readonly<z.infer<typeof AlertGroup>>

export const openKey = 'open'
/** Finds the open groups of a channel. */
export const channelKey = (channel: ChannelId): string => `open:${channel}`

const dayMs = 86_400_000
/** Resolved ones are kept for so long. */
export const keptMs = 30 * dayMs

/** A group that the source does not speak of for so long is over: it lost the word that it is (KubeSphere does not repeat it). */
export const unheardMs = 3 * dayMs

/** While it fires: when somebody is to be reminded or called, or when it is over for want of news. Afterwards: when it may be forgotten. */
export function dueOf(group: AlertGroup): number {
  if (group.resolvedAt !== undefined) return group.resolvedAt + keptMs
  const { acknowledged, silence, escalations, members, heardAt } = group
  const called = escalations.filter(({ done }) => !done).map(({ at }) => at)
  const asked = acknowledged === undefined ? called : [acknowledged.remindAt]
  const quietUntil = silence?.until ?? 0
  const ends = members.flatMap(({ expiresAt, overAt }) =>
    expiresAt === undefined || overAt !== undefined ? [] : [expiresAt],
  )
  const quiet = silence === undefined ? [] : [silence.until]
  return Math.min(...asked.map((at) => Math.max(at, quietUntil)), ...quiet, ...ends, heardAt + unheardMs)
}

/** Due as `dueOf` says. */
export const alertGroups: Collection<AlertGroup> = {
  name: 'alert-groups',
  parse: (raw) => AlertGroup.parse(raw),
  keys: ({ state, channel }) => (state === 'firing' ? [openKey, channelKey(channel)] : []),
  due: dueOf,
}

const CurrentIncident = z.object({ id: AlertGroupId })
type CurrentIncident = z.infer<typeof CurrentIncident>

/** The newest incident of a group, by the group's key. */
export const currentIncidents: Collection<CurrentIncident> = {
  name: 'alert-incidents',
  parse: (raw) => CurrentIncident.parse(raw),
}

/** Of a group over all its incidents: source and group key, in bounded length. */
export const keyOf = (source: AlertGroup['source'], groupKey: string): string =>
  createHash('sha256').update(`${source}\n${groupKey}`).digest('hex').slice(0, 32)

/** The group's card; its thread hangs under it. */
export const cardOfAlert = (id: AlertGroupId): string => `alert/${id}`

/** The group whose card (or post in whose thread) that is. */
export function groupOfCard(card: string): AlertGroupId | undefined {
  if (!card.startsWith('alert/')) return undefined
  const parsed = AlertGroupId.safeParse(card.split('/')[1])
  return parsed.success ? parsed.data : undefined
}

/** What somebody typed: in lower case too, with or without the dash or a leading `#`. */
export function readAlertGroupId(typed: string): AlertGroupId | undefined {
  const bare = typed.trim().replace(/^#/, '').toUpperCase()
  const parsed = AlertGroupId.safeParse(bare.startsWith('A-') ? bare : bare.replace(/^A/, 'A-'))
  return parsed.success ? parsed.data : undefined
}
