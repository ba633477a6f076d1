import type { IncomingMessage } from 'node:http'
import type { Json, JsonObject } from '../../../json.ts'
import { addressOf } from '../../callers.ts'
import { isObject, parseJson } from '../json-values.ts'

/** The whole body, or undefined once it is larger than `limit` bytes. */
export async function readBody(request: IncomingMessage, limit: number): Promise<Buffer | undefined> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of request) {
    const piece = Buffer.isBuffer(chunk) ? chunk : Buffer.from(String(chunk))
    size += piece.length
    if (size > limit) return undefined
    chunks.push(piece)
  }
  return Buffer.concat(chunks)
}

/** Arguments from a form, JSON or multipart body and the query; undefined when the body is not what it says it is. */
export async function parseArguments(request: IncomingMessage, body: Buffer): Promise<JsonObject | undefined> {
  const type = request.headers['content-type'] ?? ''
  const found: Record<string, Json> = Object.fromEntries(addressOf(request.url)?.query ?? [])
  if (body.length === 0) return found
  if (type.startsWith('application/json')) {
    const parsed = parseJson(body.toString('utf8'))
    return isObject(parsed) ? { ...found, ...parsed } : undefined
  }
  if (type.startsWith('multipart/form-data')) {
    const form = await parts(type, body).catch(() => undefined)
    if (form === undefined) return undefined
    for (const [name, value] of form) if (typeof value === 'string') found[name] = value
    return found
  }
  return { ...found, ...Object.fromEntries(new URLSearchParams(body.toString('utf8'))) }
}

/** The bytes of an upload: the part named `body` or `file` of a form, else the body itself. */
export async function parseUpload(request: IncomingMessage, body: Buffer): Promise<Buffer> {
  const type = request.headers['content-type'] ?? ''
  if (!type.startsWith('multipart/form-data')) return body
  for (const [, value] of await parts(type, body))
    if (typeof value !== 'string') return Buffer.from(await value.arrayBuffer())
  return Buffer.alloc(0)
}

async function parts(type: string, body: Buffer) {
  return [...(await new Response(body, { headers: { 'content-type': type } }).formData()).entries()]
}
