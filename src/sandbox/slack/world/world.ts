import type { Change } from './change.ts'
import type { Channel, Group, Human } from './state.ts'
import { WorldState } from './state.ts'

/** The workspace: its state, lookups by id, and the things an administrator does to it. */
export interface World {
  /** Replaced as a whole by `import`, so never keep it. */
  readonly state: WorldState
  readonly person: (id: string) => Human | undefined
  readonly channel: (id: string) => Channel | undefined
  readonly group: (id: string) => Group | undefined
  /** The direct conversation of these two, made when absent. */
  readonly direct: (user: string, other: string) => Channel
  readonly nextId: (prefix: string) => string
  /** Somebody of another company, or nobody known. */
  readonly stranger: (id: string) => boolean
  readonly tell: (change: Change) => void
  readonly export: () => WorldState
  /** Throws a zod error when it is not a state of this version. */
  readonly import: (state: unknown) => void
  administer: Administration
}

/** Each of these tells the change and takes effect at once. */
export interface Administration {
  readonly archive: (channel: string) => void
  readonly unarchive: (channel: string) => void
  readonly invite: (channel: string, user: string) => void
  readonly kick: (channel: string, user: string) => void
  readonly deactivate: (user: string) => void
  /** Another language in the preferences of that person's client. */
  readonly speak: (user: string, locale: string) => void
  readonly setScopes: (scopes: readonly string[]) => void
  readonly setTokens: (tokens: WorldState['app']['tokens']) => void
}

export function createWorld(initial: WorldState, tell: (change: Change) => void): World {
  let state = WorldState.parse(structuredClone(initial))
  const channel = (id: string) => state.channels.find((one) => one.id === id)
  const person = (id: string) => state.people.find((one) => one.id === id)
  const nextId = (prefix: string) => `${prefix}${(state.sequence++).toString(36).toUpperCase().padStart(6, '0')}`
  const changeChannel = (id: string, change: (channel: Channel) => void) => {
    const found = channel(id)
    if (found === undefined) throw new Error(`no channel ${id} in this world`)
    change(found)
    tell({ kind: 'channel', channel: id })
  }
  const changePerson = (user: string, change: (person: Human) => void) => {
    const found = person(user)
    if (found === undefined) throw new Error(`no person ${user} in this world`)
    change(found)
    tell({ kind: 'person', user })
  }
  const administer: Administration = {
    archive: (id) => changeChannel(id, (found) => (found.archived = true)),
    unarchive: (id) => changeChannel(id, (found) => (found.archived = false)),
    invite: (id, user) =>
      changeChannel(id, (found) => {
        if (!found.members.includes(user)) found.members.push(user)
      }),
    kick: (id, user) =>
      changeChannel(id, (found) => (found.members = found.members.filter((member) => member !== user))),
    deactivate: (user) => changePerson(user, (found) => (found.deactivated = true)),
    speak: (user, locale) => changePerson(user, (found) => (found.locale = locale)),
    setScopes: (scopes) => {
      state.app.scopes = [...scopes]
      tell({ kind: 'app' })
    },
    setTokens: (tokens) => {
      state.app.tokens = tokens
      tell({ kind: 'app' })
    },
  }
  return {
    get state() {
      return state
    },
    person,
    channel,
    group: (id) => state.groups.find((one) => one.id === id),
    direct: (user, other) => {
      const found = state.channels.find(
        ({ kind, members }) => kind === 'im' && members.includes(user) && members.includes(other),
      )
      if (found !== undefined) return found
      const made: Channel = {
        id: nextId('D'),
        name: 'directmessage',
        kind: 'im',
        members: [user, other],
        archived: false,
        sharedWith: [],
      }
      state.channels.push(made)
      tell({ kind: 'channel', channel: made.id })
      return made
    },
    nextId,
    stranger: (id) => person(id)?.team !== state.team.id,
    tell,
    export: () => structuredClone(state),
    import: (next) => {
      const { sequence } = state
      state = WorldState.parse(structuredClone(next))
      // Ids given out since that export stay taken.
      state.sequence = Math.max(state.sequence, sequence)
      tell({ kind: 'imported' })
    },
    administer,
  }
}
