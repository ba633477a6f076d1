import { systemClock } from '../src/time/clock.ts'
import { company } from '../src/sandbox/company/people.ts'
import type { SlackServer } from '../src/sandbox/slack/server.ts'
import { createSlackServer } from '../src/sandbox/slack/server.ts'
import { worldFrom } from '../src/sandbox/slack/world/seed.ts'

const commands = ['/ops', '/deploy', '/scale', '/rollback', '/logs'].map((command) => ({ command }))
const plenty = 1_000_000_000

/** Channels to spread posts over: each takes one a second. */
export const busyChannels = Array.from({ length: 40 }, (_, at) => `C0BUSY${at}`)

/** A workspace of its own for one contestant, without Slack's rate limits unless told: those would be all that is measured. */
export function aWorkspace(
  limits: { readonly burst: number; readonly perSecond: number } = { burst: plenty, perSecond: plenty },
): Promise<SlackServer> {
  const seed = company(commands)
  const [shop] = seed.channels ?? []
  const busy = busyChannels.map((id) => ({ id, name: id.toLowerCase(), members: shop?.members ?? [] }))
  return createSlackServer({
    clock: systemClock,
    world: worldFrom({ ...seed, channels: [...(seed.channels ?? []), ...busy] }),
    limits: { tiers: { 1: plenty, 2: plenty, 3: plenty, 4: plenty }, ...limits },
    tcpAfterClose: 'ends',
  })
}

export interface Taken {
  readonly ackMs: number
  readonly answerMs: number
}

const asker = 'U0ANN'

/** One command from the keyboard to the answer that the person sees. Nothing else may be under way. */
export async function order(slack: SlackServer, line: string): Promise<Taken> {
  const begun = performance.now()
  let forget = (): void => {}
  const answered = new Promise<number>((resolve) => {
    forget = slack.onChange((change) => {
      if (change.kind === 'ephemeral' && change.user === asker) resolve(performance.now() - begun)
    })
  })
  try {
    const delivery = await slack.driver.typeCommand(asker, 'C0SHOP', line)
    const ackMs = performance.now() - begun
    if (delivery.kind !== 'acked') throw new Error(`${line}: ${delivery.kind}`)
    return { ackMs, answerMs: await within(answered, 5_000, line) }
  } finally {
    forget()
  }
}

/** That many commands, so many always under way. Returns commands a second, up to the last answer. */
export async function flood(
  slack: SlackServer,
  line: string,
  size: { readonly count: number; readonly inFlight: number },
): Promise<number> {
  const begun = performance.now()
  let sent = 0
  let answered = 0
  let forget = (): void => {}
  const over = new Promise<void>((resolve, reject) => {
    const send = (): void => {
      sent += 1
      slack.driver.typeCommand(asker, 'C0SHOP', line).then((delivery) => {
        if (delivery.kind !== 'acked') reject(new Error(`${line}: ${delivery.kind}`))
        return undefined
      }, reject)
    }
    forget = slack.onChange((change) => {
      if (change.kind !== 'ephemeral' || change.user !== asker) return
      answered += 1
      if (answered === size.count) resolve()
      else if (sent < size.count) send()
    })
    for (let at = 0; at < Math.min(size.inFlight, size.count); at += 1) send()
  })
  try {
    await within(over, 120_000, `${size.count} × ${line}`)
  } finally {
    forget()
  }
  return size.count / ((performance.now() - begun) / 1000)
}

async function within<Result>(work: Promise<Result>, limitMs: number, what: string): Promise<Result> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`${what}: no answer within ${limitMs} ms`)), limitMs)
  })
  try {
    return await Promise.race([work, late])
  } finally {
    clearTimeout(timer)
  }
}
