import { definePreset, of } from '../preset.ts'
import type { Way } from '../preset.ts'

const way = (wanted: string, available: string): Way => {
  const needs = [
    { metric: wanted, of: 'workload' },
    { metric: available, of: 'workload' },
  ] as const
  return {
    needs,
    traces: (asking) => [
      { name: 'wanted', query: `max(${of(needs[0], asking)})` },
      { name: 'available', query: `max(${of(needs[1], asking)})` },
    ],
  }
}

/** Pods wanted and pods that serve. */
export const replicas = definePreset({
  name: 'replicas',
  unit: 'count',
  ways: [
    way('kube_deployment_spec_replicas', 'kube_deployment_status_replicas_available'),
    way('kube_statefulset_replicas', 'kube_statefulset_status_replicas_ready'),
    way('kube_daemonset_status_desired_number_scheduled', 'kube_daemonset_status_number_ready'),
  ],
})
