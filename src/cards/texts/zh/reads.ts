import type { Texts } from '../en.ts'
import { spoken } from './words.ts'

/** Status, history, events, clusters. */
export const reads: Texts['reads'] = {
  health: {
    well: '正常',
    moving: '滚动更新中',
    short: 'Pod 不足',
    failing: '异常',
    asleep: '已缩容到 0',
  },
  ready: (ready, wanted) => `就绪 ${ready}/${wanted}`,
  autoscaler: (name, min, max) => `HPA ${name}：${min}–${max} 个副本`,
  paused: '发布已暂停',
  pods: 'Pod',
  morePods: (n) => `另有 ${n} 个 Pod 运行正常`,
  warnings: '最近的警告（Warning）事件',
  openOperations: '进行中的变更',
  moreWorkloads: (n) => `另有 ${n} 个工作负载`,
  noWorkloads: '没有你能查看的工作负载。',
  allWell: (n) => `${n} 个工作负载全部正常`,
  notAsWanted: (bad, all) => `${all} 个工作负载中有 ${bad} 个不正常`,
  nodes: (ready, all) => `节点就绪 ${ready}/${all}`,
  unanswered: (namespaces) => `以下命名空间没有响应：${namespaces.slice(0, 5).join('、')}`,
  statusOf: (what, where) => `${where} 上 ${what} 的状态`,
  statusOfAll: '全部集群状态',
  statusOfClusters: (clusters) =>
    clusters.length > 3 ? `${clusters.length} 个集群的状态` : `${clusters.join('、')} 的状态`,
  clusters: '集群',
  answeredIn: (ms) => `响应耗时 ${ms} ms`,
  history: (what, where) => `${where} 上 ${what} 的历史版本`,
  current: '当前版本',
  backTo: (revision) => `回滚到 #${revision}`,
  noHistory: '没有保留历史版本。',
  otherChanges: '通过 Readback 做的其他变更',
  events: (what, where) => `${where} 上 ${what} 的事件`,
  noEvents: '没有事件。Kubernetes 默认只保留一小时内的事件。',
  times: (n) => `× ${n}`,
  moreEvents: (n) => `更早的 ${n} 条事件未显示`,
  age: (duration) => `${spoken(duration)}前`,
  restarts: (n) => `重启 ${n} 次`,
}
