import { isDeepStrictEqual } from 'node:util'
import type { Plan } from '../plans/plan.ts'
import type { Bounds } from '../policy/decision.ts'
import type { Observed } from './observed.ts'

/** What the change has set, and so what its end is. */
export type Aim =
  /** Every pod runs this template. Undefined: it is not known, then whatever the object says now is waited for. */
  | { readonly kind: 'template'; readonly template: unknown }
  | { readonly kind: 'replicas'; readonly replicas: number }
  | { readonly kind: 'bounds'; readonly bounds: Bounds }
  | { readonly kind: 'nothing' }

/** `restartedAt` is what execution wrote into the template of a restart, which the plan could not know. */
export function aimOf({ effect, template, rollsOut }: Plan, restartedAt: string | undefined): Aim {
  if (!rollsOut) return { kind: 'nothing' }
  switch (effect.kind) {
    case 'replicas':
      return { kind: 'replicas', replicas: effect.after }
    case 'bounds':
      return { kind: 'bounds', bounds: effect.after }
    case 'restart':
      return {
        kind: 'template',
        template: template && normal(restartedAt ? restarted(template, restartedAt) : template),
      }
    case 'images':
    case 'template':
    case 'paused':
    default:
      return { kind: 'template', template: template && normal(template) }
  }
}

/** Whether the object no longer says what the change had set. */
export function hasMoved(aim: Aim, { spec }: Observed, bounds: Bounds | undefined): boolean {
  switch (aim.kind) {
    case 'template':
      return aim.template !== undefined && !isDeepStrictEqual(normal(spec.template), aim.template)
    case 'replicas':
      return spec.replicas !== aim.replicas
    case 'bounds':
      return bounds !== undefined && (bounds.min !== aim.bounds.min || bounds.max !== aim.bounds.max)
    case 'nothing':
    default:
      return false
  }
}

const restartAnnotation = 'kubectl.kubernetes.io/restartedAt'

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

function restarted(template: Readonly<Record<string, unknown>>, at: string): unknown {
  const metadata = isRecord(template['metadata']) ? template['metadata'] : {}
  const annotations = isRecord(metadata['annotations']) ? metadata['annotations'] : {}
  return { ...template, metadata: { ...metadata, annotations: { ...annotations, [restartAnnotation]: at } } }
}

/** The server writes some absent values as null in one answer and leaves them out in another. */
function normal(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(normal)
  if (!isRecord(value)) return value
  const members = Object.entries(value).filter(([, member]) => member !== null && member !== undefined)
  return Object.fromEntries(members.map(([key, member]) => [key, normal(member)]))
}
