import type { ClusterProblem } from '../../../../clusters/problems.ts'
import type { SentencesFor } from '../../../problem.ts'

export const clusterProblems: SentencesFor<ClusterProblem> = {
  cluster_unreachable: ({ cluster, detail }) => ({
    sentence: `连不上集群 ${cluster}，未做任何变更。`,
    code: detail,
    remedy: '请检查网络和 API server；/ops clusters 可以看到哪些集群有响应。',
  }),
  cluster_resting: ({ cluster }) => ({
    sentence: `集群 ${cluster} 连续多次没有响应，先停几秒再访问。`,
    remedy: '请稍后重试；/ops clusters 可以看到它是否恢复。',
  }),
  cluster_no_answer: ({ cluster, detail }) => ({
    sentence: `集群 ${cluster} 响应超时。`,
    code: detail,
    remedy: '请重试，或者缩小范围：一个命名空间、一个工作负载。',
  }),
  cluster_unauthorized: ({ cluster, detail }) => ({
    sentence: `集群 ${cluster} 不接受我的凭据。`,
    code: detail,
    remedy: '请机器人的管理员更新 kubeconfig；readback doctor 会指出具体问题。',
  }),
  cluster_forbidden: ({ cluster, detail }) => ({
    sentence: `集群 ${cluster} 的 RBAC 不允许这个操作。`,
    code: detail,
    remedy: '策略文件放行了，但集群没有授权：请集群管理员给组 readback:<role> 绑定权限。',
  }),
  cluster_denied: ({ cluster, detail }) => ({
    sentence: `集群 ${cluster} 拒绝了这次变更（准入控制或配额）。`,
    code: detail,
  }),
  cluster_not_found: ({ cluster, detail }) => ({ sentence: `集群 ${cluster} 上没有这个对象。`, code: detail }),
  cluster_conflict: ({ cluster, detail }) => ({
    sentence: `集群 ${cluster} 上有人同时修改了这个对象。`,
    code: detail,
    remedy: '请重新下达指令：新计划会以当前状态为准。',
  }),
  cluster_invalid: ({ cluster, detail, fields }) => ({
    sentence: `集群 ${cluster} 认为这次变更不合法${fields.length > 0 ? `（${fields.join('、')}）` : ''}，未做任何变更。`,
    code: detail,
  }),
  cluster_moved: ({ cluster }) => ({
    sentence: `集群 ${cluster} 上的这个对象一直在变化，未做任何变更。`,
    remedy: '等它稳定后再下达指令；/ops events 可以看到是什么在改动它。',
  }),
  cluster_expired: ({ cluster }) => ({
    sentence: `读取过程中，集群 ${cluster} 的分页游标失效了。`,
    remedy: '请重试。',
  }),
  cluster_throttled: ({ cluster }) => ({
    sentence: `集群 ${cluster} 繁忙，要求稍后再访问。`,
    remedy: '请过几秒重试。',
  }),
  cluster_failed: ({ cluster, status, detail }) => ({
    sentence: `集群 ${cluster} 返回错误（${status}）。`,
    code: detail,
  }),
}
