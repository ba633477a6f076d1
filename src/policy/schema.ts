import { z } from 'zod'
import { GroupId, UserId } from '../chat/identity.ts'
import { Duration } from '../time/durations.ts'
import { createRecurrence } from '../time/recurrence.ts'
import { either, expecting, sheet, wrong } from '../documents/sheet.ts'
import { actions } from './decision.ts'
import { isPattern } from './patterns.ts'

/** What may stand where an action may: `*` is all but `break-glass`, the other two are directions of `scale`. */
export const actionWords = [...actions, 'scale-up', 'scale-down', '*'] as const
export type ActionWord = (typeof actionWords)[number]

const ActionWords = z.array(z.enum(actionWords)).min(1)
const RoleName = expecting('role_name', z.string().regex(/^[a-z][a-z0-9-]{0,61}$/), ['sre', 'release-manager'])
const Pattern = expecting('pattern', z.string().refine(isPattern), ['shop', 'shop-*'])
const Patterns = z.array(Pattern).min(1)
const Images = z.array(expecting('pattern', z.string().refine(isPattern), ['registry.example/shop/*'])).min(1)
const User = expecting('user_id', UserId, ['U0ANN'])
const Group = expecting('group_id', GroupId, ['S0SRE'])

const isoMoment = z.union([z.iso.datetime({ offset: true }), z.iso.datetime({ offset: true, precision: -1 })])
const lastMoment = Date.parse('9999-12-31T23:59:59Z')
/** `2026-12-30T18:00+08:00`: without a zone it would be another moment on another machine, and after the year 9999 no card could write it. */
const realMoment = isoMoment.refine((text) => Date.parse(text) <= lastMoment)
const Moment = expecting('moment', realMoment, ['2026-12-30T18:00+08:00', '2026-12-30T10:00Z']).transform((text) =>
  Date.parse(text),
)

const Count = z.int().min(0).max(1_000_000)
const Range = sheet({ min: Count.optional(), max: Count.optional() }).superRefine((range, context) => {
  if (range.min === undefined && range.max === undefined) context.addIssue(wrong(range, { kind: 'not_empty' }))
  if ((range.min ?? 0) > (range.max ?? Infinity)) context.addIssue(wrong(range, { kind: 'max_not_below_min' }, ['max']))
})
export type Range = z.output<typeof Range>

/** A number is a range of one. */
const NumberOrRange = either({ kind: 'number_or_range', values: ['0', '{ min: 20 }'] }, [Count, Range]).transform(
  (value): Range => (typeof value === 'number' ? { min: value, max: value } : value),
)

const place = {
  environments: Patterns.optional(),
  clusters: Patterns.optional(),
  namespaces: Patterns.optional(),
  names: Patterns.optional(),
}

const Grant = sheet({
  actions: ActionWords,
  ...place,
  images: Images.optional(),
  replicas: Range.optional(),
  approval: z.string().optional(),
})

const Role = sheet({ includes: z.array(z.string()).default([]), allow: z.array(Grant).default([]) })

const Binding = sheet({
  role: z.string(),
  users: z.array(User).default([]),
  groups: z.array(Group).default([]),
}).superRefine((binding, context) => {
  if (binding.users.length + binding.groups.length === 0)
    context.addIssue(wrong(binding, { kind: 'not_empty' }, ['users']))
})

/** A year is longer than any card waits; the bound keeps sums of times exact. */
const Approval = sheet({
  require: z.array(sheet({ role: z.string(), count: z.int().min(1).max(20).default(1) })).min(1),
  expires: Duration.default(30 * 60_000),
})

const Guard = sheet({
  actions: ActionWords,
  ...place,
  when: sheet({ replicas: NumberOrRange.optional(), images: Images.optional() }).optional(),
  approval: z.string().optional(),
  deny: z.string().min(1).optional(),
}).superRefine((guard, context) => {
  if ((guard.approval === undefined) === (guard.deny === undefined)) {
    context.addIssue(wrong(guard, { kind: 'approval_or_deny' }, guard.deny === undefined ? ['approval'] : ['deny']))
  }
})

const Freeze = sheet({
  name: z.string().min(1).max(100),
  ...place,
  from: Moment.optional(),
  to: Moment.optional(),
  every: z.string().optional(),
  zone: z.string().optional(),
  for: Duration.optional(),
  except: z.array(z.enum(actionWords)).default([]),
}).transform(({ from, to, every, zone, for: forMs, ...rest }, context) => {
  const fixed = from !== undefined || to !== undefined
  const recurring = every !== undefined || zone !== undefined || forMs !== undefined
  const refuse = (...fault: Parameters<typeof wrong>) => {
    context.issues.push(wrong(...fault))
    return z.NEVER
  }
  if (fixed === recurring) return refuse(rest, { kind: 'fixed_or_recurring' }, fixed ? ['every'] : [])
  if (fixed) {
    if (from === undefined) return refuse(rest, { kind: 'moment' }, ['from'])
    if (to === undefined) return refuse(rest, { kind: 'moment' }, ['to'])
    return to > from
      ? { ...rest, when: { kind: 'fixed' as const, from, to } }
      : refuse(rest, { kind: 'after_from' }, ['to'])
  }
  if (every === undefined) return refuse(rest, { kind: 'cron', values: ['0 18 * * 5'] }, ['every'])
  if (zone === undefined) return refuse(rest, { kind: 'zone', values: ['Asia/Shanghai'] }, ['zone'])
  if (forMs === undefined) return refuse(rest, { kind: 'duration', values: ['60h'] }, ['for'])
  const recurrence = createRecurrence({ cron: every, zone, forMs })
  if (recurrence === 'zone') return refuse(rest, { kind: 'zone', values: ['Asia/Shanghai'] }, ['zone'])
  if (recurrence === 'cron') return refuse(rest, { kind: 'cron', values: ['0 18 * * 5'] }, ['every'])
  if (recurrence === 'never') return refuse(rest, { kind: 'cron_that_happens' }, ['every'])
  return { ...rest, when: { kind: 'recurring' as const, recurrence } }
})

const BreakGlass = sheet({ expires: Duration.default(10 * 60_000), review: Duration.default(24 * 3_600_000) })

const whoExamples = ['U0ANN', '{ role: sre }', '{ user: U0X, groups: [S0SRE] }']
const StatedWho = sheet({ user: User.optional(), groups: z.array(Group).default([]), role: z.string().optional() })
/** A person with the groups stated and no others, or somebody who holds exactly one role. */
const Who = either({ kind: 'user_or_role', values: whoExamples }, [User, StatedWho]).transform((value, context) => {
  if (typeof value === 'string') return { user: value, groups: [] }
  const { user, groups, role } = value
  if (user !== undefined && role === undefined) return { user, groups }
  if (user === undefined && role !== undefined && groups.length === 0) return { role }
  context.issues.push(wrong(value, { kind: 'user_or_role', values: whoExamples }))
  return z.NEVER
})

const approvalNames = either({ kind: 'text' }, [z.string(), z.array(z.string()).min(1)])
const Expectation = either({ kind: 'one_of', values: ['allow', 'deny', '{ approval: NAME }'] }, [
  z.enum(['allow', 'deny']),
  sheet({ approval: approvalNames.transform((names) => (typeof names === 'string' ? [names] : names)) }),
])

const Place = expecting('place', z.string().regex(/^[a-z0-9][a-z0-9.-]*(:([a-z0-9*.-]+\/){0,2}[a-z0-9.-]*)?$/i), [
  'prod:shop/web',
  'prod:shop/',
  'prod',
])

const askedShape = {
  who: Who,
  may: z.enum(actions),
  where: Place,
  with: sheet({
    replicas: NumberOrRange.optional(),
    before: NumberOrRange.optional(),
    images: z.array(z.string().min(1)).optional(),
    'break-glass': z.string().min(1).optional(),
  }).default({}),
  at: Moment.optional(),
}

/** A question, as a case asks it and as it is typed on the command line. */
export const Asked = sheet(askedShape)
export type Asked = z.output<typeof Asked>

const Case = sheet({ ...askedShape, expect: Expectation })
export type Case = z.output<typeof Case>

export const PolicyFile = sheet({
  roles: z.record(RoleName, Role),
  bindings: z.array(Binding).default([]),
  approvals: z.record(RoleName, Approval).default({}),
  guards: z.array(Guard).default([]),
  freezes: z.array(Freeze).default([]),
  'break-glass': BreakGlass.default({ expires: 10 * 60_000, review: 24 * 3_600_000 }),
  cases: z.array(Case).default([]),
})
export type PolicyFile = z.output<typeof PolicyFile>
export type GrantText = z.output<typeof Grant>
export type GuardText = z.output<typeof Guard>
export type FreezeText = z.output<typeof Freeze>
