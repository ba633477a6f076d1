import { z } from 'zod'
import type { ClusterAccess } from '../../clusters/cluster.ts'
import type { ObjectRef, WorkloadKind } from '../../clusters/names.ts'
import type { Workload } from '../../clusters/nouns.ts'

const Owned = z.object({
  metadata: z.object({
    ownerReferences: z
      .array(z.object({ kind: z.string(), name: z.string(), controller: z.boolean().nullish() }))
      .nullish(),
  }),
})

interface Named {
  readonly kind: WorkloadKind
  readonly name: string
}

type Owner = Named | 'gone' | 'none'

/** pod → ReplicaSet → Deployment, and pod → StatefulSet or DaemonSet. `none`: nothing that this bot knows stands behind it (a Job, a bare pod). */
export async function ownerOfPod(
  pod: { readonly namespace: string; readonly name: string },
  access: ClusterAccess,
): Promise<Owner> {
  const { namespace, name } = pod
  const owner = await controllerOf({ apiVersion: 'v1', kind: 'Pod', namespace, name }, access)
  if (owner === 'gone') return formerOwner(pod, access)
  if (owner === 'none') return 'none'
  if (owner.kind === 'StatefulSet' || owner.kind === 'DaemonSet') return { kind: owner.kind, name: owner.name }
  if (owner.kind !== 'ReplicaSet') return 'none'
  const above = await controllerOf({ apiVersion: 'apps/v1', kind: 'ReplicaSet', namespace, name: owner.name }, access)
  if (above === 'gone') return formerOwner(pod, access)
  return above !== 'none' && above.kind === 'Deployment' ? { kind: 'Deployment', name: above.name } : 'none'
}

async function controllerOf(
  ref: ObjectRef,
  access: ClusterAccess,
): Promise<{ readonly kind: string; readonly name: string } | 'gone' | 'none'> {
  const object = await access.read(ref)
  if (object === undefined) return 'gone'
  const owners = Owned.parse(object).metadata.ownerReferences ?? []
  return owners.find(({ controller }) => controller === true) ?? 'none'
}

/** Of a pod that is gone already: what is there in its namespace and has, or had in a revision that is kept, pods of such a name. Only where that is one. */
async function formerOwner(
  { namespace, name }: { readonly namespace: string; readonly name: string },
  access: ClusterAccess,
): Promise<Owner> {
  const near = (await access.workloads({ namespace })).filter((workload) => name.startsWith(`${workload.name}-`))
  const made = await Promise.all(near.map((workload) => hasMade(workload, name, access)))
  const [one, ...others] = near.filter((_, index) => made[index])
  return one === undefined || others.length > 0 ? 'gone' : { kind: one.kind, name: one.name }
}

async function hasMade(workload: Workload, pod: string, access: ClusterAccess): Promise<boolean> {
  const rest = pod.slice(workload.name.length + 1)
  if (workload.kind === 'StatefulSet') return /^\d+$/.test(rest)
  if (workload.kind === 'DaemonSet') return /^[a-z0-9]{5}$/.test(rest)
  const revisions = await access.revisions(workload)
  return revisions.some(
    (revision) => /^[a-z0-9]{5}$/.test(pod.slice(revision.name.length + 1)) && pod.startsWith(`${revision.name}-`),
  )
}
