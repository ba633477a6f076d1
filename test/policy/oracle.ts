import type { PolicyRequest } from '../../src/policy/decision.ts'

/** A policy file as data. What follows reads DESIGN section 5 once more, slowly and without indexes. */
export interface Written {
  readonly roles: Readonly<
    Record<string, { readonly includes?: readonly string[]; readonly allow?: readonly WrittenGrant[] }>
  >
  readonly bindings: readonly {
    readonly role: string
    readonly users?: readonly string[]
    readonly groups?: readonly string[]
  }[]
  readonly approvals: Readonly<
    Record<
      string,
      { readonly require: readonly { readonly role: string; readonly count: number }[]; readonly expires: string }
    >
  >
  readonly guards: readonly (WrittenPlace & {
    readonly actions: readonly string[]
    readonly when?: { readonly replicas?: number; readonly images?: readonly string[] }
    readonly approval?: string
    readonly deny?: string
  })[]
  readonly freezes: readonly (WrittenPlace & {
    readonly name: string
    readonly from: string
    readonly to: string
    readonly except?: readonly string[]
  })[]
}

interface WrittenPlace {
  readonly environments?: readonly string[]
  readonly clusters?: readonly string[]
  readonly namespaces?: readonly string[]
}

interface WrittenGrant extends WrittenPlace {
  readonly actions: readonly string[]
  readonly images?: readonly string[]
  readonly replicas?: { readonly min?: number; readonly max?: number }
  readonly approval?: string
}

const frozenActions = ['deploy', 'scale', 'rollback', 'restart', 'pause', 'resume', 'promote', 'abort']

/** `deny:grant`, `deny:guard 1`, `deny:freeze x`, `allow:<grant>`, `<grant> needs role=count … in ms`. Orders only. */
export function oracle(file: Written, request: PolicyRequest): string {
  const roles = rolesHeld(file, request)
  const grant = bestGrant(file, roles, request)
  if (grant === undefined) return 'deny:grant'

  const freezes = frozenActions.includes(request.action)
    ? file.freezes.filter(
        (freeze) =>
          request.at >= Date.parse(freeze.from) &&
          request.at < Date.parse(freeze.to) &&
          inPlace(freeze, request) &&
          !(freeze.except ?? []).some((word) => reaches(word, request)),
      )
    : []
  const lifting = { ...request, action: 'break-glass' } as const
  const glass = freezes.length > 0 && (request.breakGlass ?? '') !== '' ? bestGrant(file, roles, lifting) : undefined

  const guards = [...guardsFor(file, request), ...(glass === undefined ? [] : guardsFor(file, lifting))]
  const denial = guards.find(({ guard }) => guard.deny !== undefined)
  if (denial !== undefined) return `deny:guard ${String(denial.index + 1)}`
  if (freezes.length > 0 && glass === undefined) {
    const last = Math.max(...freezes.map(({ to }) => Date.parse(to)))
    return `deny:freeze ${freezes.find(({ to }) => Date.parse(to) === last)?.name ?? ''}`
  }

  const names = [grant.approval, glass?.approval, ...guards.map(({ guard }) => guard.approval)].filter(
    (name) => name !== undefined,
  )
  if (names.length === 0) return `allow:${grant.id}`
  const seats = new Map<string, number>()
  let expires = glass === undefined ? Number.POSITIVE_INFINITY : 600_000
  for (const name of names) {
    const approval = file.approvals[name]
    for (const { role, count } of approval?.require ?? []) seats.set(role, Math.max(count, seats.get(role) ?? 0))
    expires = Math.min(expires, Number.parseInt(approval?.expires ?? '', 10) * 60_000)
  }
  const wanted = [...seats].map(([role, count]) => `${role}=${String(count)}`).sort()
  return `${grant.id} needs ${wanted.join(' ')} in ${String(expires)}`
}

function rolesHeld(file: Written, { actor }: PolicyRequest): ReadonlySet<string> {
  const held = new Set<string>()
  const take = (role: string) => {
    if (held.has(role)) return
    held.add(role)
    for (const included of file.roles[role]?.includes ?? []) take(included)
  }
  for (const { role, users = [], groups = [] } of file.bindings) {
    if (users.includes(actor.user) || groups.some((group) => actor.groups.some((own) => own === group))) take(role)
  }
  return held
}

function bestGrant(file: Written, roles: ReadonlySet<string>, request: PolicyRequest) {
  const all = Object.entries(file.roles).flatMap(([role, { allow = [] }]) =>
    allow.map((grant, index) => ({ ...grant, role, id: `${role}[${String(index)}]` })),
  )
  const matching = all.filter(
    (grant) =>
      roles.has(grant.role) &&
      grant.actions.some((word) => reaches(word, request)) &&
      inPlace(grant, request) &&
      imagesFit(grant.images, request) &&
      replicasFit(grant.replicas, request),
  )
  const people = ({ approval }: { readonly approval?: string }) =>
    approval === undefined ? 0 : (file.approvals[approval]?.require ?? []).reduce((sum, { count }) => sum + count, 0)
  const fewest = Math.min(...matching.map(people))
  return matching.find((grant) => people(grant) === fewest)
}

function guardsFor(file: Written, request: PolicyRequest) {
  return file.guards
    .map((guard, index) => ({ guard, index }))
    .filter(
      ({ guard }) =>
        guard.actions.some((word) => reaches(word, request)) &&
        inPlace(guard, request) &&
        conditionHolds(guard.when, request),
    )
}

function reaches(word: string, { action, replicas }: PolicyRequest): boolean {
  if (word === action) return true
  if (word === '*') return action !== 'break-glass'
  if (action !== 'scale' || replicas?.before === undefined) return false
  const { before, after } = replicas
  if (word === 'scale-up') return !(after.min < before.min || after.max < before.max)
  return word === 'scale-down' && !(after.min > before.min || after.max > before.max)
}

function inPlace({ environments, clusters, namespaces }: WrittenPlace, request: PolicyRequest): boolean {
  const among = (patterns: readonly string[] | undefined, value: string | undefined) =>
    patterns === undefined || (value !== undefined && patterns.some((pattern) => like(pattern).test(value)))
  return (
    among(environments, request.environment) && among(clusters, request.cluster) && among(namespaces, request.namespace)
  )
}

export function like(pattern: string): RegExp {
  const parts = pattern.split(/(\*+)/).map((part) => {
    if (part === '*') return '[^/]*'
    return part.startsWith('**') ? '.*' : part.replaceAll(/[.+?^${}()|[\]\\]/g, String.raw`\$&`)
  })
  return new RegExp(`^${parts.join('')}$`, 'su')
}

/** Test images are written out in full, `registry/…/name:tag`, and patterns name repositories. */
function imagesFit(patterns: readonly string[] | undefined, { action, images }: PolicyRequest): boolean {
  if (patterns === undefined || !['deploy', 'rollback', 'break-glass'].includes(action)) return true
  return (images ?? []).every((image) =>
    patterns.some((pattern) => like(pattern).test(image.slice(0, image.lastIndexOf(':')))),
  )
}

function replicasFit(
  range: { readonly min?: number; readonly max?: number } | undefined,
  { replicas }: PolicyRequest,
): boolean {
  if (range === undefined || replicas === undefined) return true
  return replicas.after.min >= (range.min ?? 0) && replicas.after.max <= (range.max ?? Number.POSITIVE_INFINITY)
}

function conditionHolds(when: Written['guards'][number]['when'], { images, replicas }: PolicyRequest): boolean {
  const zero = when?.replicas
  if (zero !== undefined && !(replicas !== undefined && replicas.after.min <= zero && replicas.after.max >= zero))
    return false
  const patterns = when?.images
  return (
    patterns === undefined ||
    (images ?? []).some((image) =>
      patterns.some((pattern) => like(pattern).test(image.slice(0, image.lastIndexOf(':')))),
    )
  )
}
