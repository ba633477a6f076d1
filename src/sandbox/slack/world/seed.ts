import type { Channel, Command, Group, Human, Team, WorldState } from './state.ts'

type Sketch<Whole, Needed extends keyof Whole> = Pick<Whole, Needed> & Partial<Whole>

/** What a workspace starts with; whatever is left out takes the value most workspaces have. */
export interface WorldSeed {
  readonly team?: Partial<Team>
  readonly foreignTeams?: readonly Team[]
  readonly app?: Partial<WorldState['app']>
  readonly commands?: readonly Sketch<Command, 'command'>[]
  readonly people?: readonly Sketch<Human, 'id' | 'name'>[]
  readonly groups?: readonly Sketch<Group, 'id' | 'handle'>[]
  readonly channels?: readonly Sketch<Channel, 'id' | 'name'>[]
}

/** The scopes and events of the app's manifest (slack.md 5.1). */
const scopes = [
  'commands',
  'chat:write',
  'app_mentions:read',
  'channels:read',
  'groups:read',
  'im:read',
  'mpim:read',
  'channels:history',
  'groups:history',
  'im:history',
  'mpim:history',
  'im:write',
  'users:read',
  'usergroups:read',
  'files:read',
  'files:write',
  'reactions:write',
  'pins:write',
]
const events = ['app_mention', 'message.im', 'subteam_members_changed']

/** Fills a seed in. The app's own bot user and Slackbot are always among the people. */
export function worldFrom(seed: WorldSeed): WorldState {
  const team = { id: 'T0HOME', name: 'Home', domain: 'home', plan: 'paid' as const, ...seed.team }
  const app = {
    id: 'A0READBACK',
    user: 'U0READBACK',
    botId: 'B0READBACK',
    botToken: 'xoxb-sandbox',
    appToken: 'xapp-sandbox',
    scopes,
    appScopes: ['connections:write'],
    events,
    tokens: 'valid' as const,
    ...seed.app,
  }
  const human = (sketch: Sketch<Human, 'id' | 'name'>): Human => ({
    team: team.id,
    realName: sketch.name,
    kind: 'member',
    deactivated: false,
    locale: 'en-US',
    zone: 'Etc/UTC',
    ...sketch,
  })
  const own: Sketch<Human, 'id' | 'name'>[] = [
    { id: app.user, name: 'readback', kind: 'bot' },
    { id: 'USLACKBOT', name: 'slackbot', kind: 'bot' },
  ]
  const given = seed.people ?? []
  return {
    version: 1,
    sequence: 1,
    team,
    foreignTeams: [...(seed.foreignTeams ?? [])],
    app,
    commands: (seed.commands ?? []).map((command) => ({
      description: '',
      usageHint: '',
      shouldEscape: true,
      ...command,
    })),
    people: [...given, ...own.filter(({ id }) => !given.some((person) => person.id === id))].map(human),
    groups: (seed.groups ?? []).map((group) => ({ name: group.handle, members: [], ...group })),
    channels: (seed.channels ?? []).map((channel) => ({
      kind: 'public',
      members: [],
      archived: false,
      sharedWith: [],
      ...channel,
    })),
    messages: {},
    ephemerals: {},
    files: [],
    views: [],
    hooks: [],
  }
}
