import type { Rich, Span } from '../../../chat/message.ts'

const count = (n: number, one: string, many: string) => `${n} ${n === 1 ? one : many}`

/** What a record tells, ready to be put into words. Everything in it may be absent from a record: then it is empty. */
export interface Told {
  /** A mention, or the bot's own name. */
  readonly who: Span
  /** `deploy`, or whatever the record calls its action. */
  readonly action: string
  /** `shop/web (Deployment)`. */
  readonly target: string
  readonly cluster: string
  readonly operation: string
  /** A text or number among the record's details. */
  readonly detail: (name: string) => string
  readonly list: (name: string) => readonly string[]
}

const id = ({ operation }: Told): Rich => (operation === '' ? [] : [' ', { code: operation }])
/** The alert's id, and its name. */
const alert = (told: Told): Rich => [{ code: told.detail('alert') }, ` ${told.detail('name')}`]
const quoted = (text: string): string => (text === '' ? '' : `: “${text}”`)
/** `deploy shop/web (Deployment) on prod`, as far as the record says. */
const order = ({ action, target, cluster }: Told): string =>
  [action, target, cluster === '' ? '' : `on ${cluster}`].filter((part) => part !== '').join(' ')

const states: Readonly<Record<string, string>> = {
  succeeded: 'is done',
  failed: 'failed',
  superseded: 'was superseded',
  unknown: 'has an unknown outcome',
  expired: 'expired',
  rejected: 'was rejected',
  voided: 'is void, nothing was changed',
  cancelled: 'was cancelled',
  denied: 'was denied before it ran',
}

const reasons: Readonly<Record<string, string>> = {
  requester: 'withdrawn by its requester',
  holder: 'cancelled by somebody else',
  deadline: 'nobody answered in time',
  card_not_posted: 'its card could not be posted',
  moved: 'the object had changed',
  overtaken: 'another order changed what it rested on',
  rollout: 'the rollout failed',
  not_finished: 'it did not finish in time',
  deleted: 'the workload was deleted',
  problem: '',
}

const why = ({ detail }: Told): string => {
  const known = reasons[detail('why')] ?? detail('why')
  const parts = [known, detail('code'), detail('reason')].filter((part) => part !== '')
  return parts.length === 0 ? '' : ` (${parts.join(': ')})`
}

/** Records of the audit trail as sentences. */
export const audit = {
  title: 'Audit trail',
  readback: 'Readback',
  records: (n: number) => count(n, 'record', 'records'),
  none: 'No record matches.',
  /** The search ended before the trail did. */
  partly: 'There may be older ones: narrow the search with --by, --action, --operation or --since.',
  more: (n: number, kinds: readonly (readonly [what: string, n: number])[]) =>
    `and ${n} more: ${kinds.map(([what, each]) => `${each} × ${what}`).join(', ')}`,
  seqs: (first: number, last: number) => (first === last ? `record ${first}` : `records ${first}–${last}`),
  head: (n: number) => `The trail has ${count(n, 'record', 'records')}. Whoever keeps this line can check it later:`,
  verify: (head: string) => `readback audit verify --head ${head}`,

  said: {
    command: (told: Told): Rich => [told.who, ' ordered ', { code: told.detail('line') }],
    click: (told: Told): Rich => [told.who, ' pressed ', { code: told.detail('click') }, ...id(told)],
    misread: (told: Told): Rich => [told.who, ` typed what could not be read (${told.detail('problem')})`],
    allowed: (told: Told): Rich => [told.who, ` may ${order(told)}`, ...id(told), `, by ${told.detail('rule')}`],
    allowedLater: (told: Told): Rich => [
      told.who,
      ` may ${order(told)}`,
      ...id(told),
      `, by ${told.detail('rule')}, ${told.detail('gate') === 'approval' ? 'after an approval' : 'once confirmed'}`,
    ],
    brokeGlass: (told: Told): Rich => [
      '🚨 BREAK-GLASS: ',
      told.who,
      ` lifts a freeze to ${order(told)}`,
      ...id(told),
      quoted(told.detail('breakGlass')),
    ],
    toReview: (told: Told): Rich => [
      '🔎 to be reviewed now: the break-glass of ',
      told.who,
      ...id(told),
      `, ${order(told)}${quoted(told.detail('breakGlass'))}`,
    ],
    refused: (told: Told): Rich => [
      '⛔ ',
      told.who,
      ` was refused to ${order(told)}`,
      ...id(told),
      told.detail('rule') === '' ? ` (${told.detail('code')})` : `, by ${told.detail('rule')}`,
    ],
    approved: (told: Told): Rich => [told.who, ' approved', ...id(told), `: ${order(told)}`],
    rejected: (told: Told): Rich => [
      told.who,
      ' rejected',
      ...id(told),
      `: ${order(told)}${quoted(told.detail('reason'))}`,
    ],
    voteRefused: (told: Told): Rich => [
      '⛔ the vote of ',
      told.who,
      ' on',
      ...id(told),
      ` does not count (${told.detail('refused')})`,
    ],
    confirmed: (told: Told): Rich => [told.who, ' confirmed', ...id(told), `: ${order(told)}`],
    cancelled: (told: Told): Rich => [told.who, ' cancelled', ...id(told), `: ${order(told)}`],
    withoutEffect: (told: Told): Rich => [
      '⛔ the answer of ',
      told.who,
      ' to',
      ...id(told),
      ` came too late (${told.detail('refused')})`,
    ],
    alertTaken: (told: Told): Rich => [told.who, ' acknowledged the alert ', ...alert(told)],
    alertLeft: (told: Told): Rich => [told.who, ' un-acknowledged the alert ', ...alert(told)],
    alertSilenced: (told: Told): Rich => [
      told.who,
      ' silenced ',
      ...alert(told),
      ` for ${Math.round(Number(told.detail('lastingMs')) / 60_000)} minutes (${told.list('matchers').join(', ')})${quoted(told.detail('reason'))}`,
    ],
    alertUnsilenced: (told: Told): Rich => [told.who, ' ended the silence of ', ...alert(told)],
    sent: (told: Told): Rich => [
      'sending the change of ',
      told.who,
      ...id(told),
      `: ${order(told)}`,
      told.detail('attempt') === '1' || told.detail('attempt') === '' ? '' : `, attempt ${told.detail('attempt')}`,
    ],
    ended: (told: Told): Rich => [
      told.detail('state') === 'failed' || told.detail('state') === 'unknown' ? '🔴 ' : '',
      'the order of ',
      told.who,
      ...id(told),
      ` ${states[told.detail('state')] ?? told.detail('state')}${why(told)}: ${order(told)}`,
    ],
    policyLoaded: (told: Told): Rich => [
      `the policy in force is ${told.detail('file')} `,
      { code: told.detail('digest').slice(0, 12) },
    ],
    policyReplaced: (told: Told): Rich => [
      `the policy was replaced from ${told.detail('file')}: `,
      { code: told.detail('before').slice(0, 12) },
      ' → ',
      { code: told.detail('digest').slice(0, 12) },
    ],
    policyKept: (told: Told): Rich => [
      `🚨 ${told.detail('file')} cannot be used; the last good policy `,
      { code: told.detail('digest').slice(0, 12) },
      ` stays in force. ${told.list('problems').join(' ')}`,
    ],
    policyRestored: (told: Told): Rich => [
      `${told.detail('file')} is again the policy in force `,
      { code: told.detail('digest').slice(0, 12) },
    ],
    frozen: (told: Told): Rich => [
      told.who,
      ` freezes changes on ${told.cluster} until `,
      { moment: Number(told.detail('until')) },
      quoted(told.detail('reason')),
    ],
    unfrozen: (told: Told): Rich => [told.who, ` lifts the freeze on ${told.cluster}${quoted(told.detail('reason'))}`],
    started: (): Rich => ['Readback started'],
    stopped: (): Rich => ['Readback stopped'],
    unheard: (told: Told): Rich => ['⛔ ', told.who, ` was not heard (${told.detail('code')})`],
    repaired: (told: Told): Rich => [
      `🚨 ${told.detail('cut')} bytes of a record that was never finished were cut off the trail's end at the start`,
    ],
    other: (told: Told): Rich => [told.who, ` ${told.detail('what')} ${order(told)}`, ...id(told)],
  },
}
