import type { Json, JsonObject } from '../../../json.ts'
import { integer, list, text } from '../fields.ts'

/** CPU of all pods together, in percent of one pod's request. */
export interface Load {
  readonly percent: number
}

interface Question {
  readonly autoscaler: JsonObject
  readonly target: JsonObject | undefined
  readonly ready: number
  readonly load: Load | undefined
  /** Keeps the highest recommendation of the last minutes. */
  readonly stabilize: (wanted: number) => number
}

export interface Verdict {
  readonly current: number
  readonly desired: number
  readonly why: string
  readonly conditions: readonly JsonObject[]
  readonly metrics: Json
  readonly trouble?: { readonly reason: string; readonly message: string }
}

const tolerance = 0.1

const condition = (type: string, status: 'True' | 'False', words: { reason: string; message: string }): JsonObject => ({
  type,
  status,
  ...words,
})

/** How many replicas an autoscaler wants, and the conditions it says so with. */
export function autoscalerVerdict({ autoscaler, target, ready, load, stabilize }: Question): Verdict {
  const min = integer(autoscaler, 'spec', 'minReplicas') ?? 1
  const max = integer(autoscaler, 'spec', 'maxReplicas') ?? 1
  const name = text(autoscaler, 'spec', 'scaleTargetRef', 'name')
  const current = integer(target, 'spec', 'replicas') ?? 0
  if (target === undefined) {
    const message = `the HPA controller was unable to get the target's current scale: ${text(autoscaler, 'spec', 'scaleTargetRef', 'kind').toLowerCase()}s.apps "${name}" not found`
    return {
      current: 0,
      desired: 0,
      why: '',
      metrics: null,
      conditions: [condition('AbleToScale', 'False', { reason: 'FailedGetScale', message })],
      trouble: { reason: 'FailedGetScale', message },
    }
  }
  const able = condition('AbleToScale', 'True', {
    reason: 'SucceededGetScale',
    message: "the HPA controller was able to get the target's current scale",
  })
  if (current === 0) {
    const off = {
      reason: 'ScalingDisabled',
      message: 'scaling is disabled since the replica count of the target is zero',
    }
    return { current, desired: 0, why: '', metrics: null, conditions: [able, condition('ScalingActive', 'False', off)] }
  }
  const goal =
    list(autoscaler, 'spec', 'metrics')
      .map((metric) => integer(metric, 'resource', 'target', 'averageUtilization'))
      .find((one) => one !== undefined) ?? 80
  const used = load === undefined || ready === 0 ? undefined : Math.round(load.percent / ready)
  const metrics =
    used === undefined
      ? null
      : [
          {
            type: 'Resource',
            resource: { name: 'cpu', current: { averageUtilization: used, averageValue: `${used}m` } },
          },
        ]
  const outside =
    current > max
      ? 'Current number of replicas above Spec.MaxReplicas'
      : current < min
        ? 'Current number of replicas below Spec.MinReplicas'
        : undefined
  if (outside !== undefined)
    return { current, desired: current > max ? max : min, why: outside, metrics, conditions: [able, scalable] }
  if (used === undefined) {
    const message =
      'failed to get cpu utilization: unable to get metrics for resource cpu: unable to fetch metrics from resource metrics API: the server could not find the requested resource (get pods.metrics.k8s.io)'
    const words = { reason: 'FailedGetResourceMetric', message }
    return {
      current,
      desired: current,
      why: '',
      metrics,
      conditions: [
        able,
        condition('ScalingActive', 'False', {
          ...words,
          message: `the HPA was unable to compute the replica count: ${message}`,
        }),
      ],
      trouble: words,
    }
  }
  const ratio = used / goal
  const raw = Math.abs(ratio - 1) <= tolerance ? current : Math.max(1, Math.ceil(ready * ratio))
  const steady = stabilize(raw)
  const desired = Math.min(max, Math.max(min, steady))
  const limited =
    steady > max
      ? condition('ScalingLimited', 'True', {
          reason: 'TooManyReplicas',
          message: 'the desired replica count is more than the maximum replica count',
        })
      : steady < min
        ? condition('ScalingLimited', 'True', {
            reason: 'TooFewReplicas',
            message: 'the desired replica count is less than the minimum replica count',
          })
        : condition('ScalingLimited', 'False', {
            reason: 'DesiredWithinRange',
            message: 'the desired count is within the acceptable range',
          })
  const ableNow =
    desired === current
      ? condition('AbleToScale', 'True', {
          reason: 'ReadyForNewScale',
          message: 'recommended size matches current size',
        })
      : condition('AbleToScale', 'True', {
          reason: 'SucceededRescale',
          message: `the HPA controller was able to update the target scale to ${desired}`,
        })
  const why =
    desired > current ? 'cpu resource utilization (percentage of request) above target' : 'All metrics below target'
  return { current, desired, why, metrics, conditions: [ableNow, scalable, limited] }
}

const scalable = condition('ScalingActive', 'True', {
  reason: 'ValidMetricFound',
  message:
    'the HPA was able to successfully calculate a replica count from cpu resource utilization (percentage of request)',
})
