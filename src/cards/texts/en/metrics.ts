import type { Language } from '../../../config/config.ts'
import type { MeasureWords } from '../../../metrics/measure.ts'
import type { PresetName } from '../../../metrics/presets.ts'

const language = (): Language => 'en'
const count = (n: number, one: string, many: string) => `${n} ${n === 1 ? one : many}`

const presets: Readonly<Record<PresetName, string>> = {
  cpu: 'CPU',
  memory: 'Memory',
  restarts: 'Restarts',
  requests: 'Requests',
  errors: 'Failed requests',
  latency: 'Latency',
  replicas: 'Replicas',
  network: 'Network',
  throttling: 'CPU throttling',
  disk: 'Disk',
  volumes: 'Volumes used',
}

const measure: MeasureWords = {
  traces: {
    wanted: 'wanted',
    available: 'available',
    received: 'received',
    sent: 'sent',
    read: 'read',
    written: 'written',
    p50: 'p50',
    p95: 'p95',
    p99: 'p99',
  },
  bounds: { request: 'request', limit: 'limit' },
}

/** Charts of numbers, and the words in them. */
export const metrics = {
  language,
  title: (what: string, clusters: readonly string[]) => `${what} on ${clusters.join(', ')}`,
  query: 'Query',
  presets,
  measure,
  range: (range: string, step: string) => `last ${range}, every ${step}`,
  earlier: (age: string) => `${age} earlier`,
  chart: {
    last: 'last',
    min: 'min',
    max: 'max',
    noData: 'no data',
    cores: (n: number): string => (n === 1 ? 'core' : 'cores'),
    unshown: (n: number) => `${n} more not shown`,
  },
  said: (series: string, last: string, extent: { readonly min: string; readonly max: string }) =>
    `${series}: last ${last}, min ${extent.min}, max ${extent.max}`,
  saidEarlier: (earlier: string, last: string) => ` (${earlier}: ${last})`,
  about: (title: string, aside: string) => `Chart of ${title}, ${aside}.`,
  marks: (n: number) => `${count(n, 'change', 'changes')} by me marked`,
  nothing: 'No series of this workload exist in the metrics source. That is not the same as zero.',
  noPicture: 'The picture could not be drawn now; these are its numbers.',
  zoneUnknown: (zone: string, instead: string) => `There is no time zone “${zone}”; times are in ${instead}.`,
  noShadow: (age: string) => `Nothing to compare with: no line of these has numbers ${age} earlier.`,
  now: 'now',
  columns: { what: 'what', series: 'series', value: 'value' },
  moreRows: (n: number) => `${count(n, 'value', 'values')} more not shown`,
  threshold: 'threshold',
  began: 'alert began',
  buttons: {
    refresh: 'Refresh',
    wider: (range: string) => `Wider: ${range}`,
    narrower: (range: string) => `Narrower: ${range}`,
    cluster: (cluster: string) => `Same on ${cluster}`,
    preset: 'Show something else…',
    board: 'Overview',
  },
}
