import fc from 'fast-check'
import type { AsyncCommand } from 'fast-check'
import { expect, test } from 'vitest'
import { ChannelId, TeamId, UserId } from '../../src/chat/identity.ts'
import { cancel } from '../../src/operations/answer.ts'
import { operations } from '../../src/operations/operation.ts'
import type { Operation } from '../../src/operations/operation.ts'
import { propose } from '../../src/operations/propose.ts'
import { isEnd } from '../../src/operations/states.ts'
import { vote } from '../../src/operations/vote.ts'
import { operationOf } from '../../src/plans/bookkeeping.ts'
import { Fingerprint } from '../../src/plans/plan.ts'
import { startReplica } from '../crash/replica.ts'
import type { Replica } from '../crash/replica.ts'
import { createWorld, touch } from '../crash/world.ts'
import { fakeClusterName } from '../support/fake-cluster.ts'
import { createCouncil, policies } from './council.ts'

const team = TeamId.parse('T0HOME')
const place = { channel: ChannelId.parse('C0SHOP'), kind: 'channel' } as const
const names = ['web', 'api'] as const
/** Two may order; the second of them may also approve what others order, as may the rest while they are members. */
const people = ['U0ANN', 'U0SAM', 'U0KIM', 'U0LEE'].map((user) => UserId.parse(user))
/** Between the last look at who may do what and the patch. */
const decidedForMs = 30_000

/** More with `READBACK_PROPERTY_RUNS=2000 READBACK_PROPERTY_SEED=7`. */
const runs = Number(process.env['READBACK_PROPERTY_RUNS'] ?? 40)
const seed = Number(process.env['READBACK_PROPERTY_SEED'] ?? 5)

interface Run {
  readonly stage: Awaited<ReturnType<typeof createStage>>
}
type Deed = AsyncCommand<object, Run>

/** The bot's own operations over a policy, people and a cluster that all may change at any moment. */
async function createStage() {
  const base = createWorld()
  const council = createCouncil(team, () => base.clock.now())
  for (const user of people.slice(1)) council.join(user)
  const broken: string[] = []
  const approvals: { readonly id: string; readonly print: string; readonly by: UserId }[] = []
  const rejected = new Set<string>()

  const reckon = async (id: string): Promise<void> => {
    const stored = await base.store.get(operations, id)
    if (!stored) return void broken.push(`${id}: patched, and unknown`)
    const { requester, plan } = stored.value
    const voters = new Set(
      approvals
        .filter((one) => one.id === id && one.print === plan.fingerprint && one.by !== requester.user)
        .filter(({ by }) => council.wasApprover(by, decidedForMs))
        .map(({ by }) => by),
    )
    if (voters.size < council.fewest(decidedForMs)) broken.push(`${id}: patched with ${voters.size} valid votes`)
    if (rejected.has(id)) broken.push(`${id}: patched after a rejection`)
    if (council.isFrozen(decidedForMs)) broken.push(`${id}: patched in a freeze`)
    if (base.writes.filter((one) => one === id).length !== 1) broken.push(`${id}: patched twice`)
  }
  const { access } = base.cluster
  const world: typeof base = {
    ...base,
    cluster: {
      ...base.cluster,
      access: {
        ...access,
        patch: async (ref, changes, mode) => {
          const patched = await access.patch(ref, changes, mode)
          if (mode === 'write') await reckon(operationOf(patched.object))
          return patched
        },
      },
    },
  }
  const replicas: Replica[] = [await startReplica(world, council.authority)]
  let typed = 0
  const faults: unknown[] = []
  const go = (work: Promise<unknown>): void => void work.catch((error: unknown) => faults.push(error))
  const hands = () => {
    const replica = replicas.at(-1)
    if (!replica) throw new Error('nobody there')
    return replica.hands
  }
  const found = async (): Promise<readonly Operation[]> =>
    (await world.store.list(operations, { limit: 1_000 })).map(({ value }) => value)

  return {
    world,
    council,
    broken,
    faults,
    found,
    replicas,
    go,
    hands,
    approvals,
    rejected,
    nextCause: () => `typed ${(typed += 1)}`,
    restart: async () => {
      replicas.at(-1)?.mortal.die()
      replicas.push(await startReplica(world, council.authority))
    },
  }
}

const deed = (name: string, run: (stage: Run['stage']) => Promise<void> | void): Deed => ({
  check: () => true,
  run: async (_, { stage }) => {
    await run(stage)
    await stage.world.clock.advance(200)
    expect(stage.broken).toEqual([])
  },
  toString: () => name,
})

const order = (user: UserId, name: string, tag: number): Deed =>
  deed(`${user} orders ${name}:${tag}`, ({ go, hands, nextCause }) => {
    const target = { cluster: fakeClusterName, namespace: 'shop', kind: 'Deployment', name } as const
    const wanted = { action: 'deploy', target, image: `1.${tag}.0` } as const
    go(propose({ cause: nextCause(), requester: { team, user }, place, order: wanted, environment: 'test' }, hands()))
  })

const answer = (user: UserId, { verdict, which, stale }: Answer): Deed =>
  deed(`${user} ${verdict}s ${stale ? 'another plan of ' : ''}#${which}`, async (stage) => {
    const waiting = (await stage.found()).filter(({ state }) => !isEnd(state))
    const operation = waiting[which % Math.max(1, waiting.length)]
    if (!operation) return
    const { id } = operation
    const by = { team, user }
    if (verdict === 'cancel') return stage.go(cancel({ id, by }, stage.hands()))
    const print = stale ? Fingerprint.parse('f'.repeat(64)) : operation.plan.fingerprint
    if (verdict === 'approve') stage.approvals.push({ id, print, by: user })
    stage.go(
      vote({ id, fingerprint: print, by, verdict }, stage.hands()).then((answered) => {
        if (answered.ok && verdict === 'reject') stage.rejected.add(id)
      }),
    )
  })

interface Answer {
  readonly verdict: 'approve' | 'reject' | 'cancel'
  readonly which: number
  readonly stale: boolean
}

const who = fc.constantFrom(...people)
const what = fc.constantFrom(...names)
const approving = fc.record<Answer>({
  verdict: fc.constantFrom('approve', 'approve', 'approve', 'approve', 'reject', 'cancel'),
  which: fc.nat(3),
  stale: fc.nat(6).map((n) => n === 0),
})
const ordering = fc
  .tuple(fc.constantFrom(...people.slice(0, 2)), what, fc.integer({ min: 5, max: 7 }))
  .map((one) => order(...one))
const answering = fc.tuple(who, approving).map((one) => answer(...one))

/** Mostly orders and answers, so that something happens between what gets in their way. */
const deeds = [
  ...Array.from({ length: 3 }, () => ordering),
  ...Array.from({ length: 10 }, () => answering),
  what.map((name) =>
    deed(`somebody changes ${name}`, ({ world }) => touch(world, name, 'registry.example/shop/web:9')),
  ),
  who.map((user) => deed(`${user} leaves the group`, ({ council }) => council.leave(user))),
  who.map((user) => deed(`${user} joins the group`, ({ council }) => council.join(user))),
  fc.constant(deed('Lee is deactivated', ({ council }) => council.deactivate(UserId.parse('U0LEE')))),
  fc.constantFrom(...policies).map((n) => deed(`the policy asks for ${n}`, ({ council }) => council.reload(n))),
  fc.constantFrom(0, 0, 1).map((on) => deed(on ? 'a freeze' : 'no freeze', ({ council }) => council.freeze(on))),
  fc
    .constantFrom(1_000, 8_000, 45_000, 400_000)
    .map((ms) => deed(`${ms} ms pass`, ({ world }) => world.clock.advance(ms))),
  fc.constant(deed('a restart', ({ restart }) => restart())),
  fc.nat(12).map((step) =>
    deed(`it dies ${step} steps from now`, async ({ replicas, world, restart }) => {
      replicas.at(-1)?.mortal.dieAt(step + 1, step % 2 ? 'before' : 'after')
      await world.clock.advance(3_000)
      await restart()
    }),
  ),
]

/** Promises 4, 5 and 8 of DESIGN section 4, once nothing is left to do. */
async function brokenInTheEnd({ world, found }: Run['stage']): Promise<readonly string[]> {
  const broken: string[] = []
  for (const operation of await found()) {
    const { id, state } = operation
    if (!isEnd(state)) broken.push(`${id} is still ${state}`)
    const about = world.trail.entries.filter((entry) => entry.operation === id).map((entry) => entry.what)
    const [decision, intent, outcome] = ['decision', 'intent', 'outcome'].map((one) => about.indexOf(one))
    if (decision !== 0) broken.push(`${id}: the trail does not begin with its decision`)
    if (about.filter((one) => one === 'outcome').length !== 1) broken.push(`${id}: not one outcome`)
    const written = world.writes.includes(id)
    if (written && !(intent !== undefined && intent > about.indexOf('vote') && about.includes('vote')))
      broken.push(`${id}: intent before any vote`)
    if (written && (outcome ?? -1) < (intent ?? 0)) broken.push(`${id}: outcome before intent`)
  }
  const chain = await world.trail.verify()
  return chain.ok ? broken : [...broken, `chain: ${chain.why}`]
}

test('whatever people, policy, cluster and process do: no change without its votes, none twice, one end each, in order on the trail', async () => {
  let [ordered, changed] = [0, 0]
  await fc.assert(
    fc.asyncProperty(fc.commands(deeds, { maxCommands: 40, size: 'max' }), async (commands) => {
      const stage = await createStage()
      try {
        await fc.asyncModelRun(() => ({ model: {}, real: { stage } }), commands)
        stage.council.freeze(0)
        await stage.world.clock.advance(3 * 3_600_000)
        expect([...stage.broken, ...(await brokenInTheEnd(stage))]).toEqual([])
        expect(stage.faults).toEqual([])
        expect(stage.replicas.flatMap(({ faults }) => faults)).toEqual([])
        ordered += (await stage.found()).length
        changed += stage.world.writes.length
      } finally {
        for (const { mortal } of stage.replicas) mortal.die()
      }
    }),
    { numRuns: runs, seed },
  )
  // Otherwise nothing was tried.
  expect(ordered).toBeGreaterThan(50)
  expect(changed).toBeGreaterThan(5)
  console.log(`${ordered} orders, ${changed} changes`)
}, 300_000)
