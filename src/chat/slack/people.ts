import type { Clock } from '../../time/clock.ts'
import type { GroupId, People, Person, Profile } from '../identity.ts'
import type { Workspace } from './workspace.ts'
import type { WebClient } from '@slack/web-api'
import { z } from 'zod'
import { UserId } from '../identity.ts'
import { toChatError } from './chat-errors.ts'
import { createMemory } from './memory.ts'
import { isOurs } from './workspace.ts'

const User = z.object({
  team_id: z.string().nullish(),
  deleted: z.boolean().nullish(),
  is_bot: z.boolean().nullish(),
  is_workflow_bot: z.boolean().nullish(),
  is_restricted: z.boolean().nullish(),
  is_ultra_restricted: z.boolean().nullish(),
  is_stranger: z.boolean().nullish(),
  locale: z.string().nullish(),
  tz: z.string().nullish(),
  name: z.string().nullish(),
  profile: z.object({ display_name: z.string().nullish(), real_name: z.string().nullish() }).nullish(),
  enterprise_user: z.object({ enterprise_id: z.string().nullish() }).nullish(),
})
type User = z.infer<typeof User>

const profileAgeMs = 300_000
/** Slack's own helper, which is no bot by its flags. */
const slackbot = 'USLACKBOT'

export interface SlackPeople extends People {
  /** Slack says that the members changed. */
  forgetGroup(group: string): void
}

/** Who somebody is and who is in a group. Errors are thrown, never answered with what was known before. */
export function createPeople(parts: {
  readonly client: WebClient
  readonly clock: Clock
  readonly workspace: () => Workspace
}): SlackPeople {
  const { client, clock, workspace } = parts
  const profiles = createMemory<Profile>({ clock, most: 5000 })
  const groups = createMemory<readonly UserId[]>({ clock, most: 500 })

  async function readMembers(group: GroupId): Promise<readonly UserId[]> {
    const answer = await client.usergroups.users.list({ usergroup: group }).catch((error: unknown) => {
      throw toChatError(error, { method: 'usergroups.users.list' })
    })
    return z.array(UserId).parse(answer.users)
  }

  return {
    profile: async (person, maxAgeMs = profileAgeMs) => {
      const { value } = await profiles.recall(keyOf(person), maxAgeMs, () => readProfile(client, person, workspace()))
      return value
    },
    members: async (group, maxAgeMs) => {
      const { value, asOf } = await groups.recall(group, maxAgeMs, () => readMembers(group))
      return { group, members: value, asOf }
    },
    forgetGroup: (group) => groups.forget(group),
  }
}

const keyOf = ({ team, user }: Person): string => `${team}/${user}`

async function readProfile(client: WebClient, person: Person, workspace: Workspace): Promise<Profile> {
  if (!isOurs(person.team, workspace) && workspace.enterprise === undefined) return { person, standing: 'stranger' }
  const answer = await client.users.info({ user: person.user, include_locale: true }).catch((error: unknown) => {
    throw toChatError(error, { method: 'users.info' })
  })
  const user = User.parse(answer.user)
  const displayName = user.profile?.display_name || user.profile?.real_name || user.name
  return {
    person,
    standing: standingOf(user, person, workspace),
    ...(user.locale ? { locale: user.locale } : {}),
    ...(user.tz ? { zone: user.tz } : {}),
    ...(displayName ? { displayName } : {}),
  }
}

function standingOf(user: User, person: Person, workspace: Workspace): Profile['standing'] {
  const sameOrganisation =
    workspace.enterprise !== undefined && user.enterprise_user?.enterprise_id === workspace.enterprise
  const home = user.team_id ?? person.team
  if (user.deleted === true) return 'deactivated'
  if (user.is_stranger === true || !(sameOrganisation || (isOurs(home, workspace) && isOurs(person.team, workspace))))
    return 'stranger'
  if (user.is_bot === true || user.is_workflow_bot === true || person.user === slackbot) return 'bot'
  if (user.is_restricted === true || user.is_ultra_restricted === true) return 'guest'
  return 'member'
}
