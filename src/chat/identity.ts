import { z } from 'zod'

/** A workspace. Identity is always (team, user): user ids alone are not unique across companies. */
export const TeamId = z
  .string()
  .regex(/^[TE][A-Z0-9]{1,30}$/)
  .brand<'TeamId'>()
export type TeamId = z.infer<typeof TeamId>

export const UserId = z
  .string()
  .regex(/^[UW][A-Z0-9]{1,30}$/)
  .brand<'UserId'>()
export type UserId = z.infer<typeof UserId>

/** A user group ("subteam"): its members change without us, so membership is always read with its age. */
export const GroupId = z
  .string()
  .regex(/^S[A-Z0-9]{1,30}$/)
  .brand<'GroupId'>()
export type GroupId = z.infer<typeof GroupId>

/** A channel, private channel (older ones start with G) or direct conversation (D). */
export const ChannelId = z
  .string()
  .regex(/^[CGD][A-Z0-9]{1,30}$/)
  .brand<'ChannelId'>()
export type ChannelId = z.infer<typeof ChannelId>

/** A message's id within its channel: `seconds.micros` as text. Never a number: digits would be lost. */
export const MessageTs = z
  .string()
  .regex(/^\d{1,12}\.\d{1,9}$/)
  .brand<'MessageTs'>()
export type MessageTs = z.infer<typeof MessageTs>

/** Who spoke or clicked. Names are never identity: anybody may change theirs. */
export interface Person {
  readonly team: TeamId
  readonly user: UserId
}

export const isSamePerson = (one: Person, other: Person): boolean => one.team === other.team && one.user === other.user

/** What the chat says of a person when asked; guests, bots, strangers and deactivated people are refused by default. */
export interface Profile {
  readonly person: Person
  readonly standing: 'member' | 'guest' | 'bot' | 'stranger' | 'deactivated'
  /** IETF tag such as `zh-CN`; absent when the chat does not tell. */
  readonly locale?: string
  /** IANA zone such as `Asia/Shanghai`. */
  readonly zone?: string
  /** For the page and for logs only, never for a decision. */
  readonly displayName?: string
}

/** Members of one group and when the chat last confirmed them (epoch ms). */
export interface GroupMembers {
  readonly group: GroupId
  readonly members: readonly UserId[]
  readonly asOf: number
}

/** What the bot asks the chat about people. Both may throw `ChatError`; callers fail closed. */
export interface People {
  /** As the chat knew them at most so long ago; five minutes unless told. */
  profile(person: Person, maxAgeMs?: number): Promise<Profile>
  /** Membership no older than `maxAgeMs`, or an error. */
  members(group: GroupId, maxAgeMs: number): Promise<GroupMembers>
}
