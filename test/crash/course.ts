import { owedRecords } from '../../src/audit/owed.ts'
import { operationCard } from '../../src/cards/operation.ts'
import { en } from '../../src/cards/texts/en.ts'
import { cardsWanted } from '../../src/chat/outbox/card.ts'
import { ChannelId, TeamId, UserId } from '../../src/chat/identity.ts'
import { confirm } from '../../src/operations/answer.ts'
import type { Hands } from '../../src/operations/conclude.ts'
import { cardOf, operations } from '../../src/operations/operation.ts'
import type { Operation, State } from '../../src/operations/operation.ts'
import { propose } from '../../src/operations/propose.ts'
import { isEnd } from '../../src/operations/states.ts'
import { errands } from './errands.ts'
import type { Errand } from './errands.ts'
import type { Moment } from './mortal.ts'
import { createPeople } from './people.ts'
import { patchArrivesMs, startReplica } from './replica.ts'
import type { Replica } from './replica.ts'
import { createWorld } from './world.ts'
import type { World } from './world.ts'

/** One death: at the n-th step of the process that has the work, and how long until the next process starts. */
export interface Death {
  readonly step: number
  readonly moment: Moment
  readonly gapMs: number
}

export interface Course {
  readonly deaths: readonly Death[]
  /** A second process stands by and takes over. */
  readonly standby: boolean
}

const requester = { team: TeamId.parse('T0HOME'), user: UserId.parse('U0ANN') }
const place = { channel: ChannelId.parse('C0SHOP'), kind: 'channel' } as const
const tickMs = 500
const mostMs = 4 * 3_600_000

/** Runs all errands through these deaths, until nothing is left to do. Answers what was broken, and how many steps the last process took. */
export async function runCourse({
  deaths,
  standby,
}: Course): Promise<{ readonly broken: readonly string[]; readonly steps: number; readonly met: number }> {
  const world = createWorld()
  const replicas: Replica[] = []
  const all: Replica[] = []
  const waiting = [...deaths]
  const asked = new Map<string, Replica>()
  const refused = new Set<string>()
  const begun = world.clock.now()
  const look = createLook(world)
  const react = createPeople(world, requester.team)

  const start = async (): Promise<void> => {
    const replica = await startReplica(world)
    const death = waiting.shift()
    if (death) replica.mortal.dieAt(death.step, death.moment)
    replicas.push(replica)
    all.push(replica)
  }
  const giveOrder = async ({ cause, order }: Pick<Errand, 'cause' | 'order'>, hands: Hands): Promise<void> => {
    const proposed = await propose({ cause, requester, place, order, environment: 'test' }, hands)
    if (proposed.kind === 'refused' || proposed.kind === 'problem') refused.add(cause)
    else if (proposed.operation.cause !== cause) refused.add(cause)
  }
  await start()
  if (standby) await start()
  let gap = deaths[0]?.gapMs ?? 0

  for (;;) {
    const alive = replicas.filter(({ mortal }) => mortal.alive)
    if (alive.length < replicas.length) {
      gap = gap || 1_000
      if (alive.length === 0) await world.clock.advance(gap)
      replicas.splice(0, replicas.length, ...alive)
      await start()
      gap = deaths[all.length - 1]?.gapMs ?? 0
      continue
    }
    if (world.clock.now() - begun > mostMs) break
    const found = await look()
    for (const errand of errands) {
      const { cause, order, afterMs } = errand
      const operation = found.find((one) => one.cause === cause)
      const [replica] = replicas
      if (!replica) continue
      const { hands } = replica
      if (operation) react(errand, operation, replica)
      if (operation?.state === 'awaiting_confirmation') {
        void confirm({ id: operation.id, fingerprint: operation.plan.fingerprint, by: requester }, hands)
      }
      if (operation || refused.has(cause) || world.clock.now() - begun < afterMs || asked.get(cause)?.mortal.alive)
        continue
      // Nobody answered: what was taken in is taken up again by another process.
      asked.set(cause, replica)
      void giveOrder({ cause, order }, hands)
    }
    await world.clock.advance(tickMs)
    if (isQuiet(await look(), errands.length - refused.size) && !(await isWanted(world))) break
  }
  // A request that was under way when its process died may still land.
  await world.clock.advance(patchArrivesMs + 20_000)
  const broken = [
    ...(await brokenPromises(world, { refused, calm: deaths.length === 0 })),
    ...all.flatMap(({ faults }) => faults),
  ]
  for (const { mortal } of all) mortal.die()
  return { broken, steps: Math.max(...all.map(({ mortal }) => mortal.steps)), met: deaths.length - waiting.length }
}

async function findOperations(world: World): Promise<readonly Operation[]> {
  return (await world.store.list(operations, { limit: 100 })).map(({ value }) => value)
}

/** The same, read again only when something was written. */
function createLook(world: World): () => Promise<readonly Operation[]> {
  let known: Promise<readonly Operation[]> | undefined
  world.store.watch(operations, () => {
    known = undefined
  })
  return () => (known ??= findOperations(world))
}

const isQuiet = (found: readonly Operation[], expected: number): boolean =>
  found.length >= expected && found.every(({ state }) => isEnd(state))

const isWanted = async (world: World): Promise<boolean> =>
  (await world.store.list(cardsWanted, { limit: 1 })).length > 0 ||
  (await world.store.list(owedRecords, { limit: 1 })).length > 0

/** DESIGN section 4, promises 4, 5 and 8, on what is left. */
async function brokenPromises(
  world: World,
  { refused, calm }: { readonly refused: ReadonlySet<string>; readonly calm: boolean },
): Promise<readonly string[]> {
  const found = await findOperations(world)
  const broken: string[] = []
  for (const { cause } of errands) {
    const own = found.filter((one) => one.cause === cause).length
    if (own !== (refused.has(cause) ? 0 : 1)) broken.push(`${cause}: ${own} operations`)
  }
  for (const operation of found) {
    const { id, cause, state } = operation
    const say = (what: string): void => void broken.push(`${cause} (${state}): ${what}`)
    if (!isEnd(state)) say('stuck')
    const ends: readonly State[] = errands.find((one) => one.cause === cause)?.ends ?? []
    if (calm ? ends[0] !== state : !ends.includes(state)) say(`should have been ${ends.join(' or ')}`)
    const writes = world.writes.filter((one) => one === id).length
    const changed = 'patchedAt' in operation && operation.patchedAt !== undefined
    if (writes !== (changed ? 1 : 0)) say(`patched ${writes} times`)
    const messages = world.channel.messages.filter(({ tag, deleted }) => tag === cardOf(id) && !deleted)
    if (messages.length !== 1) say(`${messages.length} cards`)
    const shown = operationCard(operation, en).summary
    if (messages[0]?.text !== shown) say(`its card says ${messages[0]?.text} instead of ${shown}`)
    const about = world.trail.entries.filter((entry) => entry.operation === id).map(({ what }) => what)
    for (const what of ['decision', 'outcome', ...(changed ? ['intent'] : [])]) {
      if (!about.includes(what)) say(`no ${what} on the trail`)
    }
    broken.push(...unapproved(operation, world).map((what) => `${cause} (${state}): ${what}`))
    const outcomes = about.filter((what) => what === 'outcome').length
    if (outcomes > 1) say(`${outcomes} outcomes on the trail`)
  }
  const chain = await world.trail.verify()
  if (!chain.ok) broken.push(`chain: ${chain.why}`)
  return broken
}

/** Promise 3: what was changed had its votes, and they and the intent stand on the trail in their order. */
function unapproved(operation: Operation, world: World): readonly string[] {
  const { id, approval, plan, requester: own } = operation
  const about = world.trail.entries.filter((entry) => entry.operation === id)
  const intent = about.findIndex(({ what }) => what === 'intent')
  if (!approval || intent < 0) return []
  const voters = new Set(
    approval.votes
      .filter(
        ({ by, verdict, fingerprint }) => verdict === 'approve' && by !== own.user && fingerprint === plan.fingerprint,
      )
      .map(({ by }) => by),
  )
  const wanted = approval.requirement.seats.reduce((sum, { count }) => sum + count, 0)
  const missing = voters.size < wanted ? [`patched with ${voters.size} votes of ${wanted}`] : []
  const recorded = about.slice(0, intent).filter(({ what }) => what === 'vote')
  const silent = [...voters].filter((voter) => !recorded.some(({ who }) => who === `${own.team}/${voter}`))
  return [...missing, ...silent.map((voter) => `the vote of ${voter} is not on the trail before the intent`)]
}
