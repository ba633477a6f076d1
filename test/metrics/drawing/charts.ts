import type { Chart } from '../../../src/metrics/chart.ts'
import { aChart, aPanel, chinese, flat, minute, noon, points, series, wave } from './chart-builder.ts'

const pods = ['x2x7k', 'b8n4q', 'jm2ww', 'zz5tp', 'k9d2c'].map((end) => `web-7d9f8b6c5-${end}`)

/** Summer time begins in Berlin within it. */
const week = { from: Date.UTC(2026, 2, 26, 9, 17), to: Date.UTC(2026, 3, 2, 9, 17), stepMs: 30 * minute }

/** What a picture can hold, each of them somewhere. */
export const charts = {
  one: aChart({
    panels: [
      aPanel({
        lines: [
          { kind: 'request', label: 'request', points: flat(0.25) },
          { kind: 'limit', label: 'limit', points: flat(1) },
        ],
      }),
    ],
    marks: [
      { at: noon - 74 * minute, kind: 'deploy', text: '1.5.0' },
      { at: noon - 22 * minute, kind: 'scale', text: '3 → 5' },
    ],
  }),
  pods: aChart({
    panels: [
      aPanel({
        title: 'Memory',
        unit: 'bytes',
        series: pods.map((pod, index) =>
          series(pod, (minutes) => wave(150 + 22 * index, 9, 11 * index)(minutes) * 1_048_576 + minutes * 100_000),
        ),
        lines: [
          { kind: 'request', label: 'request', points: flat(128 * 1_048_576) },
          { kind: 'limit', label: 'limit', points: flat(256 * 1_048_576) },
        ],
        unshown: 3,
      }),
    ],
  }),
  compared: aChart({
    shadowLabel: 'one week earlier',
    panels: [
      aPanel({
        title: 'Requests',
        unit: 'per_second',
        series: [series('200', wave(420, 160)), series('500', wave(12, 10, 7))],
        shadows: [series('200', wave(380, 130, 9)), series('500', wave(3, 2, 3))],
        lines: [{ kind: 'threshold', label: 'alert above', points: flat(700) }],
      }),
    ],
  }),
  gaps: aChart({
    panels: [
      aPanel({
        title: 'Latency, 99th percentile',
        unit: 'seconds',
        series: [
          series('p99', (minutes) =>
            (minutes > 30 && minutes < 62) || (minutes > 90 && minutes < 93) ? null : wave(0.18, 0.08)(minutes),
          ),
        ],
      }),
    ],
  }),
  empty: aChart({
    panels: [
      aPanel({ series: [] }),
      aPanel({
        title: 'Errors',
        unit: 'ratio',
        series: [],
        trouble: 'prometheus.monitoring did not answer within 10 s',
      }),
    ],
  }),
  chinese: aChart({
    title: '生产集群 shop/订单服务',
    aside: '最近 2 小时，每 30 秒',
    language: 'zh',
    words: chinese,
    zone: 'Asia/Shanghai',
    shadowLabel: '一周前',
    panels: [
      aPanel({
        title: '处理器',
        series: pods.slice(0, 3).map((pod, index) => series(pod, wave(0.3 + 0.1 * index, 0.1, 17 * index))),
        shadows: [series(pods[0] ?? '', wave(0.25, 0.1, 4))],
        lines: [
          { kind: 'request', label: '请求', points: flat(0.5) },
          { kind: 'limit', label: '上限', points: flat(0.55) },
        ],
      }),
      aPanel({ title: '内存', unit: 'bytes', series: [series('订单', (minutes) => (300 + minutes) * 1_048_576)] }),
    ],
    marks: [{ at: noon - 50 * minute, kind: 'rollback', text: '回滚到 1.4.2' }],
  }),
  board: aChart({
    panels: [
      aPanel({
        lines: [
          { kind: 'request', label: 'request', points: flat(0.25) },
          { kind: 'limit', label: 'limit', points: flat(2) },
        ],
      }),
      aPanel({
        title: 'Memory',
        unit: 'bytes',
        series: [series('web', (minutes) => (140 + minutes / 2) * 1_048_576)],
        lines: [{ kind: 'limit', label: 'limit', points: flat(256 * 1_048_576) }],
      }),
      aPanel({ title: 'Restarts', unit: 'count', series: [series('web', (minutes) => (minutes > 55 ? 2 : 0))] }),
      aPanel({ title: 'Requests', unit: 'per_second', series: [series('web', wave(1800, 700))] }),
      aPanel({
        title: 'Errors',
        unit: 'ratio',
        series: [series('5xx', (minutes) => (minutes > 40 && minutes < 55 ? 0.08 : 0.002))],
      }),
      aPanel({
        title: 'Latency',
        unit: 'seconds',
        series: [series('p50', wave(0.04, 0.01)), series('p99', wave(0.21, 0.09, 5))],
      }),
    ],
    marks: [
      { at: noon - 80 * minute, kind: 'deploy', text: '1.5.0' },
      { at: noon - 77 * minute, kind: 'rollback', text: '1.4.2' },
      { at: noon - 66 * minute, kind: 'restart', text: 'restart' },
      { at: noon - 12 * minute, kind: 'scale', text: '4 → 8' },
    ],
  }),
  week: aChart({
    title: 'shop/worker on prod',
    aside: 'last 7 days, every 30 min',
    range: week,
    stepMs: week.stepMs,
    marks: [
      { at: week.from + 30 * minute, kind: 'deploy', text: '2.8.1' },
      { at: week.to - 20 * minute, kind: 'deploy', text: '2.9.0-rc.1' },
    ],
    panels: [
      aPanel({
        series: [
          { name: 'worker', labels: {}, points: points((minutes) => wave(0.032, 0.02)(minutes / 35), week) },
          { name: 'idle', labels: {}, points: points(() => 0, week) },
          { name: 'new', labels: {}, points: points((minutes) => (minutes === 3 * 1440 ? 0.05 : null), week) },
        ],
        lines: [
          { kind: 'threshold', label: 'alert above', points: [[week.from, 0.06] as const, [week.to, 0.06] as const] },
        ],
      }),
    ],
  }),
  alert: aChart({
    title: 'PodRestartsOften',
    aside: 'last 2 hours, every 30 s',
    panels: [
      aPanel({
        title: 'rate(kube_pod_container_status_restarts_total{namespace="shop",pod=~"web-.*"}[10m]) * 600',
        unit: 'plain',
        series: [series('PodRestartsOften', (minutes) => (minutes < 90 ? 0.2 : 0.2 + (minutes - 90) / 8))],
        lines: [{ kind: 'threshold', label: 'threshold', points: flat(2) }],
      }),
    ],
    marks: [{ at: noon - 15 * minute, kind: 'alert', text: 'alert' }],
  }),
  query: aChart({
    title:
      'sum by (namespace, code) (rate(http_requests_total{job="kubernetes-pods", namespace=~"shop|pay"}[5m])) on prod',
    panels: [
      aPanel({
        title: 'Query',
        unit: 'plain',
        series: [
          series('code="200", namespace="shop"', wave(42, 9)),
          series('code="200", namespace="pay"', wave(12, 2)),
          series('code="500", namespace="shop"', wave(1.2, 0.9)),
        ],
      }),
    ],
  }),
  clusters: aChart({
    title: 'shop/web on test, prod',
    shadowLabel: '1w earlier',
    panels: [
      aPanel({
        series: [series('prod', wave(0.9, 0.2)), series('test', wave(0.2, 0.1, 9))],
        shadows: [series('prod', wave(0.7, 0.2, 4)), series('test', wave(0.2, 0.05, 9))],
      }),
      aPanel({
        title: 'Latency',
        unit: 'seconds',
        series: ['prod · p50', 'prod · p99', 'test · p50', 'test · p99'].map((name, index) =>
          series(name, wave(0.05 * (index + 1), 0.02, index * 9)),
        ),
      }),
    ],
    marks: [{ at: noon - 70 * minute, kind: 'deploy', text: 'prod 1.5.0' }],
  }),
  extremes: aChart({
    panels: [
      aPanel({ series: [series('nothing used', () => 0)] }),
      aPanel({ title: 'Errors', unit: 'ratio', series: [series('all failed', (minutes) => (minutes > 60 ? 1 : 0))] }),
      aPanel({ title: 'Memory', unit: 'bytes', series: [series('huge', wave(3.2e15, 1e14))] }),
      aPanel({ title: 'Query', unit: 'plain', series: [series('beyond names', wave(4.2e21, 1e20))] }),
      aPanel({ title: 'Latency', unit: 'seconds', series: [series('tiny', wave(0.000042, 0.00001))] }),
      aPanel({ title: 'Query', unit: 'plain', series: [series('below 0', (minutes) => 40 * Math.sin(minutes / 13))] }),
    ],
  }),
  crowd: aChart({
    panels: [
      aPanel({
        series: Array.from({ length: 14 }, (_, index) =>
          series(
            `recommend-worker-with-a-long-name-66c${index}f-${pods[index % 5]?.slice(-5)}`,
            wave(0.1 * (index + 1), 0.05, 13 * index),
          ),
        ),
        unshown: 22,
      }),
    ],
    marks: Array.from({ length: 9 }, (_, index) => ({
      at: noon - (60 - index * 2) * minute,
      kind: 'deploy' as const,
      text: `registry.example/shop/web:1.5.${index}`,
    })),
  }),
} satisfies Readonly<Record<string, Chart>>
