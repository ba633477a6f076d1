import { allOf } from './words.ts'

/** What the bot says about itself and about who asks. */
export const self = {
  whoami: {
    summary: (roles: readonly string[]) => (roles.length === 0 ? 'You hold no role here' : `You are ${allOf(roles)}`),
    you: 'You are',
    standing: {
      member: 'member',
      guest: 'guest',
      bot: 'bot',
      stranger: 'of another company',
      deactivated: 'deactivated',
    },
    noRoles: 'You hold no role in the policy file, so I may do nothing for you.',
    roles: (roles: readonly string[]) => `Roles: ${allOf(roles)}.`,
    unchecked: (groups: readonly string[]) =>
      `I could not check whether you are in ${allOf(groups)}: the chat does not tell me just now. What they give does not count until it does.`,
    heardAs: 'Clusters hear you as:',
  },
  can: {
    yes: (what: string) => `Yes, you may ${what}.`,
    no: (what: string) => `No, you may not ${what}.`,
    withApproval: (what: string, seats: readonly string[]) => `You may ask to ${what}; it needs ${allOf(seats)}.`,
    assuming: (limits: readonly string[]) => `as far as asked; still to be met: ${limits.join(', ')}`,
  },
  help: {
    summary: 'What I can do',
    title: 'What I can do',
    intro: (slash: string) =>
      `Type ${slash} and a line below, mention me with it, or press a button. Every order is read back as an exact plan before it happens.`,
    more: (slash: string) => `${slash} help deploy explains one. A target reads [cluster:][namespace/][kind/]name.`,
    arguments: 'What it takes',
    examples: 'Examples',
    aliases: (names: readonly string[]) => `also: ${names.join(', ')}`,
  },
  doctor: {
    summary: (bad: number) =>
      bad === 0
        ? 'Everything that I looked at works'
        : `${bad} of the things I looked at ${bad === 1 ? 'does' : 'do'} not work`,
    what: {
      chat: 'chat',
      store: 'store',
      audit: 'audit trail',
      policy: 'policy',
      cluster: 'cluster',
      config: 'configuration',
    },
    found: {
      no_socket: 'no open socket',
      takes_writes: 'takes writes',
      takes_records: 'takes records',
      last_frame: (secondsAgo: number) => `last frame ${secondsAgo} s ago`,
      missing_scopes: (scopes: readonly string[]) => `missing scopes: ${scopes.join(', ')}`,
      unrecorded: (failure: string) => `nothing is changed: ${failure}`,
      older_policy: (problem: string, more: number) =>
        `the last good one stays in force: ${problem}${more > 0 ? ` (+${more})` : ''}`,
    },
  },
}
