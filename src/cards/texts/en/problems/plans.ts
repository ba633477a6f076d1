import type { PlanProblem } from '../../../../plans/plan.ts'
import type { SentencesFor } from '../../../problem.ts'
import { few } from '../words.ts'

const cannot: Readonly<Record<Extract<PlanProblem, { code: 'plan_cannot' }>['why'], (kind: string) => string>> = {
  'daemonset-has-no-replicas': () => 'a DaemonSet runs one pod on each node; it has no replicas to set',
  'kind-has-no-pause': (kind) => `a ${kind} cannot be paused; only Deployments can`,
  paused: () => 'it is paused, so nothing would roll out: resume it first',
  deleting: () => 'it is being deleted',
  'not-paused': () => 'it is not paused',
  'already-paused': () => 'it is paused already',
  'no-autoscaler': () => 'it has no autoscaler whose bounds could be set',
}

const autoscaled: Readonly<Record<Extract<PlanProblem, { code: 'plan_autoscaled' }>['why'], string>> = {
  keda: 'KEDA makes that autoscaler and would put its bounds back: change the ScaledObject.',
  owned: 'Another tool writes that autoscaler and would put its bounds back: change it there.',
  'to-zero': 'At 0 replicas the autoscaler switches itself off. Scale its bounds instead, such as 1..4.',
  relative: 'It moves the number all day, so +n and -n have no fixed meaning. Give its bounds, such as 4..12.',
  asleep: 'At 0 replicas it is switched off. Give its bounds, such as 4..12, to wake it.',
  several: 'More than one autoscaler claims this workload; they fight each other. Remove one first.',
}

const imageFaults: Readonly<Record<string, string>> = {
  empty: 'it is empty',
  domain: 'its registry is not a host name',
  repository: 'its repository has characters that no registry takes',
  uppercase: 'a repository is written in lower case',
  tag: 'a tag has letters, digits, “_”, “.” and “-”, at most 128',
  digest: 'a digest reads sha256: and 64 hex digits',
  'too-long': 'it is longer than 255 characters',
}

export const planProblems: SentencesFor<PlanProblem> = {
  plan_nothing_to_change: ({ target, what }) => ({
    sentence: `Nothing to change: ${target} is at ${what} already.`,
    remedy: 'If its pods should start anew, restart it.',
  }),
  plan_no_such_container: ({ target, container, containers }) => ({
    sentence: `${target} has no container ${container}.`,
    remedy: `It has ${few(containers)}.`,
  }),
  plan_which_container: ({ target, containers }) => ({
    sentence: `${target} has ${containers.length} containers that this could mean. Which one?`,
    remedy: few(containers.map(({ name, image }) => `${name} (${image})`)),
  }),
  plan_bad_image: ({ image, why }) => ({
    sentence: `${image} is not an image reference: ${imageFaults[why] ?? why}.`,
    remedy: 'Give a tag (1.5.0), a digest (sha256:…) or a full reference (registry/repository:tag).',
  }),
  plan_cannot: ({ action, kind, target, why }) => ({ sentence: `${target} cannot ${action}: ${cannot[why](kind)}.` }),
  plan_no_revision: ({ target, revision, available }) => ({
    sentence:
      revision === undefined
        ? `${target} has no earlier revision to go back to.`
        : `${target} has no revision ${revision}.`,
    ...(available.length > 0 ? { remedy: `There are ${few(available.map(String))}.` } : {}),
  }),
  plan_autoscaled: ({ target, autoscaler, min, max, why }) => ({
    sentence: `Autoscaler ${autoscaler} keeps ${target} at ${min}–${max} replicas.`,
    remedy: autoscaled[why],
  }),
  plan_bad_replicas: ({ found }) => ({
    sentence: `${found} is not a number of replicas.`,
    remedy: 'Give a whole number from 0 on.',
  }),
  plan_not_permitted: ({ cluster, namespace, verb, resource, caller }) => ({
    sentence:
      caller === 'bot'
        ? `${cluster} would refuse this: my own account there may not ${verb} ${resource} in ${namespace} (RBAC). Nothing was changed.`
        : `${cluster} would refuse this: it hears you as ${caller.user} in ${few(caller.groups)}, who may not ${verb} ${resource} in ${namespace} (RBAC). Nothing was changed.`,
    remedy:
      caller === 'bot'
        ? 'Its admins give that right to the account in my kubeconfig.'
        : `Its admins bind a role with ${verb} on ${resource} to the group readback:<role> there.`,
  }),
  plan_gone: ({ target }) => ({ sentence: `${target} is gone. Nothing was changed.` }),
  plan_undo_stale: ({ target, moved }) => ({
    sentence: `${target} has moved on since that change, so the stored way back no longer fits. Nothing was changed.`,
    code: moved.join('\n'),
    remedy: 'Roll back to a revision instead: /ops history shows them.',
  }),
}
