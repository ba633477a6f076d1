import type { AlertGroup } from '../alerts/group.ts'
import type { Person } from '../chat/identity.ts'
import type { Rich } from '../chat/message.ts'
import type { Change } from '../store/store.ts'
import { threadPost } from './alert-posts.ts'
import { nameOf } from './alert-words.ts'
import type { TextsChoice } from './texts/choose.ts'
import type { Texts } from './texts/en.ts'

interface Act {
  readonly by: Person
  readonly at: number
}

/** What people do about a group, as words in its thread. */
export interface AlertNotes {
  acknowledged(group: AlertGroup, act: Act): readonly Change[]
  unacknowledged(group: AlertGroup, act: Act): readonly Change[]
  silenced(
    group: AlertGroup,
    act: Act & { readonly matchers: readonly string[]; readonly until: number; readonly reason: string },
  ): readonly Change[]
  unsilenced(group: AlertGroup, act: Act): readonly Change[]
}

export function alertNotes(texts: Pick<TextsChoice, 'at'>): AlertNotes {
  const note = (
    group: AlertGroup,
    { by, at }: Act,
    told: { readonly name: string; readonly text: (words: Texts['alerts']['thread']) => Rich },
  ) => {
    const own = texts.at(group)
    return threadPost(group, {
      // Two people may do the same at the same moment.
      name: `${told.name}/${by.user}/${at}`,
      at,
      message: {
        summary: nameOf(group, own),
        tone: 'neutral',
        parts: [{ kind: 'text', text: [{ person: by.user }, ...told.text(own.alerts.thread)] }],
      },
    })
  }
  return {
    acknowledged: (group, act) => note(group, act, { name: 'ack', text: (words) => [words.acknowledged] }),
    unacknowledged: (group, act) => note(group, act, { name: 'unack', text: (words) => [words.unacknowledged] }),
    silenced: (group, { matchers, until, reason, ...act }) =>
      note(group, act, {
        name: 'silence',
        text: (words) => [words.silenced(matchers.join(', ')), { moment: until }, words.because(reason)],
      }),
    unsilenced: (group, act) => note(group, act, { name: 'unsilence', text: (words) => [words.unsilenced] }),
  }
}
