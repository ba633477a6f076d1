import type { WatchedAudit } from '../audit/watched.ts'
import type { Finding } from '../cards/doctor.ts'
import type { Workspace } from '../chat/slack/workspace.ts'
import type { Clock } from '../clock.ts'
import type { Clusters } from '../clusters/cluster.ts'
import { ClusterError } from '../clusters/problems.ts'
import type { Config } from '../config/config.ts'
import type { PolicyProblem } from '../policy/problems.ts'
import type { PolicySource } from '../policy/source.ts'
import type { Store } from '../store/store.ts'

/** What `/ops doctor` looks at. Everything at once, each part failing alone. */
export function createExamination(parts: {
  readonly config: Config
  readonly clusters: Clusters
  readonly store: Store
  readonly policy: Pick<PolicySource, 'current' | 'state'>
  readonly workspace: Pick<Workspace, 'scopes'>
  readonly audit: Pick<WatchedAudit, 'failing'>
  readonly scopes: readonly string[]
  /** A problem of the policy file in words, which begin with its place. */
  readonly say: (problem: PolicyProblem) => string
  readonly lastFrame: () => number | undefined
  readonly clock: Clock
}): () => Promise<readonly Finding[]> {
  const { clusters, store, policy, workspace, clock } = parts

  function chat(): Finding[] {
    const last = parts.lastFrame()
    const missing =
      workspace.scopes.length === 0 ? [] : parts.scopes.filter((scope) => !workspace.scopes.includes(scope))
    return [
      last === undefined
        ? { what: 'chat', state: 'bad', detail: 'no open socket' }
        : { what: 'chat', state: 'good', detail: `last frame ${Math.round((clock.now() - last) / 1000)} s ago` },
      ...(missing.length > 0
        ? [{ what: 'chat' as const, state: 'bad' as const, detail: `missing scopes: ${missing.join(', ')}` }]
        : []),
    ]
  }

  async function storage(): Promise<Finding> {
    try {
      await store.probe()
      return { what: 'store', name: parts.config.dataFolder, state: 'good', detail: 'takes writes' }
    } catch (error) {
      return { what: 'store', name: parts.config.dataFolder, state: 'bad', detail: String(error) }
    }
  }

  function rules(): Finding {
    const state = policy.state()
    const { file, digest } = policy.current()
    if (state.kind === 'good') return { what: 'policy', name: file, state: 'good', detail: digest.slice(0, 12) }
    const [first, ...others] = state.problems.map(parts.say)
    const more = others.length > 0 ? ` (+${others.length})` : ''
    return { what: 'policy', name: file, state: 'bad', detail: `the last good one stays in force: ${first}${more}` }
  }

  function trail(): Finding {
    const failure = parts.audit.failing()
    return failure === undefined
      ? { what: 'audit', state: 'good', detail: 'takes records' }
      : { what: 'audit', state: 'bad', detail: `nothing is changed: ${failure}` }
  }

  const each = [...clusters.values()].map((cluster) => async (): Promise<Finding> => {
    try {
      return { what: 'cluster', name: cluster.name, state: 'good', detail: await cluster.as('bot').version() }
    } catch (error) {
      const detail =
        error instanceof ClusterError
          ? `${error.problem.code}${'detail' in error.problem ? `: ${error.problem.detail}` : ''}`
          : String(error)
      return { what: 'cluster', name: cluster.name, state: 'bad', detail }
    }
  })

  return async () => [...chat(), await storage(), trail(), rules(), ...(await Promise.all(each.map((look) => look())))]
}
