import type { Json, JsonObject } from '../../../../src/json.ts'

/**
 * Requests and what a kube-apiserver 1.37 answers to them. The same list runs against the simulation and, with KUBECONFIG, against a real
 * cluster: a case that fails there is a mistake of this list and so of the simulation.
 */
export interface WireCase {
  readonly name: string
  readonly method: string
  readonly path: string
  readonly type?: string
  readonly body?: Json | string
  readonly as?: string
  readonly expect: {
    readonly code: number
    readonly reason?: string
    /** Exact, or a pattern where the server's own version shows. */
    readonly message?: string | RegExp
    readonly details?: JsonObject
    readonly text?: string
    readonly body?: JsonObject
    readonly warning?: string
  }
}

export const namespace = 'wire-cases'
export const ns = `/api/v1/namespaces/${namespace}`
export const apps = `/apis/apps/v1/namespaces/${namespace}`
export const web = `${apps}/deployments/web`
export const dry = `${web}?dryRun=All`
export const json = 'application/json-patch+json'
export const merge = 'application/merge-patch+json'
export const strategic = 'application/strategic-merge-patch+json'
export const webDetails = { name: 'web', group: 'apps', kind: 'deployments' }
