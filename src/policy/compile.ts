import type { Action, Requirement, Rule } from './decision.ts'
import type { Freeze, Grant, Guard, KnownClusters, Limit, Policy, Role } from './policy.ts'
import type { FreezeText, GrantText, GuardText, PolicyFile } from './schema.ts'
import type { GroupId, UserId } from '../chat/identity.ts'
import type { YamlPath, YamlPlaces } from '../documents/yaml-places.ts'
import {
  clusterLimit,
  directionLimit,
  environmentLimit,
  imageLimit,
  nameLimit,
  namespaceLimit,
  replicaLimit,
} from './limits.ts'
import { expandActions } from './actions.ts'
import { seatsIn } from './requirements.ts'

interface Context {
  readonly places: YamlPlaces
  readonly clusters: KnownClusters
  readonly digest: string
}

/** A file whose names are known to be right → what `decide` reads. */
export function compile(file: PolicyFile, context: Context): Policy {
  const { places, clusters, digest } = context
  const ruleAt = (name: string, path: YamlPath): Rule => ({ name, file: places.file, line: places.of(path).line })

  const approvals = new Map(
    Object.entries(file.approvals).map(([name, { require, expires }]): [string, Requirement] => [
      name,
      { names: [name], seats: require.map(({ role, count }) => ({ role, count })), expiresMs: expires },
    ]),
  )
  const requirement = (name: string | undefined) => (name === undefined ? undefined : approvals.get(name))

  let order = 0
  const grantsOf = (name: string) => {
    const byAction = new Map<Action, Grant[]>()
    for (const [index, text] of (file.roles[name]?.allow ?? []).entries()) {
      const needed = requirement(text.approval)
      const limits = grantLimits(text, clusters)
      const rule = ruleAt(name, ['roles', name, 'allow', index])
      for (const [action, directions] of expandActions(text.actions)) {
        const own = directions === undefined ? limits : [...limits, directionLimit(directions)]
        push(byAction, action, {
          rule,
          order,
          limits: own,
          requirement: needed,
          people: needed === undefined ? 0 : seatsIn(needed),
        })
      }
      order += 1
    }
    return byAction
  }

  const bindings = new Map<string, PolicyFile['bindings'][number][]>()
  for (const binding of file.bindings) push(bindings, binding.role, binding)

  const roles = new Map(
    Object.keys(file.roles).map((name): [string, Role] => {
      const bound = bindings.get(name) ?? []
      return [
        name,
        {
          name,
          rule: { name, file: places.file, line: places.ofKey(['roles', name]).line },
          holds: reach(file, name),
          grants: grantsOf(name),
          users: [...new Set(bound.flatMap(({ users }) => users))],
          groups: [...new Set(bound.flatMap(({ groups }) => groups))],
        },
      ]
    }),
  )

  const granting = new Map<Action, { readonly name: string; readonly grants: readonly Grant[] }[]>()
  for (const { name, grants } of roles.values()) {
    for (const [action, own] of grants) push(granting, action, { name, grants: own })
  }

  const guards = new Map<Action, Guard[]>()
  for (const [index, text] of file.guards.entries()) {
    const rule = ruleAt(`guard ${String(index + 1)}`, ['guards', index])
    const effect = guardEffect(text, requirement(text.approval))
    const limits = guardLimits(text, clusters)
    for (const [action, directions] of expandActions(text.actions)) {
      push(guards, action, {
        rule,
        effect,
        limits: directions === undefined ? limits : [...limits, directionLimit(directions)],
      })
    }
  }

  const heldByUser = new Map<UserId, Set<Role>>()
  const heldByGroup = new Map<GroupId, Set<Role>>()
  for (const role of roles.values()) {
    if (role.users.length === 0 && role.groups.length === 0) continue
    const held = [...roles.values()].filter(({ name }) => role.holds.includes(name))
    for (const user of role.users) for (const each of held) add(heldByUser, user, each)
    for (const group of role.groups) for (const each of held) add(heldByGroup, group, each)
  }

  return {
    file: places.file,
    digest,
    clusters,
    roles,
    granting,
    approvals,
    guards,
    freezes: file.freezes.map((text, index) =>
      compileFreeze(text, ruleAt(`freeze ${text.name}`, ['freezes', index]), clusters),
    ),
    breakGlass: { expiresMs: file['break-glass'].expires, reviewMs: file['break-glass'].review },
    cases: file.cases.map((text, index) => ({ text, number: index + 1, place: places.of(['cases', index]) })),
    heldByUser: new Map([...heldByUser].map(([user, held]) => [user, [...held]])),
    heldByGroup: new Map([...heldByGroup].map(([group, held]) => [group, [...held]])),
    otherwise: { name: 'default', file: places.file, line: places.ofKey(['roles']).line },
  }
}

function guardEffect({ deny }: GuardText, requirement: Requirement | undefined): Guard['effect'] {
  return requirement === undefined ? { kind: 'deny', text: deny ?? '' } : { kind: 'approval', requirement }
}

type PlaceText = Pick<GrantText, 'clusters' | 'environments' | 'namespaces' | 'names'>

function placeLimits(text: PlaceText, clusters: KnownClusters): readonly Limit[] {
  return [
    ...(text.clusters === undefined ? [] : [clusterLimit(text.clusters, clusters.keys())]),
    ...(text.environments === undefined ? [] : [environmentLimit(text.environments, clusters.values())]),
    ...(text.namespaces === undefined ? [] : [namespaceLimit(text.namespaces)]),
    ...(text.names === undefined ? [] : [nameLimit(text.names)]),
  ]
}

function grantLimits(text: GrantText, clusters: KnownClusters): readonly Limit[] {
  return [
    ...placeLimits(text, clusters),
    ...(text.replicas === undefined ? [] : [replicaLimit(text.replicas, 'within')]),
    ...(text.images === undefined ? [] : [imageLimit(text.images, 'every')]),
  ]
}

function guardLimits(text: GuardText, clusters: KnownClusters): readonly Limit[] {
  return [
    ...placeLimits(text, clusters),
    ...(text.when?.replicas === undefined ? [] : [replicaLimit(text.when.replicas, 'touching')]),
    ...(text.when?.images === undefined ? [] : [imageLimit(text.when.images, 'some')]),
  ]
}

function compileFreeze(text: FreezeText, rule: Rule, clusters: KnownClusters): Freeze {
  const { when } = text
  const active =
    when.kind === 'fixed'
      ? (at: number) => (at >= when.from && at < when.to ? { until: when.to } : undefined)
      : (at: number) => when.recurrence.at(at)
  return { name: text.name, rule, limits: placeLimits(text, clusters), except: text.except, active }
}

function reach(file: PolicyFile, name: string): readonly string[] {
  const found = new Set([name])
  // A set that grows while it is walked is walked to its new end.
  for (const each of found) for (const included of file.roles[each]?.includes ?? []) found.add(included)
  return [...found]
}

function push<Key, Item>(lists: Map<Key, Item[]>, key: Key, item: Item): void {
  const list = lists.get(key)
  if (list === undefined) lists.set(key, [item])
  else list.push(item)
}

function add<Key, Item>(sets: Map<Key, Set<Item>>, key: Key, item: Item): void {
  const set = sets.get(key)
  if (set === undefined) sets.set(key, new Set([item]))
  else set.add(item)
}
