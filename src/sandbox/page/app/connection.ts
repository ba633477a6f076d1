import type { DeedAnswer, PageCompletion, PageEvent, PageTrafficEntry } from '../protocol.ts'
import type { Accident, Deed } from '../requests.ts'

type Without<Union, Key extends string> = Union extends unknown ? Omit<Union, Key> : never
/** A deed of whoever the page shows. */
export type OwnDeed = Without<Deed, 'as'>

export interface Listening {
  readonly onEvent: (event: PageEvent) => void
  readonly onLost: () => void
}

/** One stream of changes as one person sees them; the browser itself comes back after a break. */
export function listen(user: string, { onEvent, onLost }: Listening): () => void {
  const source = new EventSource(`/events?as=${encodeURIComponent(user)}`)
  source.addEventListener('message', ({ data }: MessageEvent<string>) => {
    const event: PageEvent = JSON.parse(data)
    onEvent(event)
  })
  source.addEventListener('error', onLost)
  return () => source.close()
}

async function post<Answer>(path: string, body: object): Promise<Answer> {
  const response = await fetch(path, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  return response.json()
}

const lost: DeedAnswer = { ok: false, reason: 'sandbox_gone' }

export const doDeed = (user: string, deed: OwnDeed): Promise<DeedAnswer> =>
  post<DeedAnswer>('/deeds', { ...deed, as: user }).catch(() => lost)

export const happen = (accident: Accident): Promise<DeedAnswer> =>
  post<DeedAnswer>('/accidents', accident).catch(() => lost)

export const complete = (typed: string, channel: string): Promise<PageCompletion> =>
  post<PageCompletion>('/complete', { typed, channel }).catch(() => ({ from: typed.length, candidates: [] }))

export async function traffic(): Promise<readonly PageTrafficEntry[]> {
  const response = await fetch('/traffic')
  return response.json()
}
