import type { Reply } from './test-cluster.ts'
import type { WireCase } from './wire/wire-case.ts'
import { list, text } from '../../../src/sandbox/kubernetes/fields.ts'
import { seenOf, wantedOf } from './wire-check.ts'
import { namespace } from './wire/wire-case.ts'
import { wireCases } from './wire/wire-cases.ts'
import { wireSetup } from './wire/wire-setup.ts'
import { readFileSync } from 'node:fs'
import { request } from 'node:https'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { parse } from 'yaml'

/** The first user and cluster of KUBECONFIG, with a client certificate inside. */
const config = parse(readFileSync(process.env['KUBECONFIG'] ?? '', 'utf8'))
const clusterEntry = config.clusters[0].cluster
const userEntry = config.users[0].user
const pem = (entry: Record<string, string>, field: string) =>
  Buffer.from(entry[`${field}-data`] ?? readFileSync(entry[field] ?? '').toString('base64'), 'base64')

function call(method: string, path: string, one: Partial<Pick<WireCase, 'type' | 'body' | 'as'>> = {}): Promise<Reply> {
  const body = one.body === undefined ? undefined : typeof one.body === 'string' ? one.body : JSON.stringify(one.body)
  return new Promise((resolve, reject) => {
    request(`${clusterEntry.server}${path}`, {
      method,
      ca: pem(clusterEntry, 'certificate-authority'),
      cert: pem(userEntry, 'client-certificate'),
      key: pem(userEntry, 'client-key'),
      headers: {
        ...(body === undefined
          ? {}
          : { 'content-type': one.type ?? 'application/json', 'content-length': Buffer.byteLength(body) }),
        ...(one.as === undefined ? {} : { 'impersonate-user': one.as }),
      },
    })
      .on('error', reject)
      .on('response', (response) => {
        let text = ''
        response.setEncoding('utf8')
        response.on('data', (chunk) => (text += String(chunk)))
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
      .end(body)
  })
}

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

async function until(check: () => Promise<boolean>) {
  for (let turn = 0; turn < 100 && !(await check()); turn += 1) await pause(200)
}

beforeAll(async () => {
  await call('POST', '/api/v1/namespaces', { body: { metadata: { name: namespace } } })
  await until(async () => (await call('GET', `/api/v1/namespaces/${namespace}/serviceaccounts/default`)).code === 200)
  for (const [collection, manifest] of wireSetup) await call('POST', collection, { body: manifest })
  await until(async () => {
    const { body } = await call('GET', `/api/v1/namespaces/${namespace}/pods`)
    const ready = list(body, 'items').filter((pod) => text(pod, 'status', 'phase') === 'Running')
    const waits = list(body, 'items').some(
      (pod) => text(pod, 'status', 'containerStatuses', 0, 'state', 'waiting', 'reason') === 'ImagePullBackOff',
    )
    return ready.length >= 5 && waits
  })
  await pause(1000)
}, 60_000)

afterAll(async () => {
  await call('DELETE', `/api/v1/namespaces/${namespace}`)
})

describe.each(Object.entries(wireCases))('a real kube-apiserver answers so: %s', (_name, cases) => {
  test.each(cases.map((one) => [one.name, one] as const))('%s', async (_title, one) => {
    expect(seenOf(one, await call(one.method, one.path, one))).toEqual(wantedOf(one))
  })
})
