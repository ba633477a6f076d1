/** A stream is opened for the first time, stands, broke off and has older lines to give when it is back, or is over. */
export type StreamState = 'beginning' | 'standing' | 'behind' | 'over'

/** How far the streams have come that are put into one order, and which of them older entries may still come from. */
export interface Streams {
  turn(source: string, state: StreamState): void
  /** It gave a line, or would if it were let. */
  heard(source: string): void
  /** What the entry after this one is compared with: entries of one source keep their order, whatever their stamps say. */
  reach(source: string): string
  reached(source: string, key: string): void
  /** An entry may go out where each of these lets it. */
  bounds(): readonly Bound[]
  /** The furthest of those that are not silent which all of them have reached; undefined: all are silent. */
  slowest(): string | undefined
  /** Nobody waits any longer for the sources that hold this entry back, until they have caught up with `newest`. */
  giveUp(held: Placed): void
  caughtUp(source: string, newest: string): void
}

/** Where an entry stands in the order, and when it came. */
export interface Placed {
  readonly key: string
  readonly at: number
}

export const byKey = (a: Pick<Placed, 'key'>, b: Pick<Placed, 'key'>): number =>
  a.key < b.key ? -1 : a.key > b.key ? 1 : 0

/** Lets out what came up to `vouched`, and what stands up to `reach`. */
export interface Bound {
  readonly vouched: number
  readonly reach: string
}

export const lets = ({ vouched, reach }: Bound, { key, at }: Placed): boolean => at <= vouched || key <= reach

interface Stream {
  state: Exclude<StreamState, 'over'>
  reach: string
  /** When it gave its last line, or stood up again. */
  heardAt: number
  /** How long it stood without a line before it broke off, since its last one. */
  quietMs: number
  /** So long without a line, and it is taken to have none. */
  patienceMs: number
  /** What came up to then is not held back by it, whatever it still says. */
  vouched: number
  givenUp: boolean
}

/** How long a stream is waited for that is being opened for the first time, since any of them was: a cluster lets in a few at once. */
const beginMs = 5_000
/** How long the first line of a new stream is waited for. */
const firstMs = 2_000
/** How long the first line of a stream is waited for that was cut while it spoke: it certainly has some to bring. */
const sureMs = 5_000
/** What a silent stream wrote so long before it broke off has come. */
const onTheWayMs = 250
/** Of what is vouched for: nothing. */
export const never = -1

/** `now` counts the time in which lines could have come; `holdMs` of silence means that a stream has nothing to say. */
export function createStreams({ now, holdMs }: { readonly now: () => number; readonly holdMs: number }): Streams {
  const streams = new Map<string, Stream>()
  let openedAt = never

  const isSilent = ({ heardAt, patienceMs }: Stream): boolean => now() - heardAt >= patienceMs
  const vouchedBy = (stream: Stream): number => {
    if (stream.givenUp) return Infinity
    switch (stream.state) {
      case 'beginning':
        return now() - Math.max(stream.heardAt, openedAt) >= beginMs ? Infinity : never
      case 'behind':
        return stream.vouched
      case 'standing':
        return isSilent(stream) ? now() - holdMs : stream.vouched
    }
  }
  const known = (source: string): Stream => {
    const stream = streams.get(source) ?? {
      state: 'standing',
      reach: '',
      heardAt: now(),
      quietMs: 0,
      patienceMs: firstMs,
      vouched: never,
      givenUp: false,
    }
    streams.set(source, stream)
    return stream
  }
  const stand = (stream: Stream): void => {
    if (stream.state === 'beginning') openedAt = now()
    stream.state = 'standing'
    stream.heardAt = now()
  }
  const breakOff = (stream: Stream): void => {
    if (stream.state === 'behind') return
    stream.quietMs += now() - stream.heardAt
    if (stream.quietMs >= stream.patienceMs) {
      stream.vouched = now() - onTheWayMs
      stream.patienceMs = holdMs
    } else stream.patienceMs = sureMs
    stream.state = 'behind'
  }

  return {
    turn: (source, state) => {
      switch (state) {
        case 'beginning':
          streams.delete(source)
          known(source).state = state
          return
        case 'standing':
          return stand(known(source))
        case 'behind':
          return breakOff(known(source))
        case 'over':
          streams.delete(source)
      }
    },
    heard: (source) => {
      const stream = known(source)
      stream.heardAt = now()
      stream.quietMs = 0
      stream.patienceMs = holdMs
      stream.vouched = never
    },
    reach: (source) => known(source).reach,
    reached: (source, key) => {
      known(source).reach = key
    },
    bounds: () => {
      const least = new Map<number, string>()
      for (const stream of streams.values()) {
        const vouched = vouchedBy(stream)
        const reach = least.get(vouched)
        if (vouched !== Infinity && (reach === undefined || stream.reach < reach)) least.set(vouched, stream.reach)
      }
      return [...least].map(([vouched, reach]) => ({ vouched, reach }))
    },
    slowest: () => {
      let slowest: string | undefined
      for (const stream of streams.values()) {
        if (vouchedBy(stream) === Infinity || (stream.state === 'standing' && isSilent(stream))) continue
        if (slowest === undefined || stream.reach < slowest) slowest = stream.reach
      }
      return slowest
    },
    giveUp: (held) => {
      for (const stream of streams.values())
        if (!lets({ vouched: vouchedBy(stream), reach: stream.reach }, held)) stream.givenUp = true
    },
    caughtUp: (source, newest) => {
      const stream = known(source)
      if (stream.reach >= newest) stream.givenUp = false
    },
  }
}
