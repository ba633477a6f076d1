import type { MetricsProblem } from '../../../../metrics/problems.ts'
import type { SentencesFor } from '../../../problem.ts'
import { formatDuration } from '../../../../time/durations.ts'

const detailed = (detail: string) => (detail === '' ? {} : { code: detail })

export const metricsProblems: SentencesFor<MetricsProblem> = {
  metrics_unreachable: ({ cluster, detail }) => ({
    sentence: `The metrics source of ${cluster} cannot be reached.`,
    ...detailed(detail),
    remedy: `Check metrics.${cluster}.prometheus in readback.yaml.`,
  }),
  metrics_untrusted: ({ cluster, detail }) => ({
    sentence: `The certificate of the metrics source of ${cluster} is not trusted.`,
    ...detailed(detail),
    remedy: `Name the authority that signed it as metrics.${cluster}.tls.caFile.`,
  }),
  metrics_no_answer: ({ cluster, afterMs }) => ({
    sentence: `The metrics source of ${cluster} gave no answer within ${formatDuration(afterMs)}.`,
    remedy: 'Ask for a shorter range, or for less at once.',
  }),
  metrics_unauthorized: ({ cluster, status }) => ({
    sentence: `The metrics source of ${cluster} does not take my credential (${status}).`,
    remedy: `Check metrics.${cluster}.auth in readback.yaml.`,
  }),
  metrics_not_prometheus: ({ cluster, status }) => ({
    sentence: `What answers as the metrics source of ${cluster} is not Prometheus (status ${status}).`,
    remedy: `Check metrics.${cluster}.prometheus: a login page or another service may stand there.`,
  }),
  metrics_failed: ({ cluster, status }) => ({
    sentence: `The metrics source of ${cluster} failed (status ${status}).`,
  }),
  metrics_refused: ({ cluster, detail }) => ({
    sentence: `The metrics source of ${cluster} refuses this query.`,
    ...detailed(detail),
  }),
  metrics_too_much: ({ cluster, limitBytes }) => ({
    sentence: `The answer of ${cluster} is larger than ${Math.round(limitBytes / 1_000_000)} MB.`,
    remedy: 'Ask for fewer series (sum, topk) or a shorter range.',
  }),
  metrics_series_many: ({ cluster, found, most }) => ({
    sentence: `On ${cluster} that is ${found} series; I read at most ${most} at once.`,
    remedy: 'Ask for fewer: sum, topk, or a narrower selector.',
  }),
  metrics_no_numbers: ({ cluster }) => ({ sentence: `On ${cluster} this query gives no numbers.` }),
  metrics_not_configured: ({ cluster }) => ({
    sentence: `No metrics source is configured for ${cluster}.`,
    remedy: `Add metrics.${cluster}.prometheus to readback.yaml.`,
  }),
  metrics_preset_empty: ({ cluster, preset }) => ({
    sentence: `On ${cluster} nothing is measured that ${preset} could be made of for this workload.`,
  }),
  metrics_range_long: ({ longestMs }) => ({ sentence: `A chart shows at most ${formatDuration(longestMs)}.` }),
  metrics_range_short: ({ shortestMs }) => ({ sentence: `A chart shows at least ${formatDuration(shortestMs)}.` }),
  metrics_step_fine: ({ points, most, finestMs }) => ({
    sentence: `That would be ${points} points; a chart has at most ${most}.`,
    remedy: `Try --step ${formatDuration(finestMs)}, or leave it out.`,
  }),
  metrics_step_coarse: ({ coarsestMs }) => ({
    sentence: 'With such a step there is nothing to draw a line between.',
    remedy: `Try --step ${formatDuration(coarsestMs)} or less, or leave it out.`,
  }),
  metrics_shared_store: ({ cluster }) => ({
    sentence: `Several clusters share the store of ${cluster}, so a query of your own could not be kept to it.`,
    remedy: 'Use a preset: those are.',
  }),
  metrics_nothing_asked: () => ({
    sentence: 'Metrics of what?',
    remedy: 'Name a workload, such as metrics web, or give --query.',
  }),
  metrics_clusters_many: ({ most }) => ({ sentence: `One chart shows at most ${most} clusters.` }),
}
