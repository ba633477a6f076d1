import { ChatError } from '../chat/chat.ts'
import type { GroupId, People, Person, Profile, TeamId } from '../chat/identity.ts'
import type { Actor } from '../policy/decision.ts'
import type { ReceptionProblem } from './problems.ts'

/** Somebody who may be heard, with what the policy needs to know of them. */
export interface Speaker {
  readonly person: Person
  readonly profile: Profile
  readonly actor: Actor
}

export type Heard =
  | { readonly ok: true; readonly speaker: Speaker }
  /** `profile`: as far as the chat knows them. */
  | { readonly ok: false; readonly problem: ReceptionProblem; readonly profile?: Profile }

/** What is asked of the policy about people: which groups matter, and who is named in it by id. */
export interface Bindings {
  groups(): readonly GroupId[]
  bindsUser(user: Person['user']): boolean
}

export interface SpeakerParts {
  readonly team: TeamId
  readonly people: People
  readonly bindings: Bindings
}

/**
 * Groups of one person among those that the policy names, each no older than `maxAgeMs`. A group that cannot be had is `unchecked`:
 * roles held only through it do not count then.
 */
export async function actorOf(
  person: Person,
  maxAgeMs: number,
  { team, people, bindings }: SpeakerParts,
): Promise<Actor> {
  if (person.team !== team) return { user: person.user, groups: [] }
  const unchecked: GroupId[] = []
  const asked = bindings.groups().map(async (group): Promise<GroupId[]> => {
    try {
      const { members } = await people.members(group, maxAgeMs)
      return members.includes(person.user) ? [group] : []
    } catch (error) {
      if (!(error instanceof ChatError)) throw error
      unchecked.push(group)
      return []
    }
  })
  const groups = (await Promise.all(asked)).flat()
  return { user: person.user, groups, ...(unchecked.length === 0 ? {} : { unchecked }) }
}

/** Ids are unique within a workspace only: somebody from elsewhere who carries the id of one of ours is not the one that the policy names. */
async function isSomebodyHere(person: Person, { team, people }: SpeakerParts): Promise<boolean> {
  if (person.team === team) return false
  try {
    const { standing } = await people.profile({ team, user: person.user })
    return standing !== 'stranger'
  } catch (error) {
    if (error instanceof ChatError) return error.problem.code !== 'chat_refused'
    throw error
  }
}

/** Who is speaking, and whether they are heard at all. Whoever the chat cannot vouch for is not. */
export async function hear(person: Person, parts: SpeakerParts): Promise<Heard> {
  const { profile, problem } = await vouch(person, parts)
  if (problem || !profile) {
    return { ok: false, problem: problem ?? { code: 'person_unknown' }, ...(profile ? { profile } : {}) }
  }
  return { ok: true, speaker: { person, profile, actor: await actorOf(person, 60_000, parts) } }
}

/** Why somebody who spoke before would not be heard any more; undefined: they would. */
export async function unheard(
  person: Person,
  maxAgeMs: number,
  parts: SpeakerParts,
): Promise<ReceptionProblem | undefined> {
  return (await vouch(person, parts, maxAgeMs)).problem
}

interface Vouched {
  readonly profile?: Profile
  readonly problem?: ReceptionProblem
}

async function vouch(person: Person, parts: SpeakerParts, maxAgeMs?: number): Promise<Vouched> {
  const profile = await profileOf(person, parts.people, maxAgeMs)
  if (!profile) return { problem: { code: 'person_unknown' } }
  const { standing } = profile
  if (standing === 'member') return { profile }
  const named = standing !== 'deactivated' && parts.bindings.bindsUser(person.user)
  if (named && !(await isSomebodyHere(person, parts))) return { profile }
  return { profile, problem: { code: 'person_refused', standing } }
}

/** A chat that does not answer now makes nobody a stranger whom it knew a moment ago. */
async function profileOf(person: Person, people: People, maxAgeMs: number | undefined): Promise<Profile | undefined> {
  for (const age of maxAgeMs === undefined ? [undefined] : [maxAgeMs, undefined]) {
    try {
      return await (age === undefined ? people.profile(person) : people.profile(person, age))
    } catch (error) {
      if (!(error instanceof ChatError)) throw error
    }
  }
  return undefined
}
