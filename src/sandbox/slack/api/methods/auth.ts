import type { Method } from '../method.ts'

export const authTest: Method = {
  name: 'auth.test',
  tier: 'special',
  token: 'bot',
  scopes: [],
  accepts: [],
  requires: [],
  run: (_args, { world }) => {
    const { app, team } = world.state
    return {
      url: `https://${team.domain}.slack.com/`,
      team: team.name,
      user: world.person(app.user)?.name ?? '',
      team_id: team.id,
      user_id: app.user,
      bot_id: app.botId,
      is_enterprise_install: false,
    }
  },
}

export const appsConnectionsOpen: Method = {
  name: 'apps.connections.open',
  tier: 3,
  token: 'app',
  scopes: ['connections:write'],
  accepts: [],
  requires: [],
  run: (_args, { origin, sockets }) => ({ url: `${origin().replace('http:', 'ws:')}${sockets.ticket()}` }),
}
