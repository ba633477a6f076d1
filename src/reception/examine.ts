import type { WatchedAudit } from '../audit/watched.ts'
import type { Detail, Finding } from '../cards/doctor.ts'
import type { Workspace } from '../chat/slack/workspace.ts'
import type { Clock } from '../time/clock.ts'
import type { Clusters } from '../clusters/cluster.ts'
import { ClusterError } from '../clusters/problems.ts'
import type { Config } from '../config/config.ts'
import type { PolicySource } from '../policy/source.ts'
import type { Store } from '../store/store.ts'

const asIs = (text: string): Detail => ({ code: 'as_is', text })

/** What `/ops doctor` looks at. Everything at once, each part failing alone. */
export function createExamination(parts: {
  readonly config: Config
  readonly clusters: Clusters
  readonly store: Store
  readonly policy: Pick<PolicySource, 'current' | 'state'>
  readonly workspace: Pick<Workspace, 'scopes'>
  readonly audit: Pick<WatchedAudit, 'failing'>
  readonly scopes: readonly string[]
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
        ? { what: 'chat', state: 'bad', detail: { code: 'no_socket' } }
        : {
            what: 'chat',
            state: 'good',
            detail: { code: 'last_frame', secondsAgo: Math.round((clock.now() - last) / 1000) },
          },
      ...(missing.length > 0
        ? [{ what: 'chat', state: 'bad', detail: { code: 'missing_scopes', scopes: missing } } as const]
        : []),
    ]
  }

  async function storage(): Promise<Finding> {
    try {
      await store.probe()
      return { what: 'store', name: parts.config.dataFolder, state: 'good', detail: { code: 'takes_writes' } }
    } catch (error) {
      return { what: 'store', name: parts.config.dataFolder, state: 'bad', detail: asIs(String(error)) }
    }
  }

  function rules(): Finding {
    const state = policy.state()
    const { file, digest } = policy.current()
    if (state.kind === 'good') return { what: 'policy', name: file, state: 'good', detail: asIs(digest.slice(0, 12)) }
    const { problems } = state
    return { what: 'policy', name: file, state: 'bad', detail: { code: 'older_policy', problems } }
  }

  function trail(): Finding {
    const failure = parts.audit.failing()
    return failure === undefined
      ? { what: 'audit', state: 'good', detail: { code: 'takes_records' } }
      : { what: 'audit', state: 'bad', detail: { code: 'unrecorded', failure } }
  }

  const each = [...clusters.values()].map((cluster) => async (): Promise<Finding> => {
    try {
      return { what: 'cluster', name: cluster.name, state: 'good', detail: asIs(await cluster.as('bot').version()) }
    } catch (error) {
      const text =
        error instanceof ClusterError
          ? `${error.problem.code}${'detail' in error.problem ? `: ${error.problem.detail}` : ''}`
          : String(error)
      return { what: 'cluster', name: cluster.name, state: 'bad', detail: asIs(text) }
    }
  })

  return async () => [...chat(), await storage(), trail(), rules(), ...(await Promise.all(each.map((look) => look())))]
}
