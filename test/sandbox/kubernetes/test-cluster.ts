import type { KubernetesSimulation, SimulationOptions } from '../../../src/sandbox/kubernetes/simulation.ts'
import type { Json, JsonObject } from '../../../src/json.ts'
import type { ManualClock } from '../../support/manual-clock.ts'
import { createKubernetesSimulation } from '../../../src/sandbox/kubernetes/simulation.ts'
import { createManualClock } from '../../support/manual-clock.ts'
import { request } from 'node:http'
import { onTestFinished } from 'vitest'

export interface Reply {
  readonly code: number
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
  readonly text: string
  readonly body: JsonObject
}

interface Call {
  readonly type?: string
  readonly body?: Json | string
  readonly token?: string
  /** A list sends one header line for each member. */
  readonly headers?: Readonly<Record<string, string | string[]>>
}

export interface Streamed {
  readonly lines: () => readonly string[]
  readonly ended: () => 'open' | 'end' | 'error'
  close(): void
}

export interface TestCluster {
  readonly clock: ManualClock
  readonly simulation: KubernetesSimulation
  readonly url: string
  readonly call: (method: string, path: string, call?: Call) => Promise<Reply>
  /** Opens a request whose answer stays open; resolves once headers are there. */
  readonly stream: (path: string, call?: Call) => Promise<Streamed>
}

/** A simulated cluster on a manual clock, stopped at the end of the test. Calls go as cluster admin unless a token is given. */
export async function startCluster(options: Partial<SimulationOptions> = {}): Promise<TestCluster> {
  const clock = createManualClock()
  const simulation = createKubernetesSimulation({ clock, name: 'test', ...options })
  const { url } = await simulation.listen()
  onTestFinished(() => simulation.close())
  await clock.advance(0)

  const open = (method: string, path: string, call: Call) => {
    const body =
      call.body === undefined ? undefined : typeof call.body === 'string' ? call.body : JSON.stringify(call.body)
    const sent = request(`${url}${path}`, {
      method,
      agent: false,
      headers: {
        ...(call.token === '' ? {} : { authorization: `Bearer ${call.token ?? 'admin'}` }),
        ...(body === undefined
          ? {}
          : { 'content-type': call.type ?? 'application/json', 'content-length': Buffer.byteLength(body) }),
        ...call.headers,
      },
    })
    sent.end(body)
    return sent
  }

  return {
    clock,
    simulation,
    url,
    call: (method, path, call = {}) =>
      new Promise((resolve, reject) => {
        open(method, path, call)
          .on('error', reject)
          .on('response', (response) => {
            let text = ''
            response.setEncoding('utf8')
            response.on('data', (chunk) => (text += String(chunk)))
            response.on('error', reject)
            response.on('end', () => {
              const isJson = response.headers['content-type']?.includes('json') === true
              resolve({
                code: response.statusCode ?? 0,
                headers: response.headers,
                text,
                body: isJson ? JSON.parse(text) : {},
              })
            })
          })
      }),
    stream: (path, call = {}) =>
      new Promise((resolve, reject) => {
        const sent = open('GET', path, call)
        sent.on('error', reject)
        sent.on('response', (response) => {
          let text = ''
          let state: ReturnType<Streamed['ended']> = 'open'
          response.setEncoding('utf8')
          response.on('data', (chunk) => (text += String(chunk)))
          response.on('error', () => (state = 'error'))
          response.on('end', () => (state = 'end'))
          onTestFinished(() => {
            sent.destroy()
          })
          resolve({
            lines: () => text.split('\n').filter((line) => line !== ''),
            ended: () => state,
            close: () => sent.destroy(),
          })
        })
      }),
  }
}

/** Waits in real time for something that crosses a socket; the clock of the cluster stands still. */
export async function eventually(check: () => boolean): Promise<void> {
  for (let turn = 0; turn < 400 && !check(); turn += 1) await new Promise((resolve) => setTimeout(resolve, 5))
  if (!check()) throw new Error('what was waited for did not happen')
}

export function deployment(
  name: string,
  more: {
    readonly replicas?: number
    readonly image?: string
    readonly spec?: JsonObject
    readonly annotations?: JsonObject
    readonly podAnnotations?: JsonObject
    readonly container?: JsonObject
  } = {},
): JsonObject {
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name, namespace: 'shop', ...(more.annotations === undefined ? {} : { annotations: more.annotations }) },
    spec: {
      replicas: more.replicas ?? 2,
      selector: { matchLabels: { app: name } },
      template: podTemplate(name, more),
      ...more.spec,
    },
  }
}

export function podTemplate(
  name: string,
  more: { readonly image?: string; readonly podAnnotations?: JsonObject; readonly container?: JsonObject } = {},
): JsonObject {
  return {
    metadata: {
      labels: { app: name },
      ...(more.podAnnotations === undefined ? {} : { annotations: more.podAnnotations }),
    },
    spec: { containers: [{ name: 'app', image: more.image ?? 'registry.example/shop/web:1.0', ...more.container }] },
  }
}

export const shop: JsonObject = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'shop' } }
export const deployments = '/apis/apps/v1/namespaces/shop/deployments'
export const pods = '/api/v1/namespaces/shop/pods'
export const jsonPatch = 'application/json-patch+json'
export const mergePatch = 'application/merge-patch+json'
