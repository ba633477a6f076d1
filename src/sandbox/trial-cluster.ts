import { at, objectsIn } from '../clusters/reading/fields.ts'
import type { Json } from '../json.ts'
import type { Clock } from '../time/clock.ts'
import { createKubernetesSimulation } from './kubernetes/simulation.ts'
import type { KubernetesSimulation } from './kubernetes/simulation.ts'
import type { Reference } from './kubernetes/direct-access.ts'
import type { Seed } from './kubernetes/seed.ts'
import { workloadsOf } from './page/cluster-view.ts'
import type { PageCluster, PageWorkload } from './page/protocol.ts'

/** One cluster of the trial as the page plays with it. */
export interface TrialCluster {
  readonly name: string
  readonly environment: string
  look(): PageCluster
  workloads(): readonly PageWorkload[]
  onChange(listener: () => void): void
  close(): Promise<void>
}

/** `gone`: there is no such object, or none any more. */
export type Outcome = 'done' | 'gone'

/** A simulated one, and the accidents that can happen to it. */
export interface SimulatedCluster extends TrialCluster {
  readonly url: string
  readonly token: string
  list: KubernetesSimulation['list']
  killPod(namespace: string, name: string): Outcome
  /** Somebody changes a Deployment's pod template with other tools. */
  meddle(namespace: string, name: string): Outcome
  /** Somebody else's pipeline sets the image tag of a Deployment's containers. */
  ship(order: { readonly namespace: string; readonly name: string; readonly tag: string; readonly cause: string }): void
  setSlow(on: 'on' | 'off'): void
  setDown(on: 'on' | 'off'): Promise<void>
  setExpired(on: 'on' | 'off'): void
}

const slowMs = 2_500
const administrator = { name: 'readback', groups: ['system:masters'] }

export interface SimulatedClusterOptions {
  readonly clock: Clock
  readonly name: string
  readonly environment: string
  readonly token: string
  readonly seed: Seed
}

/** Listens when it resolves. */
export async function createSimulatedCluster({
  clock,
  name,
  environment,
  token,
  seed,
}: SimulatedClusterOptions): Promise<SimulatedCluster> {
  const simulation = createKubernetesSimulation({ clock, name, seed, tokens: { [token]: administrator } })
  const { url } = await simulation.listen()
  const listeners = new Set<() => void>()
  let known: readonly PageWorkload[] | undefined
  let recover: (() => void) | undefined
  let down = false
  let expired = false
  let moving = Promise.resolve()
  const changed = (): void => {
    for (const listener of listeners) listener()
  }
  simulation.onChange(({ resource }) => {
    if (resource.kind === 'Event' || resource.kind === 'Lease') return
    known = undefined
    changed()
  })
  const workloads = (): readonly PageWorkload[] => (known ??= workloadsOf(simulation))
  const ifThere = (reference: Reference, change: (found: Reference) => void): Outcome => {
    if (simulation.get(reference) === undefined) return 'gone'
    change(reference)
    return 'done'
  }

  return {
    name,
    environment,
    url,
    token,
    workloads,
    look: () => ({
      name,
      environment,
      version: simulation.version,
      state: down ? 'down' : recover === undefined ? 'up' : 'slow',
      tokenExpired: expired,
      workloads: workloads(),
    }),
    onChange: (listener) => {
      listeners.add(listener)
    },
    list: (kind) => simulation.list(kind),
    killPod: (namespace, pod) =>
      ifThere({ apiVersion: 'v1', kind: 'Pod', namespace, name: pod }, (found) => simulation.delete(found)),
    meddle: (namespace, workload) =>
      ifThere({ apiVersion: 'apps/v1', kind: 'Deployment', namespace, name: workload }, (found) => {
        const moment = new Date(clock.now()).toISOString()
        simulation.patch(found, {
          spec: { template: { metadata: { annotations: { 'shop.example/edited-by-hand': moment } } } },
        })
      }),
    ship: ({ namespace, name: workload, tag, cause }) => {
      const deployment = { apiVersion: 'apps/v1', kind: 'Deployment', namespace, name: workload }
      const containers = objectsIn(at(simulation.get(deployment), 'spec', 'template', 'spec', 'containers')).map(
        (container) => ({ ...container, image: `${repositoryOf(container['image'])}:${tag}` }),
      )
      simulation.patch(deployment, {
        metadata: { annotations: { 'kubernetes.io/change-cause': cause } },
        spec: { template: { spec: { containers } } },
      })
    },
    setSlow: (on) => {
      recover?.()
      recover = on === 'on' ? simulation.faults.add({ effect: { kind: 'delay', ms: slowMs } }) : undefined
      changed()
    },
    setDown: (on) => {
      // One after the other: it comes back only when it is gone.
      const moved = moving.then(async () => {
        if (down === (on === 'on')) return
        await (down ? simulation.faults.comeBack() : simulation.faults.goDown())
        down = !down
        changed()
      })
      moving = moved.catch(() => {})
      return moved
    },
    setExpired: (on) => {
      expired = on === 'on'
      if (expired) {
        simulation.tokens.expire(token)
        simulation.faults.cutStreams('clean')
      } else simulation.tokens.add(token, administrator)
      changed()
    },
    close: () => simulation.close(),
  }
}

const repositoryOf = (image: Json | undefined): string =>
  typeof image === 'string' ? image.replace(/:[^:/]*$/, '') : ''
