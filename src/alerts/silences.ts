import { z } from 'zod'
import type { AlertGroupId } from './group.ts'
import type { Matcher } from './matchers.ts'
import type { AlertProblem } from './problems.ts'

export interface SilenceOrder {
  readonly group: AlertGroupId
  readonly matchers: readonly Matcher[]
  /** Epoch ms. */
  readonly from: number
  readonly until: number
  /** Who, by a name that whoever looks at the Alertmanager knows. */
  readonly createdBy: string
  readonly reason: string
  /** The silence that the group has already, perhaps with other matchers. */
  readonly replaces?: string
}

export type Silenced =
  | { readonly ok: true; readonly id: string }
  | { readonly ok: false; readonly problem: AlertProblem }

export type Ended = { readonly ok: true } | { readonly ok: false; readonly problem: AlertProblem }

/** Silences where alerts are silenced. Never throws for what the other side does. */
export interface Silences {
  /** The one silence of that group: the same order once more, also after a lost answer, makes no second one. */
  make(order: SilenceOrder): Promise<Silenced>
  /** That one, and whatever else was made for its group. One that is over already is as good as ended. */
  end(silence: { readonly id: string; readonly group: AlertGroupId }): Promise<Ended>
  /** That one only. */
  endOne(id: string): Promise<Ended>
}

/** As whom the Alertmanager is asked. */
export type SilencesAuth =
  | { readonly kind: 'none' }
  | { readonly kind: 'bearer'; readonly token: string }
  | { readonly kind: 'basic'; readonly user: string; readonly password: string }

const deadlineMs = 8_000
const limitBytes = 5_000_000

const Made = z.object({ silenceID: z.string() })
const Held = z.object({ id: z.string(), comment: z.string(), status: z.object({ state: z.string() }) })
const Listed = z.array(Held)

interface Answer {
  readonly status: number
  readonly text: string
}

/** Alertmanager's API, version 2 (github.com/prometheus/alertmanager, api/v2/openapi.yaml). */
export function createSilences({
  url,
  auth = { kind: 'none' },
  proxy,
}: {
  readonly url: URL
  readonly auth?: SilencesAuth
  readonly proxy?: URL
}): Silences {
  const base = url.href.replace(/\/*$/, '')

  async function ask(method: 'get' | 'post' | 'delete', path: string, body?: unknown): Promise<Answer> {
    const { default: axios } = await import('axios')
    const { status, data } = await axios.request<unknown>({
      method,
      url: `${base}/api/v2/${path}`,
      ...(body === undefined ? {} : { data: body }),
      headers: {
        accept: 'application/json',
        ...(auth.kind === 'bearer' ? { authorization: `Bearer ${auth.token}` } : {}),
      },
      ...(auth.kind === 'basic' ? { auth: { username: auth.user, password: auth.password } } : {}),
      proxy:
        proxy === undefined
          ? false
          : { protocol: proxy.protocol, host: proxy.hostname, port: Number(proxy.port || 80) },
      timeout: deadlineMs,
      signal: AbortSignal.timeout(deadlineMs),
      maxRedirects: 0,
      maxContentLength: limitBytes,
      responseType: 'text',
      transformResponse: (text: unknown) => text,
      validateStatus: () => true,
    })
    return { status, text: typeof data === 'string' ? data : '' }
  }

  /** Silences that were made for that group and hold still. All are asked for: a filter does not find expressions, nor other matchers of a lost answer. */
  async function marked(group: AlertGroupId): Promise<readonly string[]> {
    const { status, text } = await ask('get', 'silences')
    const listed = status === 200 ? Listed.safeParse(parsed(text)) : undefined
    const held = listed?.data?.filter(
      ({ comment, status: { state } }) => state !== 'expired' && comment.endsWith(mark(group)),
    )
    return held?.map(({ id }) => id) ?? []
  }

  async function known({ group, replaces }: SilenceOrder): Promise<string | undefined> {
    if (replaces !== undefined) {
      const found = await ask('get', `silence/${encodeURIComponent(replaces)}`)
      const held = found.status === 200 ? Held.safeParse(parsed(found.text)) : undefined
      if (held?.success && held.data.status.state !== 'expired') return replaces
    }
    return (await marked(group))[0]
  }

  async function remove(id: string): Promise<Ended> {
    const { status, text } = await ask('delete', `silence/${encodeURIComponent(id)}`)
    if (status === 200 || status === 404 || /already expired|not found/i.test(text)) return { ok: true }
    return refused(status, text)
  }

  return {
    make: async (order) => {
      try {
        const id = await known(order)
        const { status, text } = await ask('post', 'silences', {
          ...(id === undefined ? {} : { id }),
          matchers: order.matchers,
          startsAt: new Date(order.from).toISOString(),
          endsAt: new Date(order.until).toISOString(),
          createdBy: order.createdBy,
          comment: `${order.reason} ${mark(order.group)}`,
        })
        const made = status === 200 ? Made.safeParse(parsed(text)) : undefined
        return made?.success ? { ok: true, id: made.data.silenceID } : refused(status, text)
      } catch (error) {
        return away(error)
      }
    },
    end: async ({ id, group }) => {
      try {
        for (const each of new Set([id, ...(await marked(group))])) {
          const ended = await remove(each)
          if (!ended.ok) return ended
        }
        return { ok: true }
      } catch (error) {
        return away(error)
      }
    },
    endOne: async (id) => {
      try {
        return await remove(id)
      } catch (error) {
        return away(error)
      }
    },
  }
}

/** Stands at the end of the comment. */
const mark = (group: AlertGroupId): string => `(Readback ${group})`

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

const refused = (status: number, text: string): { readonly ok: false; readonly problem: AlertProblem } => ({
  ok: false,
  problem: { code: 'alertmanager_refused', status, detail: text.trim().slice(0, 300) },
})

function away(error: unknown): { readonly ok: false; readonly problem: AlertProblem } {
  const code = error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined
  return {
    ok: false,
    problem: { code: 'alertmanager_away', detail: code ?? (error instanceof Error ? error.name : 'unknown') },
  }
}
