import { describe, expect, test } from 'vitest'
import { ChatError } from '../../src/chat/chat.ts'
import { GroupId, TeamId, UserId } from '../../src/chat/identity.ts'
import type { People, Profile } from '../../src/chat/identity.ts'
import { ClusterName } from '../../src/clusters/names.ts'
import { createJudge } from '../../src/policy/judge.ts'
import { createAuthority, createCallerOf, createCallers, createPolicyDesk } from '../../src/reception/authority.ts'
import { policyOf } from '../policy/building.ts'

const team = TeamId.parse('T0HOME')
const ann = { team, user: UserId.parse('U0ANN') }
const prod = ClusterName.parse('prod')
const policy = policyOf(`roles:
  sre: { allow: [ { actions: ["*"] } ] }
bindings:
  - { role: sre, users: [U0ANN], groups: [S0SRE] }
`)
const restart = {
  action: 'restart',
  cluster: 'prod',
  environment: 'production',
  namespace: 'shop',
  name: 'web',
} as const

/** A chat that knows her as `standing`; undefined: it does not answer. */
function anAuthority(standing: () => Profile['standing'] | undefined) {
  const asked: { readonly group: string; readonly maxAgeMs: number }[] = []
  const people: People = {
    profile: async (person, maxAgeMs) => {
      const found = standing()
      if (found !== undefined) return { person, standing: found }
      if (maxAgeMs === undefined) return { person, standing: 'member' }
      throw new ChatError({ code: 'chat_unavailable', method: 'users.info', detail: 'refused' })
    },
    members: async (group, maxAgeMs) => {
      asked.push({ group, maxAgeMs })
      return { group, members: [ann.user], asOf: 0 }
    },
  }
  const judge = createJudge({ policy: () => policy, freezes: () => [] })
  const desk = createPolicyDesk(judge, async () => 0)
  const speaker = { team, people }
  return { authority: createAuthority(judge, desk, speaker), desk, speaker, asked }
}

describe('who may do what, asked by operations', () => {
  test('somebody who was deactivated since holds nothing, though the policy names them by id', async () => {
    let standing: Profile['standing'] = 'member'
    const { authority } = anAuthority(() => standing)
    expect(await authority.decide(ann, restart, 10_000)).toMatchObject({ verdict: 'allow' })
    expect(await authority.holds(ann, 10_000)).toEqual({ roles: ['sre'], unchecked: [] })
    standing = 'deactivated'
    expect(await authority.decide(ann, restart, 10_000)).toMatchObject({ refusal: { code: 'policy_no_grant' } })
    expect(await authority.holds(ann, 10_000)).toEqual({ roles: [], unchecked: [] })
  })

  test('an order that was stored while its cluster had another environment is decided by the one that it has now', async () => {
    const careful = policyOf(`roles:
  sre: { allow: [ { actions: [restart], environments: [test] } ] }
bindings:
  - { role: sre, users: [U0ANN] }
`)
    const judge = createJudge({ policy: () => careful, freezes: () => [] })
    const people: People = {
      profile: async (person) => ({ person, standing: 'member' }),
      members: async (group) => ({ group, members: [], asOf: 0 }),
    }
    const authority = createAuthority(
      judge,
      createPolicyDesk(judge, async () => 0),
      { team, people },
    )
    const stored = { ...restart, environment: 'test' }
    expect(await authority.decide(ann, stored, 10_000)).toMatchObject({ refusal: { code: 'policy_no_grant' } })
    expect(await authority.decide(ann, { ...stored, cluster: 'test' }, 10_000)).toMatchObject({ verdict: 'allow' })
    expect(await authority.decide(ann, { ...stored, cluster: 'gone' }, 10_000)).toMatchObject({ verdict: 'deny' })
  })

  test('a chat that does not answer now leaves somebody who they were a moment ago', async () => {
    const { authority } = anAuthority(() => undefined)
    expect(await authority.holds(ann, 10_000)).toEqual({ roles: ['sre'], unchecked: [] })
  })

  test('groups that a cluster hears are as fresh as asked for, and nobody is asked where it hears the bot', async () => {
    const { desk, speaker, asked } = anAuthority(() => 'member')
    const cluster = (impersonate: boolean) => ({
      clusters: new Map([
        [
          prod,
          {
            name: prod,
            environment: 'production',
            impersonate,
            timeoutMs: 1,
            way: { kind: 'kubeconfig', files: [], context: 'prod' },
          } as const,
        ],
      ]),
      people: new Map(),
    })
    const hidden = createCallerOf(createCallers(cluster(false), desk), desk, speaker)
    expect(await hidden(ann, prod, 10_000)).toBe('bot')
    expect(asked).toEqual([])
    const heard = createCallerOf(createCallers(cluster(true), desk), desk, speaker)
    expect(await heard(ann, prod, 10_000)).toEqual({ user: 'readback:U0ANN', groups: ['readback:sre'] })
    expect(asked).toEqual([{ group: GroupId.parse('S0SRE'), maxAgeMs: 10_000 }])
  })
})
