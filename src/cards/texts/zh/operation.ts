import type { Texts } from '../en.ts'
import { spoken } from './words.ts'

const titles: Readonly<Record<Parameters<Texts['operation']['title']>[0], (name: string, cluster: string) => string>> =
  {
    deploy: (name, cluster) => `在 ${cluster} 上部署 ${name}`,
    scale: (name, cluster) => `调整 ${cluster} 上 ${name} 的副本数`,
    rollback: (name, cluster) => `回滚 ${cluster} 上的 ${name}`,
    restart: (name, cluster) => `滚动重启 ${cluster} 上的 ${name}`,
    pause: (name, cluster) => `暂停 ${cluster} 上 ${name} 的发布`,
    resume: (name, cluster) => `恢复 ${cluster} 上 ${name} 的发布`,
    undo: (name, cluster) => `撤销 ${cluster} 上 ${name} 的变更`,
  }

const state = {
  planned: '已生成计划',
  awaiting_confirmation: '待你确认',
  awaiting_approval: '待审批',
  rejected: '已驳回',
  approved: '即将执行',
  running_writing: '正在下发变更',
  running_watching: '滚动更新中',
  succeeded: '已完成',
  failed: '失败',
  superseded: '已被取代',
  unknown: '结果未知',
  expired: '已过期',
  voided: '已作废',
  cancelled: '已取消',
  denied: '已拒绝',
}

/** Everything the card of an operation says. */
export const operation: Texts['operation'] = {
  title: (action, name, cluster) => titles[action](name, cluster),
  undoOf: (id) => `撤销 ${id}`,
  workload: (namespace, name, kind) => `${namespace}/${name} (${kind})`,
  askedBy: '发起人',
  because: (reason) => `：“${reason}”`,
  rejectedBefore: ({ operation: id, by, at, because }) => [
    '⚠ 同类变更已于 ',
    { moment: at },
    ' 被 ',
    { person: by.user },
    ` 驳回${because === undefined ? '' : `：“${because}”`}（${id}）`,
  ],
  breakGlass: '紧急放行（BREAK-GLASS）：越过冻结执行，发起人',
  policyStale: '策略文件当前无法使用，以上一个有效版本为准。原因见 /ops doctor。',
  rule: (name, file, line) => `依据 ${name}（${file}:${line}）放行`,

  state,
  summary: (title, now, id) => `${title}：${now}（${id}）`,
  confirmSummary: (title, id) => `${title}？请在 5 分钟内确认（${id}）`,
  confirmUntil: '请在此之前确认：',
  approveSummary: (title, id) => `${title}：请你审批（${id}）`,
  approval: {
    needs: (seats, missing) =>
      `需要 ${seats.map(({ role, count }) => `${count} 名 ${role}`).join('、')} 批准，还差 ${missing} 人。`,
    asked: (people, requester) => ['可审批：', ...people, '（发起人 ', requester, ' 除外）'],
    approvedBy: '已批准：',
    rejectedBy: '已驳回：',
    until: '有效期至 ',
    guards: (names) => `${names.join('、')} 也要求审批`,
    elsewhere: '审批卡片在 ',
    reminder: (id) => `${id} 还在等待审批，截止时间 `,
  },

  effect: {
    image: (container) => `容器 ${container}`,
    replicas: '副本数',
    bounds: (autoscaler) => `HPA ${autoscaler} 的上下限`,
    revision: '版本',
    restart: '模板不变，按更新策略逐个重建 Pod',
    pause: '之后的模板改动先不发布，恢复后再生效',
    resume: '暂停期间的模板改动开始滚动更新',
  },
  strategy: (replicas, kind, figures) => `${replicas} 个副本，${figures === '' ? kind : `滚动更新 ${figures}`}`,
  changes: (n) => `集群上将改动 ${n} 个字段：`,

  progress: (updated, ready, wanted) => `已更新 ${updated}/${wanted}，就绪 ${ready}`,
  stuck: '发布卡住了，现在可以安全撤销。',
  lastLines: (container) => `${container} 的最后几行日志：`,
  took: (duration) => `用时 ${spoken(duration)}`,

  succeeded: {
    'rolled-out': '发布完成。',
    stored: '已写入，但尚未滚动更新：该工作负载处于暂停状态，或只在删除 Pod 时更新。',
    'no-rollout': '已写入集群。',
  },
  failed: {
    rollout: (reason) => `发布失败：${reason}`,
    not_finished: '没有在时限内完成，但仍可能成功：可以继续观察，也可以撤销。',
    deleted: '滚动更新过程中，该工作负载被删除。',
    nothing_changed: '未做任何变更。',
  },
  superseded: (by) => (by ? `尚未完成，${by} 又改动了同一个对象。` : '尚未完成，对象就被其他人改动了。'),
  unknown: '变更下发后，集群已有一小时没有响应。请先查看该工作负载的状态，再做其他变更。',
  ended: {
    requester: '发起人已撤回，未做任何变更。',
    holder: '已取消，未做任何变更。',
    rejected: '未做任何变更。',
    deadline: '超时无人处理，未做任何变更。',
    card_not_posted: (detail) => `卡片无法发到这里（${detail}），未做任何变更。`,
    moved: '生成计划之后对象发生了变化，本次变更未执行。',
    overtaken: (by) => `${by} 改动了本计划所依据的值，本次变更未执行。`,
  },
  movedValues: '变化的内容：',

  buttons: {
    confirm: '确认',
    cancel: '取消',
    approve: '批准',
    reject: '驳回',
    undo: '撤销',
    logs: '日志',
    status: '状态',
    metrics: '指标',
    planAgain: '重新生成计划',
    watchOn: '继续观察',
  },
  confirmAgain: {
    title: (title) => `${title}？`,
    text: (what) => `确认后立即执行：${what}`,
    yes: '执行',
    no: '暂不',
  },
  approveAgain: {
    title: (id) => `批准 ${id}？`,
    text: (what) => `批准人数达到要求后，立即按此计划原样执行：${what}`,
    yes: '批准',
    no: '暂不',
  },
  rejectForm: {
    title: (id) => `驳回 ${id}`,
    submit: '驳回',
    cancel: '关闭',
    reason: '原因',
    words: '一人驳回，变更即终止。再次申请会生成一个新的变更，审批从零开始。',
  },
  undoAgain: {
    title: (id) => `撤销 ${id}？`,
    text: '恢复到变更前的内容。撤销也是一次普通变更，走同样的流程。',
    yes: '撤销',
    no: '保持现状',
  },

  warning: {
    server: (text) => `API server 警告：${text}`,
    autoscaler: (name, min, max) => `HPA ${name} 会把副本数维持在 ${min}–${max}`,
    keda: (name) => `副本数由 KEDA（${name}）管理`,
    owned: (by, name) => `该对象由 ${by}（${name}）管理，改动可能会被还原`,
    rolloutRunning: (updated, wanted) => `正在滚动更新（已更新 ${updated}/${wanted}）`,
    paused: '发布已暂停：恢复之前不会滚动更新',
    otherOperation: (id, now) => `该对象上还有未结束的变更 ${id}（${stateWords(now)}）`,
    lastFailed: (id) => `上一次变更失败（${id}）`,
    revisionFailed: (revision, id) => `版本 ${revision} 曾经发布失败（${id}）`,
    downtime: {
      recreate: '更新策略为 Recreate：先停掉全部 Pod，再启动新 Pod',
      'single-replica': '只有一个副本：可能会短暂中断',
      'to-zero': '副本数为 0：将不再提供服务',
      'on-delete': '更新策略为 OnDelete：手工删除 Pod 后才会更新',
    },
    movableTag: (image) => `${image} 的标签可能被重新指向别的镜像`,
    unread: (detail) => `读不到 HPA，可能有 HPA 与本次变更冲突（${detail}）`,
    noReadinessProbe: (container) => `${container} 没有就绪探针：“就绪”只代表进程已启动`,
  },
}

/** A state in words, as a record names it. */
export function stateWords(name: string): string {
  if (name === 'running') return '执行中'
  return Object.entries(state).find(([known]) => known === name)?.[1] ?? name
}
