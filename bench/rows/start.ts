import type { Contestant } from '../contestant.ts'
import { bareBolt, ours } from '../contestant.ts'
import { median, pairedRatio, rounds } from '../numbers.ts'
import type { Row } from '../row.ts'
import { atMost, mebibytes, ms } from '../row.ts'

/** Idle means: started, and left alone for so long. */
const settleMs = 1_500

export const start: Row = {
  name: 'start',
  about: 'from spawn to ready, and what lies in memory when idle',
  run: async (bench) => {
    const look = (launch: () => Promise<Contestant>) => async () => {
      const started = await launch()
      await new Promise((resolve) => setTimeout(resolve, settleMs))
      const found = { ready: started.readyMs, rss: started.rss() }
      await started.stop()
      return found
    }
    const [mine = [], bare = []] = await rounds(bench.count('STARTS', 9), [
      look(() => ours(bench)),
      look(() => bareBolt(bench)),
    ])
    const ready = pairedRatio(
      mine.map((one) => one.ready),
      bare.map((one) => one.ready),
    )
    const rss = pairedRatio(
      mine.map((one) => one.rss),
      bare.map((one) => one.rss),
    )
    return [
      {
        what: 'start to ready',
        ours: ms(median(mine.map((one) => one.ready))),
        against: `bare Bolt, unbundled ${ms(median(bare.map((one) => one.ready)))}`,
        ratio: ready,
        reach: atMost(1, ready),
      },
      {
        what: 'idle memory (RSS)',
        ours: mebibytes(median(mine.map((one) => one.rss))),
        against: `bare Bolt, unbundled ${mebibytes(median(bare.map((one) => one.rss)))}`,
        ratio: rss,
        reach: atMost(1.3, rss),
      },
    ]
  },
}
