import type { ClusterName } from '../clusters/names.ts'
import { typedTarget } from '../clusters/names.ts'
import type { Workload } from '../clusters/nouns.ts'
import type { FormName } from '../command-line/context.ts'
import { askAll } from '../reads/answers.ts'
import { searchByName } from '../targets/search.ts'
import type { Asking } from './asking.ts'
import { accessFor } from './desk.ts'
import type { Desk } from './desk.ts'
import { onlyVisible } from './sight.ts'

/** What a form offers: the live workloads that this person may do it to, and images that ran lately. */
export interface FormChoices {
  readonly targets: readonly { readonly label: string; readonly value: string }[]
  readonly images: readonly string[]
}

/** A select takes at most a hundred options. */
const most = 100

/** A form opens within three seconds of the click, so clusters get less. */
const patienceMs = 1_800

/** Asks the channel's cluster, or all of them, as the person; whatever does not answer in time is left out, and its target can be typed. */
export async function formChoices(verb: FormName, asking: Asking, desk: Desk): Promise<FormChoices> {
  const access = accessFor(desk, asking.speaker)
  const clusters =
    asking.around.cluster === undefined
      ? [...desk.clusters.keys()]
      : [...desk.clusters.keys()].filter((name) => name === asking.around.cluster)
  const listOn = async (cluster: ClusterName): Promise<readonly Workload[]> => {
    const { namespace } = asking.around
    const workloads =
      namespace === undefined
        ? (await searchByName(access(cluster), {})).workloads
        : await access(cluster).workloads({ namespace })
    return onlyVisible(workloads, { asking, desk, actions: [verb] })
  }
  const answers = await Promise.race([
    askAll(clusters, listOn),
    new Promise<readonly never[]>((resolve) => desk.clock.after(patienceMs, () => resolve([]))),
  ])
  const workloads = answers.flatMap((answer) => (answer.ok ? answer.value : []))
  const targets = workloads.slice(0, most).map((workload) => ({
    label: `${workload.cluster}: ${workload.namespace}/${workload.name}`.slice(0, 75),
    value: typedTarget(workload),
  }))
  const images = workloads.flatMap(({ containers }) => containers.map(({ image }) => image))
  return { targets: targets.filter(({ value }) => value.length <= 75), images: [...new Set(images)].slice(0, most) }
}
