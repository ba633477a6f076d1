import { ReadbackError } from '../errors.ts'

/** What a cluster's API server, or the way to it, answers instead of what was asked. `detail` is foreign text. */
export type ClusterProblem =
  /** No connection, TLS refused, name not resolved. The request surely did not reach the server. */
  | { readonly code: 'cluster_unreachable'; readonly cluster: string; readonly detail: string }
  /** Asked too many times in vain lately; not asked now. `retryAt` is epoch ms. */
  | { readonly code: 'cluster_resting'; readonly cluster: string; readonly retryAt: number }
  /** No answer within the deadline, or the connection died after the request was sent: a write may have happened. */
  | { readonly code: 'cluster_no_answer'; readonly cluster: string; readonly detail: string }
  /** 401, or no credential could be had. */
  | { readonly code: 'cluster_unauthorized'; readonly cluster: string; readonly detail: string }
  /** 403 by RBAC. */
  | { readonly code: 'cluster_forbidden'; readonly cluster: string; readonly detail: string }
  /** An admission webhook or a quota said no. */
  | { readonly code: 'cluster_denied'; readonly cluster: string; readonly detail: string }
  | { readonly code: 'cluster_not_found'; readonly cluster: string; readonly detail: string }
  | { readonly code: 'cluster_conflict'; readonly cluster: string; readonly detail: string }
  /** 422 with the object's own faults; `fields` name them. */
  | {
      readonly code: 'cluster_invalid'
      readonly cluster: string
      readonly detail: string
      readonly fields: readonly string[]
    }
  /** 422 because a `test` of our JSON Patch did not hold: the object has moved since it was read. */
  | { readonly code: 'cluster_moved'; readonly cluster: string }
  /** 410: the resource version is too old; list again. */
  | { readonly code: 'cluster_expired'; readonly cluster: string }
  | { readonly code: 'cluster_throttled'; readonly cluster: string; readonly retryAfterMs: number }
  /** Any other answer, 5xx included; or an answer that does not parse. A write may have happened. */
  | { readonly code: 'cluster_failed'; readonly cluster: string; readonly status: number; readonly detail: string }

export class ClusterError extends ReadbackError<ClusterProblem> {}
