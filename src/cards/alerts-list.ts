import type { AlertGroup } from '../alerts/group.ts'
import type { Message, Rich } from '../chat/message.ts'
import { countsOf, nameOf, placeOf, sinceOf } from './alert-words.ts'
import type { Texts } from './texts/en.ts'

const shown = 20

/** Where none can come in, that none fires would say nothing. */
export function noAlertsCard({ alerts: { list } }: Texts): Message {
  return {
    summary: list.shut,
    tone: 'neutral',
    parts: [
      { kind: 'title', text: list.shut },
      { kind: 'text', text: [list.open] },
    ],
  }
}

/** What fires, as it is handed in. */
export function alertsListCard(groups: readonly AlertGroup[], texts: Texts): Message {
  const { alerts: words, shared } = texts
  const title = words.list.title(groups.length)
  const items = groups.slice(0, shown).map((group): Rich => {
    const { firing } = countsOf(group)
    const place = placeOf(group)
    return [
      { code: group.id },
      ` ${words.severity[group.severity]}${shared.colon}`,
      { bold: nameOf(group, texts) },
      ...(place === '' ? [] : [` ${place}`]),
      ...(firing > 1 ? [` (${words.counts(firing, 0)})`] : []),
      ` · ${words.since} `,
      { moment: sinceOf(group) },
      ' · ',
      { channel: group.channel },
      ...(group.acknowledged ? [` · ${words.list.acknowledged}`, { person: group.acknowledged.by.user }] : []),
    ]
  })
  const left = groups.length - items.length
  return {
    summary: title,
    tone: groups.length === 0 ? 'good' : 'neutral',
    parts: [
      { kind: 'title', text: title },
      ...(items.length > 0 ? [{ kind: 'list' as const, items }] : []),
      ...(left > 0 ? [{ kind: 'note' as const, text: [words.list.more(left)] }] : []),
    ],
  }
}
