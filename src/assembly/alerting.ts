import { threadListener } from '../alerts/enrichment/threads.ts'
import { forgetResolved } from '../alerts/retention.ts'
import { createIntake } from '../alerts/intake.ts'
import { createKeeper } from '../alerts/keeper.ts'
import type { Keeper } from '../alerts/keeper.ts'
import { createAlertLedger } from '../alerts/ledger.ts'
import type { AlertLedger } from '../alerts/ledger.ts'
import { usualRoute } from '../alerts/routes.ts'
import type { Route, Routes } from '../alerts/routes.ts'
import { createWebhooks } from '../alerts/webhook.ts'
import type { WebhookProblem } from '../alerts/webhook.ts'
import { alertCalls, alertPosts, testPost } from '../cards/alert-posts.ts'
import { alertNotes } from '../cards/alert-notes.ts'
import { moveUnusable } from '../alerts/fallback.ts'
import { proxyFor } from '../clusters/direct/no-proxy.ts'
import type { Config } from '../config/config.ts'
import type { Environment } from '../config/environment.ts'
import type { Mount } from '../http/server.ts'
import { createSilences } from '../alerts/silences.ts'
import type { AlertDesk } from '../reception/alert-desk.ts'
import { mountsOf } from './alert-mounts.ts'
import { createAlertThreads } from './alert-threads.ts'
import type { AlertThreadsParts } from './alert-threads.ts'
import type { Foundation } from './foundation.ts'

/** Alerts from webhook to card. */
export interface Alerting {
  readonly ledger: AlertLedger
  /** For what people do about them. */
  readonly desk: AlertDesk
  readonly mounts: readonly Mount[]
  /** For `/metrics`. */
  readonly figures: { readonly received: () => number; readonly open: () => Promise<number> }
  readonly forget: () => Promise<number>
  start(): void
  /** Resolves when nothing is under way. */
  stop(): Promise<void>
}

export interface AlertingParts extends Omit<AlertThreadsParts, 'ledger'> {
  /** For the proxy. */
  readonly environment: Environment
}

const mostCounted = 10_000

export function createAlerting(
  config: Pick<Config, 'alerts' | 'alertsToken' | 'clusters' | 'people'>,
  { store, turn }: Pick<Foundation, 'store' | 'turn'>,
  parts: AlertingParts,
): Alerting {
  const { conversation, texts, clock, report } = parts
  const show = alertPosts(texts)
  const ledger = createAlertLedger({ store, show })
  const routes = routesOf(config.alerts?.routes ?? [])
  const desk: AlertDesk = {
    ledger,
    door: routes !== undefined && config.alertsToken !== undefined ? 'open' : 'shut',
    silences: silencesOf(config, parts.environment),
    notes: alertNotes(texts),
    creator: ({ user }) => config.people.get(user)?.kubernetes ?? `readback:${user}`,
  }
  const figures = { open: async () => (await ledger.open(mostCounted)).length }
  const forget = (): Promise<number> => forgetResolved(store)
  if (!config.alerts || !routes) {
    const take = (): Promise<WebhookProblem> => Promise.resolve({ code: 'webhook_closed', missing: 'routes' })
    const mounts = mountsOf({ take, token: config.alertsToken, texts })
    return {
      ledger,
      desk,
      mounts,
      figures: { ...figures, received: () => 0 },
      forget,
      start: () => {},
      stop: async () => {},
    }
  }
  const { watchdog } = config.alerts
  const shared = { store, show, listener: threadListener, routes, watchdog, report }
  const usual = usualRoute(routes).channel
  const intake = createIntake({
    ...shared,
    clusters: new Set(config.clusters.keys()),
    showTest: testPost(texts, usual),
  })
  const keeper: Keeper = createKeeper({ ...shared, clock, turn, intake, calls: alertCalls(texts) })
  const take = createWebhooks({ intake, now: () => clock.now(), report })
  const driven = createAlertLedger({ store, show, turn })
  const threads = createAlertThreads({ store, turn }, { ...parts, ledger: driven })
  let ends: (() => void)[] = []
  return {
    ledger,
    desk,
    mounts: mountsOf({ take, token: config.alertsToken, texts }),
    figures: { ...figures, received: intake.received },
    forget,
    start: () => {
      const unusable = (card: string, reason: string): void => {
        moveUnusable({ card, reason, usual }, { ledger: driven, outbox: conversation.outbox }).catch((error: unknown) =>
          report(error, card),
        )
      }
      ends = [conversation.outbox.onUnusable(unusable)]
      keeper.start()
      threads.start()
    },
    stop: async () => {
      for (const end of ends.splice(0)) end()
      await keeper.stop()
      await threads.stop()
    },
  }
}

/** Silences go where readback.yaml says, never to an address that a webhook names. */
function silencesOf({ alerts }: Pick<Config, 'alerts'>, environment: Environment) {
  const url = alerts?.alertmanager
  if (!url) return undefined
  const proxy = proxyFor(url, environment)
  return createSilences({ url, auth: alerts.auth, ...(proxy === undefined ? {} : { proxy: new URL(proxy) }) })
}

function routesOf([first, ...others]: readonly Route[]): Routes | undefined {
  return first && [first, ...others]
}
