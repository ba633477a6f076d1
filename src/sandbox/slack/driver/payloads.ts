import type { JsonObject } from '../../../json.ts'
import type { Human } from '../world/state.ts'
import type { World } from '../world/world.ts'

/** The members that every interactive payload has. */
export function commonPayload(person: Human, world: World): JsonObject {
  const home = person.team === world.state.team.id
  const team = home ? world.state.team : world.state.foreignTeams.find(({ id }) => id === person.team)
  return {
    api_app_id: world.state.app.id,
    token: 'sandbox',
    user: { id: person.id, username: person.name, name: person.name, team_id: person.team },
    team: { id: team?.id ?? person.team, domain: team?.domain ?? 'elsewhere' },
    enterprise: null,
    is_enterprise_install: false,
  }
}
