import { bareBolt, ours } from '../contestant.ts'
import { median, pairedRatio, quantile, rounds } from '../numbers.ts'
import type { Measure, Row } from '../row.ts'
import { atLeast, atMost, ms, perSecond } from '../row.ts'
import type { Taken } from '../workspace.ts'
import { flood, order } from '../workspace.ts'

const line = '/ops whoami'

export const slash: Row = {
  name: 'slash',
  about: '/ops whoami: until the ack, until the first answer, and commands a second',
  run: async (bench) => {
    const sides = await Promise.all([ours(bench), bareBolt(bench)])
    try {
      const burst = bench.count('BURST', 200)
      for (const { slack } of sides) await flood(slack, line, { count: bench.count('WARM', 1_500), inFlight: 10 })
      const [mine = [], bare = []] = await rounds(
        bench.count('ROUNDS', 12),
        sides.map(({ slack }) => async () => {
          const taken: Taken[] = []
          for (let at = 0; at < burst; at += 1) taken.push(await order(slack, line))
          return taken
        }),
      )
      const before = sides.map((side) => side.cpuMs())
      const floods = 6
      const size = { count: bench.count('FLOOD', 1_500), inFlight: 50 }
      const [quick = [], swift = []] = await rounds(
        floods,
        sides.map(
          ({ slack }) =>
            () =>
              flood(slack, line, size),
        ),
      )
      const speed = pairedRatio(quick, swift)
      const [mineMs = Number.NaN, bareMs = Number.NaN] = sides.map(
        (side, at) => (side.cpuMs() - (before[at] ?? 0)) / (floods * size.count),
      )
      return [
        ...shares('ack', mine.map(timesOf('ackMs')), bare.map(timesOf('ackMs'))),
        ...shares('first answer', mine.map(timesOf('answerMs')), bare.map(timesOf('answerMs'))),
        {
          what: 'commands a second, 50 in flight',
          ours: perSecond(median(quick)),
          against: `bare Bolt ${perSecond(median(swift))}`,
          ratio: speed,
          reach: atLeast(0.7, speed),
        },
        {
          what: 'processor time a command, 50 in flight',
          ours: ms(mineMs),
          against: `bare Bolt ${ms(bareMs)}`,
          ratio: mineMs / bareMs,
        },
      ]
    } finally {
      await Promise.all(sides.map((side) => side.stop()))
    }
  },
}

const timesOf =
  (which: keyof Taken) =>
  (round: readonly Taken[]): readonly number[] =>
    round.map((taken) => taken[which])

function shares(
  what: string,
  mine: readonly (readonly number[])[],
  bare: readonly (readonly number[])[],
): readonly Measure[] {
  const middle = pairedRatio(mine.map(median), bare.map(median))
  const tails = [quantile(mine.flat(), 0.99), quantile(bare.flat(), 0.99)] as const
  const tail = tails[0] / tails[1]
  return [
    {
      what: `slash command → ${what}, p50`,
      ours: ms(median(mine.flat())),
      against: `bare Bolt ${ms(median(bare.flat()))}`,
      ratio: middle,
      reach: atMost(1.3, middle),
    },
    {
      what: `slash command → ${what}, p99`,
      ours: ms(tails[0]),
      against: `bare Bolt ${ms(tails[1])}`,
      ratio: tail,
      reach: atMost(1.3, tail),
    },
  ]
}
