import type { JsonObject } from '../../json.ts'
import { list, text } from './fields.ts'
import { annotationsOf } from './objects.ts'

/** What a pod does, chosen by its image tags and its annotations, as the real lab cluster has it. */
export interface PodBehaviour {
  readonly fate: 'runs' | 'missing' | 'crash' | 'neverready'
  /** All in ms. */
  readonly readyAfter: number
  readonly stopAfter: number
  readonly runFor: number
  readonly logBurst: number
  /** Lines a second. */
  readonly logRate: number
  readonly logFile: string
}

export function behaviourOf(pod: JsonObject): PodBehaviour {
  const tags = list(pod, 'spec', 'containers').map((container) => tagOf(text(container, 'image')))
  const has = (word: string) => tags.some((tag) => tag.includes(word))
  const set = annotationsOf(pod)
  const number = (key: string, otherwise: number) => {
    const value = Number.parseFloat(set[`kubelab/${key}`] ?? '')
    return Number.isNaN(value) ? otherwise : value
  }
  return {
    fate: has('missing') ? 'missing' : has('crash') ? 'crash' : has('neverready') ? 'neverready' : 'runs',
    readyAfter: duration(set['kubelab/ready-after']) ?? 300,
    stopAfter: duration(set['kubelab/stop-after']) ?? 200,
    runFor: duration(set['kubelab/run-for']) ?? 1000,
    logBurst: Math.floor(number('log-burst', 20)),
    logRate: number('log-rate', 2),
    logFile: set['kubelab/log-file'] ?? '',
  }
}

function tagOf(image: string): string {
  const [name = ''] = image.split('@')
  const colon = name.lastIndexOf(':')
  return colon >= 0 && !name.slice(colon).includes('/') ? name.slice(colon + 1) : 'latest'
}

const units: Readonly<Record<string, number>> = { ns: 1e-6, us: 1e-3, ms: 1, s: 1000, m: 60_000, h: 3_600_000 }

/** A Go duration such as `1m30s` in ms; undefined when it is none. */
function duration(source: string | undefined): number | undefined {
  if (source === undefined || !/^(\d+(\.\d+)?(ns|us|ms|s|m|h))+$/.test(source)) return undefined
  let total = 0
  for (const [, amount = '0', unit = 's'] of source.matchAll(/(\d+(?:\.\d+)?)(ns|us|ms|s|m|h)/g))
    total += Number(amount) * (units[unit] ?? 0)
  return total
}
