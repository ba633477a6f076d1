import type { TargetProblem } from '../../../../targets/problems.ts'
import type { SentencesFor } from '../../../problem.ts'
import { anyOf, didYouMean, few } from '../words.ts'

const place = ({ cluster, namespace }: { readonly cluster: string; readonly namespace?: string }): string =>
  namespace === undefined ? `any namespace of ${cluster} that you can see` : `${namespace} on ${cluster}`

const spelled = (choice: { readonly namespace: string; readonly kind: string; readonly name: string }): string =>
  `${choice.namespace}/${choice.kind.toLowerCase()}/${choice.name}`

export const targetProblems: SentencesFor<TargetProblem> = {
  target_no_cluster: ({ clusters }) => ({
    sentence: 'On which cluster?',
    remedy: `Say “to ${anyOf(clusters.slice(0, 3))}”, or set this channel's default in readback.yaml.`,
  }),
  target_unknown_cluster: ({ found, nearest, clusters }) => ({
    sentence: `There is no cluster ${found}.`,
    remedy: didYouMean(nearest, `There are ${few(clusters)}.`),
  }),
  target_group_for_change: ({ group, clusters }) => ({
    sentence: `${group} is a group of clusters; a change goes to one cluster at a time.`,
    remedy: `Name one of ${few(clusters)}.`,
  }),
  target_missing: () => ({ sentence: 'Which workload?', remedy: 'Name it as [cluster:][namespace/][kind/]name.' }),
  target_not_found: ({ name, nearest, ...where }) => ({
    sentence: `There is no workload ${name} in ${place(where)}.`,
    remedy: didYouMean(nearest, '/ops status lists what is there.'),
  }),
  target_no_namespace: ({ cluster, namespace, nearest }) => ({
    sentence: `There is no namespace ${namespace} on ${cluster}.`,
    remedy: didYouMean(nearest, '/ops status lists what is there.'),
  }),
  target_ambiguous: ({ cluster, name, choices }) => ({
    sentence: `${cluster} has ${choices.length} workloads called ${name}. Which one?`,
    remedy: few(choices.map(spelled)),
  }),
  target_search_incomplete: ({ cluster, name, choices, unanswered }) => ({
    sentence: `Not every namespace of ${cluster} answered (${few(unanswered, 3)}), so I cannot tell whether there is only one ${name}.`,
    remedy: choices.length > 0 ? `Found so far: ${few(choices.map(spelled))}.` : 'Name the namespace: namespace/name.',
  }),
}
