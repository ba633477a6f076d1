import type { Pace } from './pace.ts'
import type { Waiting } from './waiting.ts'
import { lanes } from './card.ts'
import { isUrgent } from './pace.ts'
import { isOrphan, isUnposted, jobOf, postableAt } from './waiting.ts'

export interface LineUp {
  readonly now: readonly Waiting[]
  /** When to look again (epoch ms); undefined: when something changes. */
  readonly wakeAt: number | undefined
}

interface Room {
  readonly posts: number
  readonly edits: number
}

/**
 * Who goes next. One post at a time and channel, higher lanes first and in a lane the weightier; posts of one thread keep
 * their order, and a thread moves up with the highest lane waiting in it. Takes the tokens of the edits that it returns.
 */
export function lineUp(
  waiting: Iterable<Waiting>,
  pace: Pace,
  at: { readonly now: number; readonly room: Room },
): LineUp {
  const cards = [...waiting]
  const wakes: number[] = []
  const posts = nextPosts(cards, pace, at.now)
  const edits = nextEdits(cards, pace, at)
  wakes.push(...posts.wakes, ...edits.wakes)
  const settled = cards.filter((card) => !card.busy && jobOf(card) === 'settle' && card.notBefore <= at.now)
  for (const card of cards) if (jobOf(card) === 'settle' && card.notBefore > at.now) wakes.push(card.notBefore)
  return {
    now: [...settled.slice(0, 20), ...posts.now.slice(0, at.room.posts), ...edits.now],
    wakeAt: wakes.length === 0 ? undefined : Math.min(...wakes),
  }
}

function nextPosts(cards: readonly Waiting[], pace: Pace, now: number): { now: Waiting[]; wakes: number[] } {
  const wakes: number[] = []
  const best = new Map<string, { card: Waiting; rank: number }>()
  const busy = new Set(cards.filter((card) => card.busy && isUnposted(card)).map((card) => card.wanted.to.channel))
  for (const line of lines(cards)) {
    const [head] = line
    if (head === undefined || busy.has(head.wanted.to.channel)) continue
    const channel = head.wanted.to.channel
    const readyAt = Math.max(postableAt(head), pace.postAt(channel))
    if (readyAt > now) {
      wakes.push(readyAt)
      continue
    }
    const rank = Math.min(...line.map((card) => lanes.indexOf(card.wanted.lane)))
    const rival = best.get(channel)
    if (rival === undefined || rank < rival.rank || (rank === rival.rank && goesBefore(head, rival.card)))
      best.set(channel, { card: head, rank })
  }
  return { now: [...best.values()].map(({ card }) => card), wakes }
}

/** Posts in the order they must appear: each card of a channel stands alone, cards of one thread queue up. */
function lines(cards: readonly Waiting[]): Waiting[][] {
  const queues = new Map<string, Waiting[]>()
  for (const card of cards) {
    if (!isUnposted(card) || isOrphan(card)) continue
    // Refused before: whoever stands behind it does not wait for it.
    const alone = card.thread === undefined || card.sent?.value.state === 'absent'
    const key = alone ? `card ${card.id}` : `${card.wanted.to.channel} ${card.thread}`
    const queue = queues.get(key)
    if (queue === undefined) queues.set(key, [card])
    else queue.push(card)
  }
  return [...queues.values()].map((queue) => queue.sort((one, other) => (isEarlier(one, other) ? -1 : 1)))
}

function goesBefore(one: Waiting, other: Waiting): boolean {
  const [weight, rival] = [weightOf(one), weightOf(other)]
  return weight === rival ? isEarlier(one, other) : weight > rival
}

/** What cannot be folded is visible nowhere else. */
const weightOf = ({ wanted }: Waiting): number => wanted.weight ?? Number.POSITIVE_INFINITY

function isEarlier(one: Waiting, other: Waiting): boolean {
  return one.wanted.at === other.wanted.at ? one.id < other.id : one.wanted.at < other.wanted.at
}

function nextEdits(
  cards: readonly Waiting[],
  pace: Pace,
  at: { readonly now: number; readonly room: Room },
): { now: Waiting[]; wakes: number[] } {
  const wakes: number[] = []
  const ready: Waiting[] = []
  for (const card of cards) {
    if (card.busy || jobOf(card) !== 'edit') continue
    const readyAt = Math.max(card.notBefore, pace.editAt(card))
    if (readyAt > at.now) wakes.push(readyAt)
    else ready.push(card)
  }
  ready.sort((one, other) => Number(isUrgent(other)) - Number(isUrgent(one)) || (isEarlier(one, other) ? -1 : 1))
  const now: Waiting[] = []
  for (const card of ready) {
    if (now.length < at.room.edits && pace.edits.take(at.now, pace.reserveFor(card))) now.push(card)
    else if (now.length < at.room.edits) wakes.push(pace.edits.next(at.now, pace.reserveFor(card)))
  }
  return { now, wakes }
}
