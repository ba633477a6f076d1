/** One thing that the bot's credential must be allowed on a cluster. */
export interface Right {
  readonly verb: string
  /** API group; empty for the core. */
  readonly group: string
  readonly resource: string
  /** Names alone, where the right is given name by name. */
  readonly name?: string
  /** Nodes and namespaces belong to none. */
  readonly scope: 'namespaced' | 'cluster'
}

const rights = (group: string, resources: readonly string[], verbs: readonly string[]): readonly Right[] =>
  resources.flatMap((resource) => verbs.map((verb): Right => ({ verb, group, resource, scope: 'namespaced' })))

const workloads = ['deployments', 'statefulsets', 'daemonsets']

/** Watching, recovery and what a card shows beside. */
const reading: readonly Right[] = [
  { verb: 'list', group: '', resource: 'nodes', scope: 'cluster' },
  { verb: 'list', group: '', resource: 'namespaces', scope: 'cluster' },
  ...rights('', ['pods'], ['list', 'watch']),
  ...rights('', ['events'], ['list']),
  ...rights('', ['pods/log'], ['get']),
  ...rights('apps', workloads, ['get', 'list', 'watch']),
  ...rights('apps', ['replicasets', 'controllerrevisions'], ['list']),
  ...rights('autoscaling', ['horizontalpodautoscalers'], ['get', 'list']),
]

const changing: readonly Right[] = [
  ...rights('apps', workloads, ['patch']),
  ...rights('autoscaling', ['horizontalpodautoscalers'], ['patch']),
]

/** What the bot's own credential needs: with impersonation the right to change belongs to people, and the bot may speak as them. */
export function rightsNeeded(
  cluster: { readonly impersonate: boolean },
  as: { readonly users: readonly string[]; readonly groups: readonly string[] },
): readonly Right[] {
  if (!cluster.impersonate) return [...reading, ...changing]
  const speak =
    (resource: string) =>
    (name: string): Right => ({ verb: 'impersonate', group: '', resource, name, scope: 'cluster' })
  return [...reading, ...as.users.map(speak('users')), ...as.groups.map(speak('groups'))]
}
