import type { AxiosResponse } from 'axios'
import type { Clock } from '../time/clock.ts'
import { Answer, Names, RuleGroups, mostRead, readInstant, readMatrix } from './answers.ts'
import type { Found, Sample } from './answers.ts'
import { codeOf, short, wayProblem } from './faults.ts'
import type { MetricsProblem, Result } from './problems.ts'
import type { Matcher, PromQL } from './promql.ts'
import type { Labels } from './series.ts'
import { createWay } from './way.ts'
import type { Certificates, Credential, Params } from './way.ts'
import type { Window } from './window.ts'

/**
 * Where one cluster's numbers are: the HTTP API that Prometheus, Thanos and VictoriaMetrics share
 * (https://prometheus.io/docs/prometheus/latest/querying/api/). Never throws for what the other side does.
 */
export interface Source {
  readonly cluster: string
  /** Keeps a selector to this cluster where several share the store. */
  readonly matchers: readonly Matcher[]
  /** One point for every step of the window in each series. */
  range(query: PromQL, window: Window): Promise<Result<readonly Found[]>>
  /** At one moment, epoch ms. */
  instant(query: PromQL, at: number): Promise<Result<readonly Sample[]>>
  /** Names of the metrics that had series of any of these selectors since `since`, epoch ms; Prometheus is exact to two hours. */
  names(selectors: readonly PromQL[], since: number): Promise<Result<ReadonlySet<string>>>
  /** What the alerting rules of that name measure, comparison included (https://prometheus.io/docs/prometheus/latest/querying/api/#rules). */
  alertRules(name: string): Promise<Result<readonly AlertRule[]>>
  close(): void
}

export interface AlertRule {
  readonly query: PromQL
  /** Those that it gives its alerts. */
  readonly labels: Labels
}

export interface SourceSettings {
  readonly cluster: string
  /** A path in it is kept: the API stands under it. */
  readonly url: URL
  readonly credential: Credential
  readonly matchers: readonly Matcher[]
  /** Read again after a failed handshake: certificates are renewed under us. */
  readonly certificates: () => Promise<Certificates>
  /** Address of a proxy, if one is to be used. */
  readonly proxy?: string
  readonly deadlineMs?: number
  readonly limitBytes?: number
}

const usualDeadlineMs = 10_000
/** 5 MB are 150,000 samples; parsing them stops the process for 20 ms. */
const usualLimitBytes = 5_000_000

export function createSource(settings: SourceSettings, { clock }: { readonly clock: Clock }): Source {
  const { cluster, matchers } = settings
  const deadlineMs = settings.deadlineMs ?? usualDeadlineMs
  const limitBytes = settings.limitBytes ?? usualLimitBytes
  const way = createWay({ ...settings, limitBytes })

  async function ask(path: string, params: Params): Promise<Result<unknown>> {
    const abort = new AbortController()
    const cancel = clock.after(deadlineMs, () => abort.abort())
    try {
      return understood(await way.get(path, { params, signal: abort.signal }))
    } catch (error) {
      return refused(abort.signal.aborted ? { code: 'metrics_no_answer', cluster, afterMs: deadlineMs } : lost(error))
    } finally {
      cancel()
    }
  }

  function lost(error: unknown): MetricsProblem {
    const large =
      error instanceof Error && codeOf(error) === 'ERR_BAD_RESPONSE' && /maxContentLength/.test(error.message)
    if (large) return { code: 'metrics_too_much', cluster, limitBytes }
    const problem = wayProblem(cluster, error)
    if (problem.code === 'metrics_untrusted') way.renew()
    return problem
  }

  function understood({ status, data }: AxiosResponse<unknown>): Result<unknown> {
    if (status === 401 || status === 403) return refused({ code: 'metrics_unauthorized', cluster, status })
    const answer = Answer.safeParse(parsed(data))
    if (!answer.success)
      return refused({ code: status >= 500 ? 'metrics_failed' : 'metrics_not_prometheus', cluster, status })
    if (answer.data.status === 'success') return { ok: true, value: answer.data.data }
    const { errorType, error } = answer.data
    return refused({ code: 'metrics_refused', cluster, kind: errorType, detail: short(error) })
  }

  const otherwise: Result<never> = refused({ code: 'metrics_not_prometheus', cluster, status: 200 })

  return {
    cluster,
    matchers,
    range: async (query, window) => {
      const { from, to, stepMs } = window
      const params = { query, start: seconds(from), end: seconds(to), step: seconds(stepMs) }
      const answer = await ask('api/v1/query_range', params)
      if (!answer.ok) return answer
      const value = readMatrix(answer.value, window)
      if (typeof value === 'number')
        return refused({ code: 'metrics_series_many', cluster, found: value, most: mostRead })
      return value ? { ok: true, value } : otherwise
    },
    instant: async (query, at) => {
      const answer = await ask('api/v1/query', { query, time: seconds(at) })
      if (!answer.ok) return answer
      const value = readInstant(answer.value)
      if (value === 'text') return refused({ code: 'metrics_no_numbers', cluster })
      return value ? { ok: true, value } : otherwise
    },
    names: async (selectors, since) => {
      const params = { 'match[]': selectors, start: seconds(since), end: seconds(clock.now()) }
      const answer = await ask('api/v1/label/__name__/values', params)
      if (!answer.ok) return answer
      const names = Names.safeParse(answer.value ?? [])
      return names.success ? { ok: true, value: new Set(names.data) } : otherwise
    },
    alertRules: async (name) => {
      const answer = await ask('api/v1/rules', { type: 'alert', 'rule_name[]': name })
      if (!answer.ok) return answer
      const rules = RuleGroups.safeParse(answer.value)
      if (!rules.success) return otherwise
      // Older ones do not know the parameter.
      const named = rules.data.filter((rule) => rule.name === name)
      return { ok: true, value: named.map(({ query, labels }) => ({ query, labels: labels ?? {} })) }
    },
    close: () => way.renew(),
  }
}

const refused = (problem: MetricsProblem): { readonly ok: false; readonly problem: MetricsProblem } => ({
  ok: false,
  problem,
})

const seconds = (ms: number): string => String(ms / 1000)

function parsed(body: unknown): unknown {
  try {
    return typeof body === 'string' ? JSON.parse(body) : undefined
  } catch {
    return undefined
  }
}
