import type { ObjectRef, WorkloadRef } from '../clusters/names.ts'

/** As people type it: `prod:shop/web`. */
export const spelled = ({ cluster, namespace, name }: WorkloadRef): string => `${cluster}:${namespace}/${name}`

export const workloadObject = ({ namespace, kind, name }: WorkloadRef): ObjectRef => ({
  apiVersion: 'apps/v1',
  kind,
  namespace,
  name,
})
