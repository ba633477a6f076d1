import { z } from 'zod'
import type { Clock } from '../../time/clock.ts'
import { callerHeaders } from '../../clusters/direct/caller.ts'
import type { Link } from '../../clusters/direct/link.ts'
import { tagOf } from '../page/cluster-view.ts'
import type { PageWorkload } from '../page/protocol.ts'

/** What the page itself knows of one of the visitor's clusters: few reads, and nothing else. */
export interface Survey {
  /** Empty until the cluster has answered. */
  version(): string
  /** Whether it answered when it was asked last; true until then. */
  answers(): boolean
  /** As listed last, without their pods; where that is long ago they are listed anew, for the next time. */
  workloads(): readonly PageWorkload[]
  close(): void
}

const everyMs = 15_000
const patienceMs = 5_000
/** Names to complete, not an inventory. */
const most = 500
const listed = ['deployments', 'statefulsets', 'daemonsets'] as const
const kinds = { deployments: 'Deployment', statefulsets: 'StatefulSet', daemonsets: 'DaemonSet' } as const

const Version = z.object({ gitVersion: z.string() })
const List = z.object({
  items: z.array(
    z.object({
      metadata: z.object({ name: z.string(), namespace: z.string() }),
      spec: z.object({
        replicas: z.number().optional(),
        template: z.object({ spec: z.object({ containers: z.array(z.object({ image: z.string().optional() })) }) }),
      }),
    }),
  ),
})

/** Asks at once and then from time to time; `onChange` when the answer is another one. */
export function createSurvey(
  link: Link,
  { clock, onChange }: { readonly clock: Clock; readonly onChange: () => void },
): Survey {
  let version = ''
  let answers = true
  let workloads: readonly PageWorkload[] = []
  let listedAt = Number.NEGATIVE_INFINITY
  let closed = false
  let cancel = (): void => {}

  async function get(path: string): Promise<unknown> {
    const given = new AbortController()
    const late = clock.after(patienceMs, () => given.abort())
    try {
      const wire = await link.wire()
      const { statusCode, body } = await wire.calls.request({
        origin: wire.origin,
        path: `${wire.prefix}${path}`,
        method: 'GET',
        headers: {
          accept: 'application/json',
          ...callerHeaders('bot', wire.as),
          ...(wire.authorization === undefined ? {} : { authorization: wire.authorization }),
        },
        signal: given.signal,
      })
      if (statusCode === 401) link.renew()
      if (statusCode === 200) return await body.json()
      await body.dump()
      return undefined
    } finally {
      late()
    }
  }

  async function look(): Promise<void> {
    const before = `${answers} ${version}`
    try {
      const found = Version.safeParse(await get('/version'))
      answers = true
      if (found.success) version = found.data.gitVersion
    } catch {
      // Why, the bot says when it is asked for something there.
      answers = false
    }
    if (closed) return
    cancel = clock.after(everyMs, () => void look())
    if (`${answers} ${version}` !== before) onChange()
  }

  /** Kinds that may not be listed, or not now, are left out. */
  async function list(): Promise<void> {
    listedAt = clock.now()
    const found = await Promise.all(
      listed.map(async (plural) => {
        const answer = List.safeParse(await get(`/apis/apps/v1/${plural}?limit=${most}`).catch(() => undefined))
        return (answer.data?.items ?? []).map(({ metadata, spec }): PageWorkload => ({
          ...metadata,
          kind: kinds[plural],
          tag: tagOf(spec.template.spec.containers[0]?.image),
          wanted: spec.replicas ?? 0,
          pods: [],
        }))
      }),
    )
    workloads = found.flat().filter(({ namespace }) => namespace !== 'kube-system')
  }

  void look()
  return {
    version: () => version,
    answers: () => answers,
    workloads: () => {
      if (clock.now() - listedAt > everyMs) void list()
      return workloads
    },
    close: () => {
      closed = true
      cancel()
    },
  }
}
