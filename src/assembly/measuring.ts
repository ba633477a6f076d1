import { readFile } from 'node:fs/promises'
import type { ChartOf } from '../alerts/enrichment/chart.ts'
import type { TextsChoice } from '../cards/texts/choose.ts'
import { largestPicture } from '../chat/message.ts'
import { proxyFor } from '../clusters/direct/no-proxy.ts'
import type { ClusterName } from '../clusters/names.ts'
import type { Config, MetricsConfig } from '../config/config.ts'
import type { Environment } from '../config/environment.ts'
import { createCatalogue } from '../metrics/catalogue.ts'
import { createPictures } from '../metrics/drawing/pictures.ts'
import { maskedChart } from '../metrics/masked.ts'
import { createSource } from '../metrics/source.ts'
import type { Source } from '../metrics/source.ts'
import type { Certificates } from '../metrics/way.ts'
import type { MetricsDesk } from '../reception/metrics-desk.ts'
import type { Clock } from '../time/clock.ts'
import { createAlertCharts } from './alert-charts.ts'

export interface Measuring {
  readonly desk: MetricsDesk
  readonly chartOf: ChartOf
  close(): Promise<void>
}

const besideTheBundle = new URL('painter.cjs', import.meta.url)

/** The sources of numbers, and the pictures that are made of them. */
export function createMeasuring(
  { metrics, zone }: Pick<Config, 'metrics' | 'zone'>,
  {
    clock,
    environment,
    texts,
    mask,
    painter = besideTheBundle,
    report,
  }: {
    readonly clock: Clock
    readonly environment: Environment
    readonly texts: TextsChoice
    readonly mask: (text: string) => string
    /** The built `painter.cjs`; the one beside this file unless told. */
    readonly painter?: URL
    readonly report: (error: unknown, about: string) => string
  },
): Measuring {
  const sources = new Map<ClusterName, Source>(
    [...metrics].map(([cluster, settings]) => [cluster, sourceOf(cluster, settings, { clock, environment })]),
  )
  const catalogue = createCatalogue({ clock })
  const pictures = createPictures({ painter, clock, report: (error) => void report(error, 'chart') })
  const draw: MetricsDesk['draw'] = async (chart) => {
    const drawn = await pictures.draw(maskedChart(chart, mask))
    const png = drawn.kind === 'drawn' ? Buffer.from(drawn.png).toString('base64') : undefined
    return png !== undefined && png.length <= largestPicture ? png : undefined
  }
  const byName = new Map<string, Source>(sources)
  const source: MetricsDesk['source'] = (cluster) => sources.get(cluster)
  return {
    desk: { source, catalogue, zone, prepare: pictures.prepare, draw },
    chartOf: createAlertCharts({ source: (name) => byName.get(name), draw, texts, zone }),
    close: async () => {
      for (const each of sources.values()) each.close()
      await pictures.close()
    },
  }
}

function sourceOf(
  cluster: ClusterName,
  { prometheus, auth, tls, matcher }: MetricsConfig,
  { clock, environment }: { readonly clock: Clock; readonly environment: Environment },
): Source {
  const proxy = proxyFor(prometheus, environment)
  return createSource(
    {
      cluster,
      url: prometheus,
      credential: auth,
      matchers: [...matcher].map(([label, value]) => ({ label, is: '=', value })),
      certificates: () => certificatesOf(tls),
      ...(proxy === undefined ? {} : { proxy }),
    },
    { clock },
  )
}

async function certificatesOf({ caFile, certFile, keyFile }: MetricsConfig['tls']): Promise<Certificates> {
  const read = async (file: string | undefined) => (file === undefined ? undefined : readFile(file, 'utf8'))
  const [ca, cert, key] = await Promise.all([read(caFile), read(certFile), read(keyFile)])
  return {
    ...(ca === undefined ? {} : { ca }),
    ...(cert === undefined ? {} : { cert }),
    ...(key === undefined ? {} : { key }),
  }
}
