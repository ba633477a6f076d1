import type { TargetProblem } from '../../../../targets/problems.ts'
import type { SentencesFor } from '../../../problem.ts'
import { anyOf, didYouMean, few } from '../words.ts'

const place = ({ cluster, namespace }: { readonly cluster: string; readonly namespace?: string }): string =>
  namespace === undefined ? `在 ${cluster} 上你能查看的命名空间里` : `在 ${cluster} 的 ${namespace} 里`

const spelled = (choice: { readonly namespace: string; readonly kind: string; readonly name: string }): string =>
  `${choice.namespace}/${choice.kind.toLowerCase()}/${choice.name}`

const look = '/ops status 可以列出现有的内容。'

export const targetProblems: SentencesFor<TargetProblem> = {
  target_no_cluster: ({ clusters }) => ({
    sentence: '在哪个集群上？',
    remedy: `请写“to ${anyOf(clusters.slice(0, 3))}”，或者在 readback.yaml 里给这个频道设置默认集群。`,
  }),
  target_unknown_cluster: ({ found, nearest, clusters }) => ({
    sentence: `没有集群 ${found}。`,
    remedy: didYouMean(nearest, `现有集群：${few(clusters)}。`),
  }),
  target_group_for_change: ({ group, clusters }) => ({
    sentence: `${group} 是一组集群，而变更一次只能针对一个集群。`,
    remedy: `请指定其中一个：${few(clusters)}。`,
  }),
  target_missing: () => ({ sentence: '哪个工作负载？', remedy: '请按 [cluster:][namespace/][kind/]name 的写法指定。' }),
  target_not_found: ({ name, nearest, ...where }) => ({
    sentence: `${place(where)}没有工作负载 ${name}。`,
    remedy: didYouMean(nearest, look),
  }),
  target_no_namespace: ({ cluster, namespace, nearest }) => ({
    sentence: `${cluster} 上没有命名空间 ${namespace}。`,
    remedy: didYouMean(nearest, look),
  }),
  target_ambiguous: ({ cluster, name, choices }) => ({
    sentence: `${cluster} 上有 ${choices.length} 个工作负载都叫 ${name}，是哪一个？`,
    remedy: few(choices.map(spelled)),
  }),
  target_search_incomplete: ({ cluster, name, choices, unanswered }) => ({
    sentence: `${cluster} 有命名空间没有响应（${few(unanswered, 3)}），无法确定 ${name} 是否只有一个。`,
    remedy: choices.length > 0 ? `目前找到：${few(choices.map(spelled))}。` : '请写明命名空间：namespace/name。',
  }),
}
