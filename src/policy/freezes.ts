import type { Policy } from './policy.ts'
import type { ActionWord } from './schema.ts'

/** A freeze that somebody ordered in chat. Times are epoch ms. */
export interface ChatFreeze {
  readonly name: string
  /** All clusters when empty. */
  readonly clusters: readonly string[]
  readonly from: number
  readonly to: number
  readonly except: readonly ActionWord[]
}

/** What stands in a rule's `file` for a freeze that no file holds; its line is 0. */
export const chatRuleFile = 'chat'

/** The same policy with freezes from chat beside those of the file. Costs as much as there are freezes. */
export function withFreezes(policy: Policy, freezes: readonly ChatFreeze[]): Policy {
  if (freezes.length === 0) return policy
  const added = freezes.map(({ name, clusters, from, to, except }) => ({
    name,
    rule: { name: `freeze ${name}`, file: chatRuleFile, line: 0 },
    limits: clusters.length === 0 ? [] : [exactClusters(clusters)],
    except,
    active: (at: number) => (at >= from && at < to ? { until: to } : undefined),
  }))
  return { ...policy, freezes: [...policy.freezes, ...added] }
}

/** Unlike the file's own limits this one also holds for clusters that were unknown when the policy was read. */
function exactClusters(clusters: readonly string[]) {
  return {
    text: `clusters: [${clusters.join(', ')}]`,
    test: ({ cluster }: { readonly cluster: string }) =>
      clusters.includes(cluster) ? ('met' as const) : ('failed' as const),
  }
}
