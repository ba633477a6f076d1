/** Why a typed target does not lead to exactly one workload. Each carries what a question with buttons, or a good hint, needs. */
export type TargetProblem =
  /** No flag, no channel default, no thread says which cluster. */
  | { readonly code: 'target_no_cluster'; readonly clusters: readonly string[] }
  | {
      readonly code: 'target_unknown_cluster'
      readonly found: string
      readonly nearest: readonly string[]
      readonly clusters: readonly string[]
    }
  /** A change names one cluster; groups are for reads. */
  | { readonly code: 'target_group_for_change'; readonly group: string; readonly clusters: readonly string[] }
  | { readonly code: 'target_missing' }
  | {
      readonly code: 'target_not_found'
      readonly cluster: string
      /** Absent when all visible namespaces were searched. */
      readonly namespace?: string
      readonly name: string
      readonly nearest: readonly string[]
    }
  | {
      readonly code: 'target_no_namespace'
      readonly cluster: string
      readonly namespace: string
      readonly nearest: readonly string[]
    }
  /** Several workloads have that name: which one? */
  | {
      readonly code: 'target_ambiguous'
      readonly cluster: string
      readonly name: string
      readonly choices: readonly Choice[]
    }
  /** Found, perhaps, but not every namespace answered, so it may not be the only one. */
  | {
      readonly code: 'target_search_incomplete'
      readonly cluster: string
      readonly name: string
      readonly choices: readonly Choice[]
      readonly unanswered: readonly string[]
    }

export interface Choice {
  readonly namespace: string
  readonly kind: string
  readonly name: string
}
