import { noticeOf } from '../src/sandbox/alertmanager/notice.ts'
import type { FiredAlert } from '../src/sandbox/alertmanager/notice.ts'
import type { SlackServer } from '../src/sandbox/slack/server.ts'

const severities = ['critical', 'warning', 'warning', 'info'] as const

export const stormName = (group: number): string => `Storm${String(group).padStart(4, '0')}`

export const teamOf = (team: number): string => `team-${team}`

/** What Alertmanager posts of one group when it has so many of its alerts. */
export function stormNotice(
  group: number,
  count: number,
  { at, teams }: { readonly at: number; readonly teams: number },
): string {
  const alertname = stormName(group)
  const alerts = Array.from({ length: count }, (_, index): FiredAlert => ({
    labels: {
      alertname,
      severity: severities[group % severities.length] ?? 'warning',
      team: teamOf(group % teams),
      namespace: 'shop',
      pod: `web-${group}-${index}`,
      instance: `10.0.${group % 250}.${index}:8080`,
    },
    annotations: {
      summary: `pod web-${group}-${index} keeps restarting`,
      description: 'It has been so for some minutes.',
    },
    startsAt: at,
    generatorUrl: 'http://prometheus.example:9090/graph?g0.expr=increase%28restarts%5B10m%5D%29+%3E+2&g0.tab=1',
  }))
  return JSON.stringify(noticeOf({ labels: { alertname }, alerts }, 'http://alertmanager.example:9093'))
}

/** Where each group can be seen. */
export interface Lookout {
  /** Names of groups seen so far in any message: a digest or a card of their own. */
  readonly seen: ReadonlyMap<string, number>
  /** How many messages of its own each group has in its channel. */
  own(): ReadonlyMap<string, number>
  digests(): number
  posts(): number
  close(): void
}

export function lookOut(slack: SlackServer, now: () => number): Lookout {
  const seen = new Map<string, number>()
  const own = new Map<string, Map<string, number>>()
  const digests = new Set<string>()
  let posts = 0
  const stop = slack.onChange((change) => {
    if (change.kind !== 'message') return
    const message = slack.messages.find(change.channel, change.ts)
    if (!message) return
    const names = new Set(JSON.stringify(message.blocks ?? []).match(/Storm\d{4}/g))
    for (const name of names) if (!seen.has(name)) seen.set(name, now())
    const tag = message.metadata?.event_payload['tag']
    if (typeof tag !== 'string') return
    posts += 1
    if (tag.startsWith('digest/')) digests.add(`${change.channel} ${change.ts}`)
    if (!/^alert\/[^/]+$/.test(tag)) return
    const [name = ''] = names
    const places = own.get(name) ?? new Map<string, number>()
    places.set(`${change.channel} ${change.ts}`, 1)
    own.set(name, places)
  })
  return {
    seen,
    own: () => new Map([...own].map(([name, places]) => [name, places.size])),
    digests: () => digests.size,
    posts: () => posts,
    close: stop,
  }
}
