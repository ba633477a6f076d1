import type { Workplace } from '../api/method.ts'
import type { Human, View } from '../world/state.ts'
import type { NotSent } from './speaking.ts'

/** A form or home tab that stands open before this person: nobody else can use it. */
export function ownView(
  user: string,
  viewId: string,
  { world, views }: Pick<Workplace, 'world' | 'views'>,
): NotSent | { readonly person: Human; readonly view: View } {
  const person = world.person(user)
  const view = views.find(viewId)
  if (person === undefined) return { kind: 'not_sent', reason: 'unknown_person' }
  if (person.deactivated) return { kind: 'not_sent', reason: 'deactivated' }
  if (view === undefined || view.user !== user) return { kind: 'not_sent', reason: 'unknown_view' }
  return { person, view }
}
