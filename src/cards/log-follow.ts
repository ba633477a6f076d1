import type { Button, Form, Message, Part } from '../chat/message.ts'
import type { FileWords } from '../logs/file-text.ts'
import { isFiltered } from '../logs/filter.ts'
import { levels } from '../logs/level.ts'
import type { Follow } from '../logs/follow-record.ts'
import type { FollowView, Losses } from '../logs/follow-view.ts'
import { formatDuration } from '../time/durations.ts'
import { unreadNotes } from './logs.ts'
import { rowsText } from './log-lines.ts'
import type { Texts } from './texts/en.ts'

/** Of Slack's 3,000 characters for one text. */
const windowLength = 2_800

const note = (text: string): Part => ({ kind: 'note', text: [text] })

/** The head of a follow: what is followed, how it stands, and at the end what it came to. */
export function followCard(view: FollowView, texts: Texts): Message {
  const { logs, shared } = texts
  const { follow, ended, paused, pods } = view
  const title = logs.title(follow.what, follow.cluster)
  const state = ended !== undefined ? logs.ended[ended] : paused ? logs.paused : logs.following(pods)
  return {
    summary: `${title}${shared.colon}${state}`,
    tone: ended === undefined ? 'working' : 'neutral',
    parts: [
      { kind: 'title', text: title, aside: state },
      ...(isFiltered(follow.filter) ? [note(logs.filter(follow.filter))] : []),
      ...(ended === undefined ? [note(logs.until(formatDuration(follow.lastsMs)))] : summary(view, texts)),
      ...(ended === undefined ? unreadNotes(view, logs) : []),
      ...(follow.unrecorded ? [note(`⚠ ${shared.notRecorded}`)] : []),
      ...(ended === undefined ? [buttons([stopButton(view, logs)])] : []),
    ],
  }
}

/** The window in its thread, with the rate and the errors above it. */
export function followLinesCard(view: FollowView, { logs }: Texts): Message {
  const { rows, tally, losses, ended, paused } = view
  const head = [
    ...(ended === undefined
      ? [paused ? logs.paused : logs.rate(tally.rate.toFixed(tally.rate < 10 ? 1 : 0))]
      : [logs.ended[ended]]),
    logs.errors(tally.errors),
    logs.lines(tally.lines),
    logs.zone,
  ]
  return {
    summary: rows.at(-1)?.last.text.slice(0, 150) ?? logs.noLinesYet,
    tone: 'neutral',
    parts: [
      note(head.join(' · ')),
      rows.length === 0
        ? { kind: 'text', text: [logs.noLinesYet] }
        : { kind: 'code', text: rowsText(rows, { most: windowLength, logs }) },
      ...lossNotes(losses, logs),
      ...(ended === undefined ? [buttons(windowButtons(view, logs))] : []),
    ],
  }
}

const buttons = (given: readonly Button[]): Part => ({ kind: 'buttons', buttons: given })

const stopButton = ({ follow }: FollowView, { buttons: labels }: Texts['logs']): Button => ({
  action: 'logs.stop',
  value: follow.id,
  label: labels.stop,
})

function windowButtons(view: FollowView, logs: Texts['logs']): readonly Button[] {
  const value = view.follow.id
  const { buttons: labels } = logs
  return [
    view.paused
      ? { action: 'logs.resume', value, label: labels.resume, style: 'primary' }
      : { action: 'logs.pause', value, label: labels.pause },
    stopButton(view, logs),
    { action: 'logs.file', value, label: labels.file },
    { action: 'logs.filter', value, label: labels.filter },
  ]
}

function lossNotes({ skipped, unseen, late, missed }: Losses, { losses: words }: Texts['logs']): Part[] {
  return [
    ...(skipped > 0 ? [words.skipped(skipped)] : []),
    ...(missed > 0 ? [words.missed(missed)] : []),
    ...(late > 0 ? [words.late(late)] : []),
    ...(unseen > 0 ? [words.unseen(unseen)] : []),
  ].map((text) => note(`⚠ ${text}`))
}

/** What remains of it: how much, the errors by kind, and where the text is. */
function summary({ tally, errors, losses, file }: FollowView, { logs }: Texts): Part[] {
  const { summary: labels } = logs
  const time = (stamp = '') => {
    const moment = Date.parse(stamp)
    return [Number.isNaN(moment) ? '–' : { moment }]
  }
  if (tally.lines === 0) return [note(logs.noLines)]
  const { groups, others } = errors ?? { groups: [], others: 0 }
  const kinds = groups.map(({ count, example }) => [{ bold: `× ${count}` }, ' ', { code: example.slice(0, 200) }])
  return [
    {
      kind: 'facts',
      facts: [
        { label: labels.lines, value: [String(tally.lines)] },
        { label: labels.errors, value: [String(tally.errors)] },
        { label: labels.first, value: time(tally.firstAt) },
        { label: labels.last, value: time(tally.lastAt) },
      ],
    },
    ...(kinds.length === 0
      ? []
      : [{ kind: 'list' as const, items: [...kinds, ...(others > 0 ? [[logs.others(others)]] : [])] }]),
    // What was too fast for the window stands in the file.
    ...lossNotes({ ...losses, unseen: 0 }, logs),
    ...(file === 'none' ? [] : [note(file === 'sent' ? logs.fileSent : `⚠ ${logs.fileFailed}`)]),
  ]
}

/** What is to be seen from now on. */
export function filterForm({ filter, what }: Follow, context: string, { logs: { form } }: Texts): Form {
  const field = (name: 'grep' | 'exclude') => ({
    kind: 'text' as const,
    name,
    label: form[name],
    hint: form.pattern,
    optional: true,
    ...(filter[name] === undefined ? {} : { initial: filter[name] }),
  })
  return {
    form: 'logs.filter',
    title: form.title,
    submit: form.submit,
    cancel: form.cancel,
    context,
    fields: [
      { kind: 'words', text: [{ bold: what }, ' ', form.words] },
      field('grep'),
      field('exclude'),
      {
        kind: 'choice',
        name: 'level',
        label: form.level,
        optional: true,
        options: [{ label: form.all, value: 'all' }, ...levels.map((level) => ({ label: level, value: level }))],
        initial: filter.level ?? 'all',
      },
    ],
  }
}

/** What files say, in a language. */
export const fileWords = ({ logs: { file } }: Texts): FileWords => ({
  head: ({ what, cluster, lines, losses: { skipped, late }, filter }) =>
    [
      file.head(what, cluster, lines),
      ...(skipped > 0 ? [file.skippedInAll(skipped)] : []),
      ...(late > 0 ? [file.late(late)] : []),
      ...(isFiltered(filter) ? [file.filtered(filter)] : []),
    ].join('\n'),
  skipped: (lines) => file.skipped(lines),
  leftOut: ({ lines, bytes }) => file.leftOut(lines, bytes),
  filtered: (filter) => file.filtered(filter),
  missed: (pod, runs) => file.missed(pod, runs),
})
