import type { LogQuery } from '../cluster.ts'
import type { Client } from './client.ts'
import { readPodShape } from '../reading/pod-shape.ts'
import { resourcePath } from './paths.ts'

/** One run of a container. The next run has its own log. */
export interface ContainerRun {
  readonly pod: string
  readonly restarts: number
  readonly running: boolean
}

/** The run that a container is in, or undefined when the pod or the container is gone. */
export async function containerRun(
  client: Client,
  { namespace, pod, container }: LogQuery,
): Promise<ContainerRun | undefined> {
  const path = resourcePath({ apiVersion: 'v1', resource: 'pods', namespace, name: pod })
  const object = await client.within((deadline) => client.find(path, deadline))
  if (!object) return undefined
  const { metadata, status } = readPodShape(object)
  const known = [
    ...status.containerStatuses,
    ...status.initContainerStatuses,
    ...status.ephemeralContainerStatuses,
  ].find(({ name }) => name === container)
  return known && { pod: metadata.uid, restarts: known.restartCount, running: Boolean(known.state.running) }
}
