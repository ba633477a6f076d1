import type { Texts } from '../en.ts'
import { spoken } from './words.ts'

/** 告警消息列的第一条。 */
export const alertThread: Texts['alertThread'] = {
  title: '目前掌握的情况',
  withheld: '这个频道里有外部公司的人，因此不在这里查询集群。',
  about: (what, kind, cluster) => `${cluster} 上的 ${what}（${kind}）`,
  nothing: {
    unnamed: '告警标签没有指明工作负载，无法查询。',
    elsewhere: '告警标签（`cluster`）没有指明本机器人管理的集群，因此未查询；不会到其他集群查找。',
    several: '这些告警涉及多个工作负载，请按名称单独查询。',
    gone: '该工作负载已不存在。',
    unowned: '该 Pod 不属于任何 Deployment、StatefulSet 或 DaemonSet。',
  },
  part: {
    workload: '工作负载',
    status: '状态',
    changes: '近期变更',
    logs: '最后日志',
    events: '事件',
    chart: '图表',
  },
  late: '未在规定时间内返回',
  fault: (reference) => `查询出错（编号 ${reference}）`,
  noChanges: (duration) => `告警前 ${spoken(duration)}内，本机器人没有变更，集群中也未见新版本。`,
  rollout: (revision) => `集群中出现版本 ${revision}，不是由本机器人发布`,
  noEvents: '最近一小时没有事件。',
  lastLines: (container, pod) => `${pod} 中 ${container} 的最后日志`,
  previousLines: (container, pod) => `${pod} 中 ${container} 退出前的最后日志`,
  noLines: '没有输出日志。',
  chart: {
    no_source: '没有为它配置指标源。',
    no_expression: '查不到这条告警规则的表达式。',
    no_data: '这段时间没有数据。',
    no_answer: '指标源没有响应。',
  },
  rollBack: (revision) => `回滚到 #${revision}`,
  undo: (id) => `撤销 ${id}`,
}
