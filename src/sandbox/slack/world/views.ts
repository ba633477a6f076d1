import type { JsonObject } from '../../../json.ts'
import type { View } from './state.ts'
import type { World } from './world.ts'

/** What each person's client shows: one stack of modals, one home tab. */
export interface Views {
  readonly find: (id: string) => View | undefined
  /** Bottom first. */
  readonly stack: (user: string) => readonly View[]
  readonly home: (user: string) => View | undefined
  /** Starts a new stack; whatever was open is gone. */
  readonly open: (user: string, body: JsonObject) => View
  readonly push: (user: string, body: JsonObject) => View
  readonly replace: (view: View, body: JsonObject) => void
  readonly publish: (user: string, body: JsonObject) => View
  /** Changes what the client shows beside the form. */
  readonly annotate: (view: View, notes: Pick<View, 'errors' | 'trouble'>) => void
  /** One view goes, the one below shows. */
  readonly close: (view: View) => void
  readonly clear: (user: string) => void
}

export function createViews(world: World): Views {
  const all = () => world.state.views
  const tell = (view: View) => world.tell({ kind: 'view', user: view.user, view: view.id })
  const stack = (user: string) => all().filter((view) => view.user === user && view.type === 'modal')
  const keepOnly = (keep: (view: View) => boolean) => {
    world.state.views = all().filter(keep)
  }
  const hash = () => `${world.nextId('')}.hash`
  const add = (user: string, type: View['type'], body: JsonObject) => {
    const below = type === 'modal' ? stack(user).at(-1) : undefined
    const id = world.nextId('V')
    const view: View = { id, user, type, body, hash: hash(), rootId: below?.rootId ?? id, errors: {} }
    if (below !== undefined) view.previousId = below.id
    all().push(view)
    tell(view)
    return view
  }
  const home = (user: string) => all().find((view) => view.user === user && view.type === 'home')
  const replace = (view: View, body: JsonObject) => {
    view.body = body
    view.hash = hash()
    view.errors = {}
    delete view.trouble
    tell(view)
  }
  const clear = (user: string) => {
    const gone = stack(user)
    keepOnly((view) => !gone.includes(view))
    for (const view of gone) tell(view)
  }
  return {
    find: (id) => all().find((view) => view.id === id),
    stack,
    home,
    open: (user, body) => {
      clear(user)
      return add(user, 'modal', body)
    },
    push: (user, body) => add(user, 'modal', body),
    replace,
    publish: (user, body) => {
      const found = home(user)
      if (found === undefined) return add(user, 'home', body)
      replace(found, body)
      return found
    },
    annotate: (view, { errors, trouble }) => {
      view.errors = errors
      if (trouble === undefined) delete view.trouble
      else view.trouble = trouble
      tell(view)
    },
    close: (view) => {
      keepOnly((other) => other.id !== view.id)
      tell(view)
    },
    clear,
  }
}
