import type { ClusterName } from '../clusters/names.ts'
import type { Action } from '../policy/decision.ts'
import type { Visible } from '../targets/resolve.ts'
import type { Asking } from './asking.ts'
import type { Desk } from './desk.ts'
import { judgeLook, note } from './permission.ts'
import type { Look } from './permission.ts'
import { looks } from './recording.ts'

/** One line of a list. Without a name it is about its namespace as a whole. */
export interface Row {
  readonly cluster: ClusterName
  readonly namespace: string
  readonly name?: string
}

interface Looking {
  readonly asking: Asking
  readonly desk: Desk
  /** Any of these is enough. */
  readonly actions: readonly Action[]
}

/**
 * What lists show, said here for all of them: a row stands there for whoever could look at that row alone. Each is decided with its cluster,
 * namespace and name; what is about a namespace as a whole takes a grant for all of it, and no guard on any part of it.
 */
export async function onlyVisible<Item extends Row>(
  items: readonly Item[],
  looking: Looking,
): Promise<readonly Item[]> {
  const sees = seeing(looking)
  const shown = await Promise.all(items.map(sees))
  return items.filter((_, index) => shown[index] === true)
}

/** The same for what a search may find: the rest is not there. Namespaces are those in which something may be. */
export function visibleTo({ asking, desk, actions }: Looking): Visible {
  return {
    workloads: (found) => onlyVisible(found, { asking, desk, actions }),
    namespaces: async (cluster, names) => {
      const may = async (namespace: string): Promise<boolean> => {
        const asked = actions.map((action) => judgeLook(asking, desk, { action, cluster, namespace, question: true }))
        return (await Promise.all(asked)).some(({ refusal }) => hidesNot(refusal))
      }
      const shown = await Promise.all(names.map(may))
      return names.filter((_, index) => shown[index] === true)
    },
  }
}

function seeing({ asking, desk, actions }: Looking): (row: Row) => Promise<boolean> {
  const namespaces = new Map<string, Promise<'all' | 'some' | 'none'>>()
  /** `tell` says which answers go on the trail. */
  const judge = async (look: Look & { readonly question?: true }, tell: (shown: boolean) => boolean) => {
    const judged = await judgeLook(asking, desk, look)
    const shown = hidesNot(judged.refusal)
    if (tell(shown)) note(asking, { ...look, why: 'listed' }, judged)
    return shown
  }
  const sees = (action: Action) => {
    // An order's other values are not known yet: they count as met.
    const question = looks.has(action) ? {} : ({ question: true } as const)
    // Mostly a namespace is one thing to the policy, and decided as one.
    const within = async (place: Pick<Look, 'cluster' | 'namespace'>) => {
      if (await judge({ action, ...place, whole: true }, (shown) => shown)) return 'all'
      return (await judge({ action, ...place, question: true }, (shown) => !shown)) ? 'some' : 'none'
    }
    return async ({ cluster, namespace, name }: Row): Promise<boolean> => {
      const key = `${action} ${cluster}/${namespace}`
      const known = namespaces.get(key) ?? within({ cluster, namespace })
      namespaces.set(key, known)
      const seen = await known
      if (seen !== 'some' || name === undefined) return seen === 'all'
      return judge({ action, cluster, namespace, name, ...question }, () => true)
    }
  }
  const each = actions.map(sees)
  return async (row) => {
    for (const one of each) if (await one(row)) return true
    return false
  }
}

/** A freeze keeps people from changing something, not from knowing of it. */
const hidesNot = (refusal: { readonly code: string } | undefined): boolean =>
  refusal === undefined || refusal.code === 'policy_frozen'
