import type { ClusterName } from '../clusters/names.ts'
import type { Catalogue } from '../metrics/catalogue.ts'
import type { Chart } from '../metrics/chart.ts'
import type { Source } from '../metrics/source.ts'

/** What the reception needs to show numbers. */
export interface MetricsDesk {
  /** Undefined where none is configured. */
  readonly source: (cluster: ClusterName) => Source | undefined
  readonly catalogue: Catalogue
  /** IANA zone of charts whose reader has none. */
  readonly zone: string
  /** A chart will be drawn soon. */
  readonly prepare: () => void
  /** A PNG in base64; undefined where it cannot be drawn now, which was reported, or is larger than a message may hold. */
  readonly draw: (chart: Chart) => Promise<string | undefined>
}
