import { createRandom } from '../kubernetes/random.ts'

/** Something that happens with the rhythm of days and weeks. */
export interface Wave {
  /** In a second, at that moment (epoch ms); 1 on average. */
  at(moment: number): number
  /** Gathered since a fixed moment long ago, so that differences are exact: the integral of `at` over seconds. */
  total(moment: number): number
}

const dayMs = 86_400_000
const minuteMs = 60_000

/** Busiest at noon UTC: an afternoon in Europe, an evening in China. A sine rises a quarter before its top. */
const noon = -Math.PI / 2

/** The same for the same seed. Sums of sines that together stay above 0, because they can be integrated: a counter is exact at every moment. */
export function createWave(seed: string, { roughness = 1 }: { readonly roughness?: number } = {}): Wave {
  const random = createRandom(seed)
  const anyPhase = () => random.next() * 2 * Math.PI
  const parts = [
    { periodMs: dayMs, height: 0.42, phase: noon + (random.next() - 0.5) * 0.4 },
    { periodMs: dayMs / 2, height: 0.1, phase: anyPhase() },
    // Highest on Tuesdays, lowest on Saturdays; the epoch was a Thursday.
    { periodMs: 7 * dayMs, height: 0.13, phase: Math.PI / 2 + (2 * Math.PI * 2) / 7 },
    // No two of these periods, and no week, have a common measure: no two days are alike.
    ...(
      [
        [191.3, 0.035],
        [67.7, 0.04],
        [29.3, 0.045],
        [12.1, 0.05],
        [6.7, 0.035],
      ] as const
    ).map(([minutes, height]) => ({
      periodMs: minutes * minuteMs * (0.9 + random.next() * 0.2),
      height: height * roughness,
      phase: anyPhase(),
    })),
  ].map(({ periodMs, height, phase }) => ({ turn: (2 * Math.PI) / periodMs, height, phase }))
  return {
    at: (moment) => parts.reduce((sum, { turn, height, phase }) => sum + height * Math.sin(turn * moment + phase), 1),
    total: remembering((moment) =>
      parts.reduce(
        (sum, { turn, height, phase }) => sum - (height / turn / 1000) * Math.cos(turn * moment + phase),
        (moment - origin) / 1000,
      ),
    ),
  }
}

/** Keeps totals small enough to be exact. */
const origin = Date.UTC(2025, 0, 1)

const remembered = 4_093

/** Every bucket of a histogram and every step of a query asks for the same moments again. */
function remembering(compute: (moment: number) => number): (moment: number) => number {
  const moments = new Float64Array(remembered).fill(Number.NaN)
  const values = new Float64Array(remembered)
  return (moment) => {
    const place = Math.floor(moment) % remembered
    if (moments[place] !== moment) {
      moments[place] = moment
      values[place] = compute(moment)
    }
    return values[place] ?? Number.NaN
  }
}
