import type { AuditRecord, FollowedTrail, TrailPlace } from './record.ts'
import { weightOf } from './weight.ts'

/** So many stand in one post in words. */
const usual = 24
/** Behind by more than this, posts take as many as they can hold, and count what they cannot say. */
const farBehind = 240
const mostTogether = 1_000
/** Records read for one post; those nobody needs to be told of cost little. */
const mostRead = 20_000
const pageSize = 500

export interface Gathered {
  /** Worth telling, oldest first. */
  readonly records: readonly AuditRecord[]
  /** After the last record looked at. */
  readonly place: TrailPlace
  /** Of that record; undefined where none was looked at. */
  readonly hash: string | undefined
  readonly more: boolean
}

/** What the next post tells: what there is since `from`, as much as is read in a minute. Bounded in memory. */
export async function gather(trail: FollowedTrail, from: TrailPlace): Promise<Gathered> {
  const end = await trail.end()
  const most = end.seq - from.seq > farBehind ? mostTogether : usual
  const records: AuditRecord[] = []
  let place: TrailPlace = { seq: from.seq, byte: from.byte }
  let hash: string | undefined
  while (place.seq - from.seq < mostRead && records.length < most) {
    const page = await trail.after(place, Math.min(pageSize, most - records.length))
    place = page.place
    const last = page.records.at(-1)
    if (!last) return { records, place, hash, more: false }
    hash = last.hash
    records.push(...page.records.filter((record) => weightOf(record) !== 'routine'))
  }
  return { records, place, hash, more: true }
}
