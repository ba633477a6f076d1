/** What a service has to do, as its numbers show it. */
export interface TrafficProfile {
  /** On an ordinary day, all its pods together. */
  readonly requestsPerSecond: number
  readonly cpuMsPerRequest: number
  /** How long half of its reads take at most, ms. */
  readonly medianMs: number
  /** Share of the memory limit after a day. */
  readonly memory: number
}

const profiles: Readonly<Record<string, TrafficProfile>> = {
  web: { requestsPerSecond: 64, cpuMsPerRequest: 3.6, medianMs: 24, memory: 0.52 },
  orders: { requestsPerSecond: 19, cpuMsPerRequest: 7.5, medianMs: 46, memory: 0.61 },
  search: { requestsPerSecond: 31, cpuMsPerRequest: 6.2, medianMs: 38, memory: 0.7 },
  recommend: { requestsPerSecond: 22, cpuMsPerRequest: 5.1, medianMs: 61, memory: 0.66 },
  payments: { requestsPerSecond: 7, cpuMsPerRequest: 11, medianMs: 120, memory: 0.48 },
  invoices: { requestsPerSecond: 1.6, cpuMsPerRequest: 22, medianMs: 210, memory: 0.44 },
  cart: { requestsPerSecond: 26, cpuMsPerRequest: 2.8, medianMs: 12, memory: 0.57 },
}
const other: TrafficProfile = { requestsPerSecond: 3, cpuMsPerRequest: 4, medianMs: 30, memory: 0.4 }

/** A test cluster sees few people. */
export function trafficOf(workload: string, cluster: 'production' | 'test'): TrafficProfile {
  const profile = Object.hasOwn(profiles, workload) ? (profiles[workload] ?? other) : other
  return cluster === 'production' ? profile : { ...profile, requestsPerSecond: profile.requestsPerSecond * 0.17 }
}
