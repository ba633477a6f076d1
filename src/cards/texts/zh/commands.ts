import type { Texts } from '../en.ts'

const placed = {
  cluster: '所在集群；也可以写“to prod”或“on prod”',
  namespace: '所在命名空间；也可以写“in shop”',
}
const target = { target: '工作负载：[cluster:][namespace/][kind/]name', ...placed }
const why = { reason: '原因，会写在卡片和审计日志里', breakGlass: '为什么现在必须越过冻结' }
const alone = { private: '只给我一个人看' }
const since = '从多久以前开始：15m、2h、7d，或带时区的时间'
const id = '卡片上的编号，例如 7F3K'
const alertId = '卡片上的告警编号，例如 A-7F3K2'
const everything = '工作负载；不写则列出全部'

/** What each command does and what each of its arguments means, by name. */
export const commands: Texts['commands'] = {
  deploy: {
    summary: '给工作负载换镜像',
    arguments: {
      ...target,
      image: '标签、摘要（digest）或完整镜像地址',
      container: '哪个容器；“all”表示使用该仓库的所有容器',
      ...why,
    },
  },
  scale: {
    summary: '调整副本数',
    arguments: { ...target, replicas: '5、+2 或 -1；4..12 用来设置 HPA 的上下限', ...why },
  },
  rollback: {
    summary: '回滚到之前的版本',
    arguments: { ...target, toRevision: '回到哪个版本；不写则回到上一个', ...why },
  },
  restart: { summary: '滚动重启，逐个重建 Pod', arguments: { ...target, ...why } },
  pause: { summary: '暂停发布，停在当前位置', arguments: { ...target, ...why } },
  resume: { summary: '恢复已暂停的发布', arguments: { ...target, ...why } },
  status: { summary: '查看某个工作负载或整体的状态', arguments: { scope: everything, ...placed, ...alone } },
  history: { summary: '查看历史版本和变更', arguments: { ...target, ...alone } },
  events: {
    summary: '查看 Kubernetes 最近的事件',
    arguments: { scope: '工作负载；不写则是整个命名空间', ...placed, since, ...alone },
  },
  logs: {
    summary: '查看或实时跟踪日志',
    arguments: {
      ...placed,
      target: '工作负载，可以写多个：web,api',
      follow: '在消息列里实时输出新日志',
      previous: '看容器上次重启之前的日志',
      since,
      sinceTime: '同 --since；两者都写时以 --since 为准',
      tail: '最后多少行',
      grep: '只看匹配的行（RE2 语法）',
      exclude: '不看匹配的行（RE2 语法）',
      level: '只看该级别及以上的行',
      context: '每处匹配前后各显示多少行',
      selector: '按标签选 Pod：app=web,tier!=db',
      container: '哪个容器；“all”表示全部',
      for: '多久后自动结束：30m；不写则 10m',
      ...alone,
    },
  },
  metrics: {
    summary: '把工作负载或查询的指标画成图',
    arguments: {
      ...placed,
      target: '要看指标的工作负载',
      preset: '看哪个指标；不写则是概览',
      query: '自己写的 PromQL，针对整个集群',
      range: '往前看多久：2h、7d；不写则 1h',
      step: '相邻两点的间隔：30s；不写则自动选择',
      compare: '叠加更早的同一时段作对比：1d、1w',
      by: '按这个标签拆成多条线',
      now: '只看当前值，用表格显示',
      ...alone,
    },
  },
  clusters: { summary: '有哪些集群，是否有响应', arguments: alone },
  whoami: { summary: '我把你认作谁，你有哪些角色', arguments: {} },
  can: {
    summary: '策略是否允许你做某事，依据哪一行',
    arguments: {
      action: '想执行的操作',
      scope: '在哪里；不写工作负载则是泛指',
      ...placed,
      image: '打算使用的镜像',
      replicas: '打算设置的副本数',
    },
  },
  help: { summary: '我能做什么，某条命令怎么写', arguments: { verb: '某条命令' } },
  doctor: { summary: '检查聊天、集群、策略和存储', arguments: {} },
  cancel: { summary: '撤回还在等待的变更', arguments: { id, reason: '原因' } },
  approvals: { summary: '有哪些变更待审批，谁发起的', arguments: { scope: everything, ...placed } },
  approve: { summary: '查看待审批的计划并批准', arguments: { id, reason: '原因' } },
  reject: { summary: '驳回待审批的变更', arguments: { id, reason: '原因，发起人会看到' } },
  audit: {
    summary: '查审计日志：谁做了什么',
    arguments: {
      scope: '工作负载；不写则查全部',
      ...placed,
      by: '某个人，用 @ 选择',
      action: '只看这种操作',
      operation: '只看这次变更',
      since,
    },
  },
  freeze: {
    summary: '在一段时间内冻结集群变更',
    arguments: {
      clusters: '集群或集群组',
      duration: '多久：30m、2h、7d；最长 30d',
      reason: '原因，被拒绝的人都会看到',
    },
  },
  unfreeze: { summary: '解除在聊天里设置的冻结', arguments: { clusters: '集群或集群组', reason: '原因' } },
  alerts: { summary: '查看当前未恢复的告警，最严重的在前', arguments: { scope: everything, ...placed, ...alone } },
  ack: { summary: '认领告警，不再呼叫其他人', arguments: { id: alertId } },
  unack: { summary: '取消认领，告警重新待人处理', arguments: { id: alertId } },
  silence: {
    summary: '在 Alertmanager 上静默一组告警',
    arguments: { id: alertId, duration: '静默多久：30m 到 24h', reason: '原因，会写在 Alertmanager 和卡片上' },
  },
  unsilence: { summary: '取消一组告警的静默', arguments: { id: alertId } },
}
