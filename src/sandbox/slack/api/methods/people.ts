import type { Method } from '../method.ts'
import { Refusal } from '../refusal.ts'
import { userJson } from '../shapes.ts'

export const usersInfo: Method = {
  name: 'users.info',
  tier: 4,
  token: 'bot',
  scopes: ['users:read'],
  accepts: ['user', 'include_locale'],
  requires: ['user'],
  run: (args, { world }) => {
    const person = world.person(args.required('user'))
    if (person === undefined) throw new Refusal('user_not_found')
    return { user: userJson(person, world, args.flag('include_locale') === true ? 'with locale' : 'bare') }
  },
}

export const usergroupsList: Method = {
  name: 'usergroups.list',
  tier: 2,
  token: 'bot',
  scopes: ['usergroups:read'],
  accepts: ['include_count', 'include_disabled', 'include_users'],
  requires: [],
  run: (args, { world }) => {
    if (world.state.team.plan === 'free') throw new Refusal('plan_upgrade_required')
    return {
      usergroups: world.state.groups.map(({ id, handle, name, members }) => ({
        id,
        team_id: world.state.team.id,
        is_usergroup: true,
        name,
        handle,
        description: '',
        date_delete: 0,
        user_count: members.length,
        ...(args.flag('include_users') === true && { users: members }),
      })),
    }
  },
}

export const usergroupsUsersList: Method = {
  name: 'usergroups.users.list',
  tier: 2,
  token: 'bot',
  scopes: ['usergroups:read'],
  accepts: ['usergroup', 'include_disabled'],
  requires: ['usergroup'],
  run: (args, { world }) => {
    if (world.state.team.plan === 'free') throw new Refusal('plan_upgrade_required')
    const group = world.group(args.required('usergroup'))
    if (group === undefined) throw new Refusal('no_such_subteam')
    return { users: group.members }
  },
}
