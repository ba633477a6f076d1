import type { JsonObject } from '../../json.ts'
import type { ObjectStore } from './object-store.ts'
import type { Resource, Resources } from './resources.ts'
import { ApiError, forbidden } from './api-error.ts'
import { isDeleting, nameOf, namespaceOf } from './objects.ts'
import { list, record, strings, text } from './fields.ts'
import { formatQuantity, parseQuantity } from './quantity.ts'

/** An admission webhook that a test or the page puts before writes. */
export interface Webhook {
  readonly name: string
  /** `deployments`; all when absent. */
  readonly plural?: string
  /** What to say: a refusal, nothing, or that the webhook itself is down. */
  review(object: JsonObject, operation: Operation): { readonly deny: string } | 'allow' | 'down'
}

type Operation = 'CREATE' | 'UPDATE' | 'DELETE'

export interface Admission {
  /** The object as admitted. Throws what a webhook or a quota answers. */
  admit(resource: Resource, object: JsonObject, operation: Operation): JsonObject
  /** Returns the function that takes it away again. */
  addWebhook(webhook: Webhook): () => void
}

export function createAdmission({
  store,
  resources,
}: {
  readonly store: ObjectStore
  readonly resources: Resources
}): Admission {
  const webhooks = new Set<Webhook>()
  const pods = resources.of('v1', 'Pod')
  const quotas = resources.of('v1', 'ResourceQuota')

  const checkQuota = (pod: JsonObject) => {
    const namespace = namespaceOf(pod)
    for (const quota of store.list(quotas, namespace)) {
      const hard = strings(quota, 'spec', 'hard')
      const wanted = podUsage(pod)
      const used = new Map<string, number>()
      for (const other of store.each(pods))
        if (namespaceOf(other) === namespace && !isOver(other))
          for (const [key, amount] of podUsage(other)) used.set(key, (used.get(key) ?? 0) + amount)
      const over = Object.keys(hard)
        .sort()
        .filter(
          (key) => wanted.has(key) && (used.get(key) ?? 0) + (wanted.get(key) ?? 0) > parseQuantity(hard[key] ?? ''),
        )
      if (over.length === 0) continue
      const amounts = (of: Map<string, number>) =>
        over.map((key) => `${key}=${formatQuantity(key, of.get(key) ?? 0)}`).join(',')
      const limits = over.map((key) => `${key}=${hard[key]}`).join(',')
      throw forbidden(pods, {
        name: nameOf(pod),
        why: `exceeded quota: ${nameOf(quota)}, requested: ${amounts(wanted)}, used: ${amounts(used)}, limited: ${limits}`,
      })
    }
  }

  return {
    admit: (resource, object, operation) => {
      for (const webhook of webhooks) {
        if (webhook.plural !== undefined && webhook.plural !== resource.plural) continue
        const answer = webhook.review(object, operation)
        if (answer === 'allow') continue
        if (answer === 'down')
          throw new ApiError(500, {
            reason: 'InternalError',
            message: `Internal error occurred: failed calling webhook "${webhook.name}": failed to call webhook: Post "https://${webhook.name}.svc:443/validate?timeout=10s": connect: connection refused`,
            details: { causes: [{ message: `failed calling webhook "${webhook.name}"` }] },
          })
        throw new ApiError(403, {
          reason: 'Forbidden',
          message: `admission webhook "${webhook.name}" denied the request: ${answer.deny}`,
        })
      }
      if (resource.kind === 'Pod' && operation === 'CREATE') checkQuota(object)
      return object
    },
    addWebhook: (webhook) => {
      webhooks.add(webhook)
      return () => {
        webhooks.delete(webhook)
      }
    },
  }
}

const isOver = (pod: JsonObject) =>
  isDeleting(pod) ? false : ['Succeeded', 'Failed'].includes(text(pod, 'status', 'phase'))

/** What one pod counts for in a quota: `pods`, `requests.cpu`, `limits.memory`, `cpu`, … */
export function podUsage(pod: JsonObject): Map<string, number> {
  const usage = new Map([
    ['pods', 1],
    ['count/pods', 1],
  ])
  for (const container of list(pod, 'spec', 'containers'))
    for (const kind of ['requests', 'limits'])
      for (const [name, amount] of Object.entries(record(container, 'resources', kind))) {
        const value = typeof amount === 'string' || typeof amount === 'number' ? parseQuantity(String(amount)) : 0
        const key = `${kind}.${name}`
        usage.set(key, (usage.get(key) ?? 0) + value)
        if (kind === 'requests') usage.set(name, (usage.get(name) ?? 0) + value)
      }
  return usage
}
