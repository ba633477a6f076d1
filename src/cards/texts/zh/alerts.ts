import type { Texts } from '../en.ts'

const missing = {
  token: '未设置 ALERTS_TOKEN，无法确认谁有权发送告警。',
  routes: 'readback.yaml 里没有配置 `alerts` 路由，不知道告警该发到哪里。',
}

const webhook: Texts['alerts']['webhook'] = {
  webhook_closed: (problem) => missing[problem.missing],
  webhook_unauthorised: (problem) =>
    problem.found === 'nothing'
      ? '请求没有带凭据：请把 ALERTS_TOKEN 作为 Bearer 令牌，或作为 Basic 认证的密码发送。'
      : '令牌与 ALERTS_TOKEN 不一致。',
  webhook_content_type: (problem) => `内容类型是“${problem.found}”，只接受 UTF-8 编码的 application/json。`,
  webhook_encoding: () => '请求体不是有效的 UTF-8。',
  webhook_json: (problem) => `请求体不是 JSON：${problem.detail}`,
  webhook_depth: (problem) => `请求体嵌套超过 ${problem.limit} 层。`,
  webhook_version: (problem) => `格式版本是“${problem.found}”，这个地址只接受版本 ${problem.takes}。`,
  webhook_shape: (problem) => `${problem.path} 不符合要求：${problem.detail}`,
  webhook_busy: () => '等待保存的请求太多，这一条没有保存，请重新发送。',
  webhook_unstored: (problem) => `无法保存，这一条完全没有写入；原因见日志，编号 ${problem.reference}。请重新发送。`,
}

/** Everything that is said about alerts. */
export const alerts: Texts['alerts'] = {
  severity: { critical: '严重', error: '错误', warning: '警告', info: '提示', none: '未分级' },
  state: { firing: '告警中', resolved: '已恢复' },
  inYourLanguage: (usual, chinese) => (chinese === '' ? usual : chinese),
  unnamed: '未命名的告警',
  watchdogSilent: (name) => `${name} 心跳中断`,
  watchdogText:
    '本应持续发送的心跳告警收不到了：Prometheus、Alertmanager 或到这里的链路出了故障，其他告警也可能收不到。',
  summary: ({ severity, state, name, where }) => `${severity}，${state}：${name}${where === '' ? '' : `（${where}）`}`,
  counts: (firing, resolved) =>
    [...(firing > 0 ? [`${firing} 条告警中`] : []), ...(resolved > 0 ? [`${resolved} 条已恢复`] : [])].join('，'),
  counted: (counts) => `，${counts}`,
  since: '开始时间',
  until: '恢复时间',
  cluster: '集群',
  namespace: '命名空间',
  workload: '工作负载',
  from: '来源',
  columns: { state: '状态' },
  more: (n) => `本组还有 ${n} 条告警未列出。`,
  flapping: (times) => `${times < 3 ? '' : '反复告警：'}恢复后又触发 ${times} 次`,
  unheard: '三天没有收到任何消息，按已恢复处理。',
  insteadOf: '本应发到 ',
  insteadOfWhy: (reason) => `，但该频道目前不可用（${reason}）。`,
  acknowledged: '已认领：',
  silencedBy: '已静默：',
  silencedUntil: '，截止 ',
  called: '已呼叫：',
  source: {
    alertmanager: 'Alertmanager 告警',
    kubesphere: 'KubeSphere 告警',
    grafana: 'Grafana 告警',
    readback: 'Readback 自身',
  },
  buttons: {
    ack: '认领',
    unack: '取消认领',
    silence: '静默…',
    unsilence: '取消静默',
    logs: '日志',
    metrics: '指标',
    restart: '重启',
    scale: '扩缩容…',
    rollback: '回滚',
    runbook: (host) => `处理手册（${host}）`,
  },
  again: {
    restart: (name) => `重启 ${name}？`,
    rollback: (name) => `回滚 ${name}？`,
    text: (where) => `对 ${where} 发起一次普通变更，规则、确认和审批照常生效。`,
    yes: '继续',
    no: '暂不',
  },
  thread: {
    reopened: (times) => `又开始告警了${times === 1 ? '' : `（累计 ${times} 次）`}。`,
    reopenedLast: '最近一次：',
    acknowledged: ' 已认领此告警。',
    unacknowledged: ' 取消了认领。',
    silenced: (matchers) => ` 已静默 ${matchers}，截止 `,
    because: (reason) => `：“${reason}”`,
    unsilenced: ' 取消了静默。',
    escalate: (minutes) => `此告警已有 ${minutes} 分钟无人认领。`,
    quiet: '静默时段，不提醒任何人。',
    remind: '此告警仍未恢复，还在跟进吗？请重新认领，或取消认领。',
    remindQuiet: '此告警早已认领，但至今仍未恢复。',
  },
  list: {
    title: (n) => (n === 0 ? '当前没有告警' : `当前有 ${n} 组告警`),
    shut: '告警没有接入',
    open: '有没有告警，我无从得知：readback.yaml 里没有 alerts.routes，或者没有设置 ALERTS_TOKEN。',
    acknowledged: '已认领：',
    more: (n) => `另有 ${n} 组`,
  },
  silenceForm: {
    title: (id) => `静默 ${id}`,
    submit: '静默',
    cancel: '关闭',
    matchers: '同时满足以下条件的告警',
    matchersHint: '每行一个条件，例如 namespace="shop" 或 pod=~"web-.*"',
    lasting: '时长',
    reason: '原因',
    words: '以你的名义在 Alertmanager 上创建静默。所有匹配的告警都不再通知，包括不在这张卡片上的。',
    hours: (hours) => (hours < 1 ? '30 分钟' : `${hours} 小时`),
  },
  done: {
    acknowledged: (id) => `${id} 已由你认领。`,
    unacknowledged: (id) => `${id} 已取消认领，等待他人处理。`,
    silenced: (id) => `${id} 已静默。`,
    unsilenced: (id) => `${id} 已取消静默。`,
  },
  test: (source) => `收到测试告警，从 ${source} 到这里的链路正常。`,
  tooLarge: '请求体超过 1 MiB。可以用 `max_alerts` 限制 Alertmanager 每次发送的告警数。',
  webhook,
}
