import type { Profile } from '../chat/identity.ts'
import type { Message } from '../chat/message.ts'
import type { Texts } from './texts/en.ts'

/** Who somebody is to this bot: identity, roles, and as whom each cluster hears them. */
export interface Identity {
  readonly profile: Profile
  readonly roles: readonly string[]
  /** Groups whose members could not be had just now. */
  readonly unchecked: readonly string[]
  /** Cluster → `ann@corp.example (readback:developer)`; clusters that hear the bot itself are absent. */
  readonly heardAs: readonly { readonly cluster: string; readonly user: string; readonly groups: readonly string[] }[]
}

export function whoamiCard({ profile, roles, unchecked, heardAs }: Identity, { self }: Texts): Message {
  const { team, user } = profile.person
  return {
    summary: self.whoami.summary(roles),
    tone: 'neutral',
    parts: [
      {
        kind: 'text',
        text: [self.whoami.you, ' ', { person: user }, ` (${team}/${user}, ${self.whoami.standing[profile.standing]})`],
      },
      { kind: 'text', text: [roles.length === 0 ? self.whoami.noRoles : self.whoami.roles(roles)] },
      ...(unchecked.length === 0 ? [] : [{ kind: 'text' as const, text: [self.whoami.unchecked(unchecked)] }]),
      ...(heardAs.length === 0
        ? []
        : [
            { kind: 'text' as const, text: [self.whoami.heardAs] },
            {
              kind: 'list' as const,
              items: heardAs.map((one) => [
                { bold: one.cluster },
                ' ',
                { code: one.user },
                ` ${one.groups.join(', ')}`,
              ]),
            },
          ]),
    ],
  }
}
