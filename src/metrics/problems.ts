/** Why numbers could not be had, or were not asked for. `detail` is foreign text. */
export type MetricsProblem =
  /** No connection, name not resolved, or a proxy on the way refused. */
  | { readonly code: 'metrics_unreachable'; readonly cluster: string; readonly detail: string }
  /** Its certificate is not signed by anybody who is trusted, or names another host. */
  | { readonly code: 'metrics_untrusted'; readonly cluster: string; readonly detail: string }
  | { readonly code: 'metrics_no_answer'; readonly cluster: string; readonly afterMs: number }
  | { readonly code: 'metrics_unauthorized'; readonly cluster: string; readonly status: number }
  /** Something answers there and it is no Prometheus: a login page, another API. */
  | { readonly code: 'metrics_not_prometheus'; readonly cluster: string; readonly status: number }
  /** 5xx without words of its own. */
  | { readonly code: 'metrics_failed'; readonly cluster: string; readonly status: number }
  /** The source's own error: `kind` is Prometheus' `errorType`. */
  | {
      readonly code: 'metrics_refused'
      readonly cluster: string
      readonly kind: string
      readonly detail: string
    }
  | { readonly code: 'metrics_too_much'; readonly cluster: string; readonly limitBytes: number }
  | { readonly code: 'metrics_series_many'; readonly cluster: string; readonly found: number; readonly most: number }
  /** The query gives a text. */
  | { readonly code: 'metrics_no_numbers'; readonly cluster: string }
  | { readonly code: 'metrics_not_configured'; readonly cluster: string }
  /** None of the series that this preset is made of exists there. */
  | { readonly code: 'metrics_preset_empty'; readonly cluster: string; readonly preset: string }
  | { readonly code: 'metrics_range_long'; readonly longestMs: number }
  | { readonly code: 'metrics_range_short'; readonly shortestMs: number }
  | { readonly code: 'metrics_step_fine'; readonly points: number; readonly most: number; readonly finestMs: number }
  | { readonly code: 'metrics_step_coarse'; readonly coarsestMs: number }
  /** Several clusters share the store and a query of somebody's own cannot be kept to one of them. */
  | { readonly code: 'metrics_shared_store'; readonly cluster: string }
  | { readonly code: 'metrics_nothing_asked' }
  | { readonly code: 'metrics_clusters_many'; readonly most: number }

export type Result<Value> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly problem: MetricsProblem }
