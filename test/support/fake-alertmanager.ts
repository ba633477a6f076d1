import { createServer } from 'node:http'
import { isDeepStrictEqual } from 'node:util'
import type { AddressInfo } from 'node:net'
import { onTestFinished } from 'vitest'
import { z } from 'zod'
import { readMatchers } from '../../src/alerts/matchers.ts'

const Matcher = z.strictObject({
  name: z.string().min(1),
  value: z.string(),
  isRegex: z.boolean(),
  isEqual: z.boolean(),
})
/** `postableSilence` of Alertmanager's api/v2/openapi.yaml. */
const Posted = z.strictObject({
  id: z.string().optional(),
  matchers: z.array(Matcher).min(1),
  startsAt: z.iso.datetime(),
  endsAt: z.iso.datetime(),
  createdBy: z.string().min(1),
  comment: z.string().min(1),
})

export interface HeldSilence extends z.infer<typeof Posted> {
  readonly id: string
  state: 'active' | 'expired'
}

export interface FakeAlertmanager {
  url: string
  readonly silences: HeldSilence[]
  /** From now on requests are cut off, or answered as usual. */
  away: boolean
  /** The last `Authorization` header. */
  authorization: string | undefined
  /** From now on what it stores is answered like a fault. */
  mute: boolean
}

/** A filter looks at a matcher's text as if it were a value: an expression seldom finds itself. */
function isFound({ matchers }: Pick<HeldSilence, 'matchers'>, filter: string): boolean {
  const read = readMatchers(filter)
  const [wanted] = read.ok ? read.matchers : []
  const held = matchers.find(({ name }) => name === wanted?.name)?.value ?? ''
  if (!wanted) return false
  return (wanted.isRegex ? new RegExp(`^(?:${wanted.value})$`).test(held) : wanted.value === held) === wanted.isEqual
}

/** The part of Alertmanager's API, version 2, that silences need; refuses what the real one refuses. */
export async function aFakeAlertmanager(): Promise<FakeAlertmanager> {
  const silences: HeldSilence[] = []
  const fake: FakeAlertmanager = { url: '', silences, away: false, mute: false, authorization: undefined }
  const server = createServer((request, response) => {
    if (fake.away) return request.socket.destroy()
    fake.authorization = request.headers.authorization
    const chunks: Buffer[] = []
    const answer = (status: number, body: unknown): void => {
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
    }
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const url = new URL(request.url ?? '/', 'http://localhost')
      if (request.method === 'GET' && url.pathname === '/api/v2/silences') {
        const wanted = url.searchParams.getAll('filter')
        answer(
          200,
          silences
            .filter((one) => wanted.every((filter) => isFound(one, filter)))
            .map((one) => ({ ...one, status: { state: one.state } })),
        )
      } else if (request.method === 'POST' && url.pathname === '/api/v2/silences') {
        const posted = Posted.safeParse(JSON.parse(Buffer.concat(chunks).toString('utf8')))
        if (!posted.success) return answer(400, posted.error.issues)
        const known = silences.find(({ id }) => id === posted.data.id)
        if (posted.data.id !== undefined && !known) return answer(404, 'silence not found')
        // Other matchers make another silence, and end the one that is replaced.
        const same = known?.state === 'active' && isDeepStrictEqual(known.matchers, posted.data.matchers)
        const id = known && same ? known.id : `silence-${silences.length + 1}`
        if (known && same) Object.assign(known, posted.data)
        else {
          if (known) known.state = 'expired'
          silences.push({ ...posted.data, id, state: 'active' })
        }
        if (fake.mute) response.writeHead(500, { 'content-type': 'text/html' }).end('<h1>upstream</h1>')
        else answer(200, { silenceID: id })
      } else if (request.method === 'GET' && url.pathname.startsWith('/api/v2/silence/')) {
        const held = silences.find(({ id }) => url.pathname.endsWith(`/${id}`))
        if (!held) return answer(404, 'silence not found')
        answer(200, { ...held, status: { state: held.state } })
      } else if (request.method === 'DELETE' && url.pathname.startsWith('/api/v2/silence/')) {
        const known = silences.find(({ id }) => url.pathname.endsWith(`/${id}`))
        if (!known) return answer(404, 'silence not found')
        if (known.state === 'expired') return answer(500, 'silence already expired')
        known.state = 'expired'
        answer(200, {})
      } else answer(404, 'no such path')
      return undefined
    })
    return undefined
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(async () => {
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  })
  const address: AddressInfo | string | null = server.address()
  if (address === null || typeof address === 'string') throw new Error('no port')
  fake.url = `http://127.0.0.1:${address.port}`
  return fake
}
