import { ChannelId, GroupId, TeamId, UserId } from '../../src/chat/identity.ts'
import { ClusterName } from '../../src/clusters/names.ts'
import type { Operation } from '../../src/operations/operation.ts'
import type { OperationIn, State } from '../../src/operations/operation.ts'
import { OperationId } from '../../src/operations/operation-id.ts'
import { Fingerprint } from '../../src/plans/plan.ts'
import type { Plan } from '../../src/plans/plan.ts'

export const ann = { team: TeamId.parse('T0SHOP'), user: UserId.parse('U0ANN') }
export const bo = { team: TeamId.parse('T0SHOP'), user: UserId.parse('U0BO') }
const target = { cluster: ClusterName.parse('prod'), namespace: 'shop', kind: 'Deployment', name: 'web' } as const

/** A deploy of web 1.5.0 to prod, as its plan was made. */
export const aPlan = (more: Partial<Plan> = {}): Plan => ({
  order: { action: 'deploy', target, image: '1.5.0' },
  workload: target,
  object: { apiVersion: 'apps/v1', kind: 'Deployment', namespace: 'shop', name: 'web' },
  uid: 'uid-web',
  tests: [{ op: 'test', path: '/metadata/uid', value: 'uid-web' }],
  patch: [{ op: 'replace', path: '/spec/template/spec/containers/0/image', value: 'registry.example/shop/web:1.5.0' }],
  effect: {
    kind: 'images',
    images: [{ container: 'web', before: 'registry.example/shop/web:1.4.2', after: 'registry.example/shop/web:1.5.0' }],
  },
  differences: [
    {
      path: '/spec/template/spec/containers[web]/image',
      before: 'registry.example/shop/web:1.4.2',
      after: 'registry.example/shop/web:1.5.0',
    },
  ],
  warnings: [{ kind: 'autoscaler', name: 'web', min: 4, max: 12 }],
  contested: false,
  inverse: {
    action: 'rollback',
    object: { apiVersion: 'apps/v1', kind: 'Deployment', namespace: 'shop', name: 'web' },
    uid: 'uid-web',
    restore: [{ path: '/spec/template/spec/containers/0/image', value: 'registry.example/shop/web:1.4.2' }],
    expect: [{ path: '/spec/template/spec/containers/0/image', value: 'registry.example/shop/web:1.5.0' }],
  },
  fingerprint: Fingerprint.parse('a'.repeat(64)),
  images: ['registry.example/shop/web:1.5.0'],
  strategy: { kind: 'RollingUpdate', text: '25% / 25%', replicas: 4 },
  rollsOut: true,
  ...more,
})

const usual = {
  id: OperationId.parse('7F3K'),
  cause: 'slash/1',
  requester: ann,
  place: { channel: ChannelId.parse('C0SHOP'), kind: 'channel' },
  order: aPlan().order,
  plan: aPlan(),
  environment: 'production',
  rule: { name: 'developer', file: 'policies/roles.yaml', line: 9 },
  reason: 'fix 1432',
  createdAt: 1_000_000,
  gate: 'confirmation',
} as const

/** What an approval card asks for: one of sre. */
export const anApproval = () => ({
  requirement: { names: ['prod-change'], seats: [{ role: 'sre', count: 1 }], expiresMs: 1_800_000 },
  guards: [],
  approvers: { users: [], groups: [GroupId.parse('S0SRE')] },
  votes: [],
  reminded: false,
})

const ran = { startedAt: 1_010_000, attempts: 1 }
const progress = {
  wanted: 4,
  updated: 1,
  ready: 4,
  stuck: true,
  reasons: [
    {
      pod: 'web-1',
      container: 'web',
      reason: 'CrashLoopBackOff',
      message: 'back-off 40s',
      logs: ['starting', 'panic: no database'],
    },
  ],
}

/** One operation in each state, as a test wants it but for what it says otherwise. */
export const everyState: { readonly [S in State]: OperationIn<S> } = {
  planned: { ...usual, state: 'planned', deadline: 1_600_000 },
  awaiting_confirmation: { ...usual, state: 'awaiting_confirmation', deadline: 1_300_000 },
  awaiting_approval: {
    ...usual,
    gate: 'approval',
    approval: anApproval(),
    state: 'awaiting_approval',
    deadline: 2_800_000,
  },
  approved: { ...usual, state: 'approved', approvedAt: 1_005_000 },
  running: { ...usual, ...ran, state: 'running', stage: 'watching', patchedAt: 1_011_000, progress },
  succeeded: { ...usual, ...ran, state: 'succeeded', patchedAt: 1_011_000, endedAt: 1_042_000, how: 'rolled-out' },
  failed: {
    ...usual,
    ...ran,
    state: 'failed',
    patchedAt: 1_011_000,
    endedAt: 1_042_000,
    failure: { why: 'rollout', reason: 'exceeded its progress deadline', progress },
  },
  superseded: {
    ...usual,
    ...ran,
    state: 'superseded',
    patchedAt: 1_011_000,
    endedAt: 1_042_000,
    by: OperationId.parse('8G4M'),
  },
  unknown: { ...usual, ...ran, state: 'unknown', endedAt: 4_700_000, detail: 'no answer' },
  expired: { ...usual, state: 'expired', endedAt: 1_300_000 },
  rejected: {
    ...usual,
    gate: 'approval',
    approval: anApproval(),
    state: 'rejected',
    by: bo,
    because: 'not today',
    endedAt: 1_200_000,
  },
  voided: { ...usual, state: 'voided', endedAt: 1_200_000, ending: { why: 'moved', moved: ['/spec/template'] } },
  cancelled: { ...usual, state: 'cancelled', endedAt: 1_200_000, ending: { why: 'requester' } },
  denied: {
    ...usual,
    state: 'denied',
    endedAt: 1_200_000,
    ending: { why: 'problem', problem: { code: 'approval_lost', missing: 1, roles: ['sre'] } },
  },
}

export const allOperations: readonly Operation[] = Object.values(everyState)
