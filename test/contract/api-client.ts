import type { JsonObject } from '../../src/json.ts'
import { isJsonObject } from '../../src/clusters/reading/fields.ts'
import { Agent, request } from 'undici'

/** A cluster's API as its administrator, past the code under test. */
export interface ApiClient {
  /** Throws with the server's answer unless it is a 2xx. */
  post(path: string, body: JsonObject): Promise<JsonObject>
  get(path: string): Promise<JsonObject>
  merge(path: string, patch: JsonObject): Promise<JsonObject>
  remove(path: string): Promise<JsonObject>
  close(): Promise<void>
}

export function createApiClient({
  server,
  token,
  ...tls
}: {
  readonly server: string
  readonly token?: string
  readonly ca?: string
  readonly cert?: string
  readonly key?: string
}): ApiClient {
  const dispatcher = new Agent({ connect: tls })
  const send = async (
    method: 'GET' | 'POST' | 'PATCH' | 'DELETE',
    path: string,
    content?: { readonly body: JsonObject; readonly type: string },
  ) => {
    const { statusCode, body } = await request(`${server}${path}`, {
      dispatcher,
      method,
      headers: {
        ...(token !== undefined && { authorization: `Bearer ${token}` }),
        ...(content && { 'content-type': content.type }),
      },
      body: content ? JSON.stringify(content.body) : null,
    })
    const answer: unknown = await body.json()
    if (statusCode >= 300 || !isJsonObject(answer))
      throw new Error(`${method} ${path}: ${statusCode} ${JSON.stringify(answer)}`)
    return answer
  }
  return {
    get: (path) => send('GET', path),
    post: (path, body) => send('POST', path, { body, type: 'application/json' }),
    merge: (path, body) => send('PATCH', path, { body, type: 'application/merge-patch+json' }),
    remove: (path) => send('DELETE', path),
    close: () => dispatcher.close(),
  }
}
