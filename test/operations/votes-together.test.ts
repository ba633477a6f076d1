import { afterEach, describe, expect, test } from 'vitest'
import { ChannelId, TeamId, UserId } from '../../src/chat/identity.ts'
import { operations } from '../../src/operations/operation.ts'
import { propose } from '../../src/operations/propose.ts'
import { vote } from '../../src/operations/vote.ts'
import { openPostgresStore } from '../../src/store/postgres/postgres-store.ts'
import { startReplica } from '../crash/replica.ts'
import { createWorld } from '../crash/world.ts'
import { fakeClusterName } from '../support/fake-cluster.ts'
import { createTestSchema, databaseUrl, notRun } from '../support/postgres.ts'

const team = TeamId.parse('T0HOME')
const by = (user: string) => ({ team, user: UserId.parse(user) })
const place = { channel: ChannelId.parse('C0SHOP'), kind: 'channel' } as const
/** Needs two approvals in that world. */
const target = { cluster: fakeClusterName, namespace: 'shop', kind: 'Deployment', name: 'pay' } as const

describe.skipIf(databaseUrl === undefined)(`two replicas on one database${notRun}`, () => {
  const schema = createTestSchema(databaseUrl ?? '')
  afterEach(() => schema.end())

  test('count both of two votes given at the same instant, and one of two by the same person', async () => {
    const world = createWorld()
    const openReplica = async () => {
      const store = await openPostgresStore({ database: await schema.open(), report: () => {} })
      return startReplica({ ...world, store })
    }
    const [one, other] = [await openReplica(), await openReplica()]
    const proposals = Array.from({ length: 20 }, (_, index) =>
      propose(
        {
          cause: `order ${index}`,
          requester: by('U0ANN'),
          place,
          order: { action: 'deploy', target, image: `1.5.${index}` },
          environment: 'test',
        },
        one.hands,
      ),
    )
    for (const proposed of await Promise.all(proposals)) {
      if (proposed.kind !== 'created') throw new Error(proposed.kind)
      const { id, plan } = proposed.operation
      const ballot = { id, fingerprint: plan.fingerprint, verdict: 'approve' } as const
      const answers = await Promise.all([
        vote({ ...ballot, by: by('U0SAM') }, one.hands),
        vote({ ...ballot, by: by('U0KIM') }, other.hands),
        vote({ ...ballot, by: by('U0SAM') }, other.hands),
      ])
      expect(answers.filter(({ ok }) => ok)).toHaveLength(2)
      const { approval } = (await one.hands.parts.store.get(operations, id))?.value ?? {}
      expect(approval?.votes.map((cast) => cast.by).sort()).toEqual(['U0KIM', 'U0SAM'])
    }
    expect([...one.faults, ...other.faults]).toEqual([])
    one.mortal.die()
    other.mortal.die()
  })
})
