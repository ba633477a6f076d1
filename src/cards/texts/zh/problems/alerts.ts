import type { AlertProblem } from '../../../../alerts/problems.ts'
import type { SentencesFor } from '../../../problem.ts'

export const alertProblems: SentencesFor<AlertProblem> = {
  alert_unknown: ({ id }) => ({
    sentence: `没有编号为 ${id} 的告警，或者已经清理。`,
    remedy: '/ops alerts 可以列出当前告警。',
  }),
  alert_unnamed: () => ({
    sentence: '指哪一组告警？只有在告警的消息列里才能省略编号。',
    remedy: '/ops alerts 可以列出当前告警和编号。',
  }),
  alert_over: ({ id }) => ({ sentence: `${id} 已经恢复，无需处理。` }),
  alert_taken: ({ id }) => ({
    sentence: `${id} 已由他人认领，认领人见卡片。`,
    remedy: '如需接手，请先点“取消认领”。',
  }),
  silence_matchers: ({ part }) => ({
    sentence: part === '' ? '这样会静默所有告警：至少要有一个条件限定取值。' : `${part} 不是合法的匹配条件。`,
    remedy: '每行一个条件，例如 namespace="shop" 或 pod=~"web-.*"',
  }),
  silence_length: () => ({ sentence: '静默时长为 30 分钟到 24 小时。' }),
  silence_none: ({ id }) => ({ sentence: `${id} 没有从这里创建的静默。` }),
  alertmanager_absent: () => ({
    sentence: '没有配置 Alertmanager，无法从这里静默告警。',
    remedy: '请管理员在 readback.yaml 里配置 alerts.alertmanager。',
  }),
  alertmanager_away: ({ detail }) => ({
    sentence: `Alertmanager 没有响应（${detail}），那边可能没有任何改动。`,
    remedy: '请重试：重复点击不会产生第二个静默。',
  }),
  alertmanager_refused: ({ status, detail }) => ({
    sentence: `Alertmanager 拒绝了请求（HTTP ${status}）。`,
    ...(detail === '' ? {} : { code: detail }),
  }),
}
