import type { MetricsProblem } from '../../../../metrics/problems.ts'
import type { SentencesFor } from '../../../problem.ts'
import { formatDuration } from '../../../../time/durations.ts'

const detailed = (detail: string) => (detail === '' ? {} : { code: detail })

export const metricsProblems: SentencesFor<MetricsProblem> = {
  metrics_unreachable: ({ cluster, detail }) => ({
    sentence: `连不上 ${cluster} 的指标源。`,
    ...detailed(detail),
    remedy: `请检查 readback.yaml 里的 metrics.${cluster}.prometheus。`,
  }),
  metrics_untrusted: ({ cluster, detail }) => ({
    sentence: `${cluster} 的指标源证书不受信任。`,
    ...detailed(detail),
    remedy: `请把签发它的 CA 写到 metrics.${cluster}.tls.caFile。`,
  }),
  metrics_no_answer: ({ cluster, afterMs }) => ({
    sentence: `${cluster} 的指标源在 ${formatDuration(afterMs)} 内没有应答。`,
    remedy: '请缩短时间范围，或一次少查一些。',
  }),
  metrics_unauthorized: ({ cluster, status }) => ({
    sentence: `${cluster} 的指标源不接受机器人的凭据（${status}）。`,
    remedy: `请检查 readback.yaml 里的 metrics.${cluster}.auth。`,
  }),
  metrics_not_prometheus: ({ cluster, status }) => ({
    sentence: `${cluster} 的指标源地址上应答的不是 Prometheus（状态码 ${status}）。`,
    remedy: `请检查 metrics.${cluster}.prometheus：那里可能是登录页或别的服务。`,
  }),
  metrics_failed: ({ cluster, status }) => ({ sentence: `${cluster} 的指标源出错（状态码 ${status}）。` }),
  metrics_refused: ({ cluster, detail }) => ({
    sentence: `${cluster} 的指标源拒绝了这个查询。`,
    ...detailed(detail),
  }),
  metrics_too_much: ({ cluster, limitBytes }) => ({
    sentence: `${cluster} 的结果超过 ${Math.round(limitBytes / 1_000_000)} MB。`,
    remedy: '请减少序列数（sum、topk），或缩短时间范围。',
  }),
  metrics_series_many: ({ cluster, found, most }) => ({
    sentence: `${cluster} 上共有 ${found} 条序列，一次最多读 ${most} 条。`,
    remedy: '请用 sum、topk 或更窄的选择器减少序列。',
  }),
  metrics_no_numbers: ({ cluster }) => ({ sentence: `这个查询在 ${cluster} 上得不到数值。` }),
  metrics_not_configured: ({ cluster }) => ({
    sentence: `${cluster} 没有配置指标源。`,
    remedy: `请在 readback.yaml 里加上 metrics.${cluster}.prometheus。`,
  }),
  metrics_preset_empty: ({ cluster, preset }) => ({
    sentence: `${cluster} 上没有采集这个工作负载的 ${preset} 所需的指标。`,
  }),
  metrics_range_long: ({ longestMs }) => ({ sentence: `图表最长 ${formatDuration(longestMs)}。` }),
  metrics_range_short: ({ shortestMs }) => ({ sentence: `图表最短 ${formatDuration(shortestMs)}。` }),
  metrics_step_fine: ({ points, most, finestMs }) => ({
    sentence: `这样会有 ${points} 个点，图表最多 ${most} 个。`,
    remedy: `可以用 --step ${formatDuration(finestMs)}，或者不写。`,
  }),
  metrics_step_coarse: ({ coarsestMs }) => ({
    sentence: '步长太大，连不成线。',
    remedy: `可以用 --step ${formatDuration(coarsestMs)} 或更小，或者不写。`,
  }),
  metrics_shared_store: ({ cluster }) => ({
    sentence: `${cluster} 与其他集群共用指标存储，自己写的查询无法限定在这个集群内。`,
    remedy: '请使用预设指标，它们会限定集群。',
  }),
  metrics_nothing_asked: () => ({
    sentence: '要看什么的指标？',
    remedy: '请写上工作负载，例如 metrics web，或者用 --query。',
  }),
  metrics_clusters_many: ({ most }) => ({ sentence: `一张图最多显示 ${most} 个集群。` }),
}
