import type { BotProcess } from '../bot-process.ts'
import type { SlackServer } from '../slack/server.ts'
import type { SimulatedCluster } from '../trial-cluster.ts'
import type { DeedAnswer } from './protocol.ts'
import type { Accident } from './requests.ts'

interface AccidentParts {
  readonly slack: Pick<SlackServer, 'faults'>
  readonly bot: BotProcess
  readonly simulated: ReadonlyMap<string, SimulatedCluster>
  /** Opens or shuts the gate before one of the visitor's own clusters; undefined: there is none of that name. */
  readonly allowChanges: (cluster: string, on: 'on' | 'off') => boolean
  /** Takes a cluster's Prometheus away or brings it back; false: there is none. */
  readonly setMetricsAway: (cluster: string, on: 'on' | 'off') => Promise<boolean>
  readonly changed: () => void
  readonly meddled: () => void
  /** Walks the bot's audit trail, or a forged copy, and answers what the check printed. */
  readonly checkAudit: (of: 'trail' | 'forgery') => Promise<string>
}

export interface Accidents {
  happen(accident: Accident): Promise<DeedAnswer>
  readonly chatLimited: () => boolean
}

const retryAfterSeconds = 3

export function createAccidents(parts: AccidentParts): Accidents {
  const { slack, bot, simulated, allowChanges, setMetricsAway, changed, meddled, checkAudit } = parts
  let relieve: (() => void) | undefined
  const fine: DeedAnswer = { ok: true }
  const unknown: DeedAnswer = { ok: false, reason: 'unknown_cluster' }
  const gone: DeedAnswer = { ok: false, reason: 'unknown_object' }

  async function happen(accident: Accident): Promise<DeedAnswer> {
    switch (accident.kind) {
      case 'limit_chat':
        relieve?.()
        relieve =
          accident.on === 'on'
            ? slack.faults.add({ kind: 'rate_limit', retryAfter: retryAfterSeconds, times: Number.MAX_SAFE_INTEGER })
            : undefined
        changed()
        return fine
      case 'drop_socket':
        slack.faults.drop()
        return fine
      case 'lose_answer':
        slack.faults.add({ kind: 'lose_answer', how: 'reset', method: 'chat.postMessage' })
        return fine
      case 'kill_bot':
        bot.kill()
        return fine
      case 'start_bot':
        bot.start()
        return fine
      case 'check_audit':
        return { ok: true, said: await checkAudit(accident.of) }
      case 'allow_changes':
        return allowChanges(accident.cluster, accident.on) ? fine : unknown
      case 'metrics_away': {
        const done = await setMetricsAway(accident.cluster, accident.on)
        changed()
        return done ? fine : unknown
      }
      default:
        return inCluster(accident)
    }
  }

  async function inCluster(
    accident: Extract<Accident, { kind: 'kill_pod' | 'meddle' | 'slow' | 'down' | 'expire' }>,
  ): Promise<DeedAnswer> {
    const cluster = simulated.get(accident.cluster)
    if (cluster === undefined) return unknown
    switch (accident.kind) {
      case 'kill_pod':
        return cluster.killPod(accident.namespace, accident.name) === 'gone' ? gone : fine
      case 'meddle':
        if (cluster.meddle(accident.namespace, accident.name) === 'gone') return gone
        meddled()
        return fine
      case 'slow':
        cluster.setSlow(accident.on)
        return fine
      case 'expire':
        cluster.setExpired(accident.on)
        return fine
      case 'down':
        await cluster.setDown(accident.on)
        return fine
    }
  }

  return { happen, chatLimited: () => relieve !== undefined }
}
