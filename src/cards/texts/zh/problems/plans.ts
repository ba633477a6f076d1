import type { PlanProblem } from '../../../../plans/plan.ts'
import type { SentencesFor } from '../../../problem.ts'
import { few } from '../words.ts'

const cannot: Readonly<Record<Extract<PlanProblem, { code: 'plan_cannot' }>['why'], (kind: string) => string>> = {
  'daemonset-has-no-replicas': () => 'DaemonSet 在每个节点上运行一个 Pod，没有副本数可调',
  'kind-has-no-pause': (kind) => `${kind} 不支持暂停，只有 Deployment 可以`,
  paused: () => '发布处于暂停状态，改了也不会滚动更新，请先用 resume 恢复',
  deleting: () => '它正在被删除',
  'not-paused': () => '它没有暂停',
  'already-paused': () => '它已经暂停了',
  'no-autoscaler': () => '它没有 HPA，无法设置上下限',
}

const autoscaled: Readonly<Record<Extract<PlanProblem, { code: 'plan_autoscaled' }>['why'], string>> = {
  keda: '这个 HPA 由 KEDA 生成，改了也会被还原：请修改 ScaledObject。',
  owned: '这个 HPA 由其他工具管理，改了也会被还原：请到那边修改。',
  'to-zero': '副本数设为 0 会让 HPA 停止工作。请改为调整上下限，例如 1..4。',
  relative: 'HPA 会不断调整副本数，+n、-n 没有确定的含义。请写上下限，例如 4..12。',
  asleep: '副本数为 0 时 HPA 不工作。请写上下限来唤醒它，例如 4..12。',
  several: '有多个 HPA 同时管理这个工作负载，会互相冲突。请先删到只剩一个。',
}

const imageFaults: Readonly<Record<string, string>> = {
  empty: '内容为空',
  domain: '镜像仓库地址不是合法的主机名',
  repository: '仓库名里有镜像仓库不接受的字符',
  uppercase: '仓库名必须小写',
  tag: '标签只能包含字母、数字、“_”、“.”和“-”，最多 128 个字符',
  digest: '摘要的写法是 sha256: 加 64 位十六进制数',
  'too-long': '超过 255 个字符',
}

export const planProblems: SentencesFor<PlanProblem> = {
  plan_nothing_to_change: ({ target, what }) => ({
    sentence: `无需变更：${target} 已经是 ${what}。`,
    remedy: '如果只是想重建 Pod，请用 restart。',
  }),
  plan_no_such_container: ({ target, container, containers }) => ({
    sentence: `${target} 没有容器 ${container}。`,
    remedy: `现有容器：${few(containers)}。`,
  }),
  plan_which_container: ({ target, containers }) => ({
    sentence: `${target} 有 ${containers.length} 个容器都符合，是哪一个？`,
    remedy: few(containers.map(({ name, image }) => `${name} (${image})`)),
  }),
  plan_bad_image: ({ image, why }) => ({
    sentence: `${image} 不是合法的镜像地址：${imageFaults[why] ?? why}。`,
    remedy: '请写标签（1.5.0）、摘要（sha256:…）或完整地址（registry/repository:tag）。',
  }),
  plan_cannot: ({ action, kind, target, why }) => ({
    sentence: `无法对 ${target} 执行 ${action}：${cannot[why](kind)}。`,
  }),
  plan_no_revision: ({ target, revision, available }) => ({
    sentence: revision === undefined ? `${target} 没有可以回滚的历史版本。` : `${target} 没有版本 ${revision}。`,
    ...(available.length > 0 ? { remedy: `现有版本：${few(available.map(String))}。` } : {}),
  }),
  plan_autoscaled: ({ target, autoscaler, min, max, why }) => ({
    sentence: `HPA ${autoscaler} 把 ${target} 的副本数维持在 ${min}–${max}。`,
    remedy: autoscaled[why],
  }),
  plan_bad_replicas: ({ found }) => ({
    sentence: `${found} 不是合法的副本数。`,
    remedy: '请写不小于 0 的整数。',
  }),
  plan_not_permitted: ({ cluster, namespace, verb, resource, caller }) => ({
    sentence:
      caller === 'bot'
        ? `${cluster} 会拒绝这次变更：机器人自己的账号在 ${namespace} 里没有 ${resource} 的 ${verb} 权限（RBAC）。未做任何变更。`
        : `${cluster} 会拒绝这次变更：集群把你识别为 ${caller.user}，所属组 ${few(caller.groups)}，在 ${namespace} 里没有 ${resource} 的 ${verb} 权限（RBAC）。未做任何变更。`,
    remedy:
      caller === 'bot'
        ? '请集群管理员给 kubeconfig 里的账号授予该权限。'
        : `请集群管理员在那里给组 readback:<角色> 绑定带有 ${resource} ${verb} 权限的 Role。`,
  }),
  plan_gone: ({ target }) => ({ sentence: `${target} 已不存在，未做任何变更。` }),
  plan_undo_stale: ({ target, moved }) => ({
    sentence: `那次变更之后 ${target} 又有改动，当时保存的撤销内容已不适用。未做任何变更。`,
    code: moved.join('\n'),
    remedy: '请改为回滚到某个版本：/ops history 可以看到有哪些版本。',
  }),
}
