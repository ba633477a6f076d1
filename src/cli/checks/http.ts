import { createServer } from 'node:net'
import type { Config } from '../../config/config.ts'
import type { Check } from './check.ts'
import { z } from 'zod'

const Ready = z.object({ missing: z.array(z.string()) })

/** Whether a Readback answers where its HTTP server belongs, or else whether the port is free. */
export async function checkHttp({ http }: Pick<Config, 'http'>): Promise<Check> {
  const { host, port } = http
  const address = `${host}:${port}`
  const ready = await askReady(host === '0.0.0.0' || host === '::' ? '127.0.0.1' : host, port)
  if (ready !== undefined) {
    return ready.missing.length === 0
      ? { part: 'http', state: 'good', fact: { code: 'http_ready', address } }
      : { part: 'http', state: 'bad', fact: { code: 'http_not_ready', address, missing: ready.missing.join(', ') } }
  }
  return (await isFree(host, port))
    ? { part: 'http', state: 'good', fact: { code: 'http_free', address } }
    : { part: 'http', state: 'bad', fact: { code: 'http_taken', address } }
}

async function askReady(host: string, port: number): Promise<z.output<typeof Ready> | undefined> {
  if (port === 0) return undefined
  try {
    const answer = await fetch(`http://${host.includes(':') ? `[${host}]` : host}:${port}/readyz`, {
      signal: AbortSignal.timeout(3_000),
    })
    return Ready.safeParse(await answer.json()).data
  } catch {
    // Nobody there, or somebody else: whether the port is free tells.
    return undefined
  }
}

function isFree(host: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer()
    server.once('error', () => resolve(false))
    server.listen({ host, port, exclusive: true }, () => server.close(() => resolve(true)))
  })
}
