import type { AuditRecord } from '../audit/record.ts'
import { targetParts } from '../audit/record.ts'
import { UserId } from '../chat/identity.ts'
import type { Rich, Span } from '../chat/message.ts'
import { shortened } from '../shortened.ts'
import type { Told } from './texts/en/audit.ts'
import type { Texts } from './texts/en.ts'

/** Longer texts of others are cut: they stand whole on the trail. */
const longest = 200

/** When and what, as one line for people. */
export const recordLine = (record: AuditRecord, texts: Texts): Rich => [
  { moment: Date.parse(record.time) },
  '  ',
  ...texts.audit.said[kindOf(record)](toldBy(record, texts)),
]

/** One plain line for notifications. */
export const recordText = (record: AuditRecord, texts: Texts): string =>
  texts.audit.said[kindOf(record)]({ ...toldBy(record, texts), who: '' })
    .map((span) => (typeof span === 'string' ? span : 'code' in span ? span.code : ''))
    .join('')
    .trim()

type Kind = keyof Texts['audit']['said']

function kindOf({ what, details = {} }: AuditRecord): Kind {
  switch (what) {
    case 'command':
      return details['problem'] !== undefined ? 'misread' : details['line'] === undefined ? 'click' : 'command'
    case 'decision':
      if (details['verdict'] === 'deny') return 'refused'
      if (details['breakGlass'] !== undefined) return 'brokeGlass'
      return details['gate'] === undefined || details['gate'] === 'none' ? 'allowed' : 'allowedLater'
    case 'vote':
      if (details['refused'] !== undefined) return 'voteRefused'
      return details['verdict'] === 'approve' ? 'approved' : 'rejected'
    case 'confirmation':
    case 'cancellation':
      if (details['refused'] !== undefined) return 'withoutEffect'
      return what === 'confirmation' ? 'confirmed' : 'cancelled'
    case 'policy':
      return typeof details['change'] === 'string' ? (policyKinds[details['change']] ?? 'policyLoaded') : 'policyLoaded'
    default:
      return plainKinds[what] ?? 'other'
  }
}

const policyKinds: Readonly<Record<string, Kind>> = {
  replaced: 'policyReplaced',
  kept: 'policyKept',
  restored: 'policyRestored',
}

const plainKinds: Readonly<Record<string, Kind>> = {
  intent: 'sent',
  outcome: 'ended',
  review: 'toReview',
  freeze: 'frozen',
  unfreeze: 'unfrozen',
  ack: 'alertTaken',
  unack: 'alertLeft',
  silence: 'alertSilenced',
  unsilence: 'alertUnsilenced',
  start: 'started',
  stop: 'stopped',
  refusal: 'unheard',
  repair: 'repaired',
}

function toldBy(record: AuditRecord, texts: Texts): Told {
  const { details = {}, action = '', cluster = '', operation = '' } = record
  const { namespace = '', kind = '', name = '' } = targetParts(record)
  const detail = (key: string): string => {
    const value = key === 'what' ? record.what : details[key]
    return typeof value === 'string' || typeof value === 'number' ? cut(String(value)) : ''
  }
  return {
    who: personOf(record.who, texts),
    action,
    target: kind === '' ? (record.target ?? '') : `${namespace}/${name} (${kind})`,
    cluster,
    operation,
    detail,
    list: (key) => {
      const value = details[key]
      return Array.isArray(value) ? value.filter((one) => typeof one === 'string').map(cut) : []
    },
  }
}

const cut = (text: string): string => shortened(text, longest)

/** `team/user` as a mention; everything else as it stands. */
function personOf(who: string, texts: Texts): Span {
  if (who === 'readback') return texts.audit.readback
  const user = UserId.safeParse(who.split('/').at(-1))
  return user.success ? { person: user.data } : who
}
