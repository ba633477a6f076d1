import type { JsonObject } from '../../../../json.ts'
import { withIds } from '../../blocks/block-ids.ts'
import { checkView } from '../../blocks/view.ts'
import { inspectBlock } from '../../inspection.ts'
import { isObject, listOf, textOf } from '../../json-values.ts'
import type { View } from '../../world/state.ts'
import type { Args } from '../args.ts'
import type { Method, Workplace } from '../method.ts'
import { Refusal, faulty } from '../refusal.ts'
import { viewJson } from '../shapes.ts'

/** Bytes: a Chinese character is three of them. */
const largestView = 250_000

const settled = { token: 'bot', tier: 4, scopes: [] } as const

export const viewsOpen: Method = {
  ...settled,
  name: 'views.open',
  accepts: ['trigger_id', 'view', 'interactivity_pointer'],
  requires: ['trigger_id', 'view'],
  run: (args, at) => {
    const body = readView(args, 'modal', at)
    const { user } = redeem(args, at)
    demandFreshExternalId(body, undefined, at)
    return shown(at.views.open(user, body), at)
  },
}

export const viewsPush: Method = {
  ...settled,
  name: 'views.push',
  accepts: ['trigger_id', 'view', 'interactivity_pointer'],
  requires: ['trigger_id', 'view'],
  run: (args, at) => {
    const body = readView(args, 'modal', at)
    const { user, view } = redeem(args, at)
    const stack = at.views.stack(user)
    // Only what somebody does inside the modal puts another one on it.
    if (!stack.some(({ id }) => id === view)) throw new Refusal('not_found')
    if (stack.length >= 3) throw new Refusal('push_limit_reached')
    demandFreshExternalId(body, undefined, at)
    return shown(at.views.push(user, body), at)
  },
}

export const viewsUpdate: Method = {
  ...settled,
  name: 'views.update',
  accepts: ['view_id', 'external_id', 'view', 'hash'],
  requires: ['view'],
  run: (args, at) => {
    const id = args.text('view_id')
    const external = args.text('external_id')
    if (id === undefined && external === undefined)
      throw faulty('invalid_arguments', ['missing required field: view_id or external_id'])
    const view =
      id === undefined
        ? at.world.state.views.find(({ body }) => textOf(body['external_id']) === external)
        : at.views.find(id)
    if (view === undefined) throw new Refusal('not_found')
    const body = readView(args, view.type, at)
    demandHash(view, args)
    demandFreshExternalId(body, view, at)
    at.views.replace(view, body)
    return shown(view, at)
  },
}

export const viewsPublish: Method = {
  ...settled,
  name: 'views.publish',
  accepts: ['user_id', 'view', 'hash'],
  requires: ['user_id', 'view'],
  run: (args, at) => {
    const user = args.required('user_id')
    if (at.world.person(user) === undefined) throw new Refusal('invalid_arguments')
    const body = readView(args, 'home', at)
    const home = at.views.home(user)
    if (home !== undefined) demandHash(home, args)
    return shown(at.views.publish(user, body), at)
  },
}

/** A view from a method or from an ack's `update` or `push`, checked and with all its ids. */
export function acceptView(
  given: JsonObject,
  type: View['type'],
  at: Pick<Workplace, 'world' | 'findings'>,
): JsonObject {
  if (Buffer.byteLength(JSON.stringify(given)) > largestView) throw new Refusal('view_too_large')
  const { problems, warnings } = checkView(given, type)
  for (const warning of warnings) at.findings.report('close_to_limit', 'views', warning)
  if (problems.length > 0) throw faulty('invalid_arguments', problems)
  inspectBlock(listOf(given['blocks']), 'views', at.findings)
  return { ...given, blocks: withIds(listOf(given['blocks']).filter(isObject), at.world.nextId) }
}

function readView(args: Args, type: View['type'], at: Workplace): JsonObject {
  const given = args.json('view')
  if (given === undefined || given === 'unreadable' || !isObject(given.value))
    throw faulty('invalid_arguments', ['must provide an object [json-pointer:/view]'])
  return acceptView(given.value, type, at)
}

function redeem(args: Args, { triggers }: Workplace) {
  const redeemed = triggers.redeem(args.required('trigger_id'))
  if (typeof redeemed === 'string') throw new Refusal(redeemed)
  return redeemed
}

function demandHash(view: View, args: Args) {
  const hash = args.text('hash')
  if (hash !== undefined && hash !== view.hash) throw new Refusal('hash_conflict')
}

function demandFreshExternalId(body: JsonObject, own: View | undefined, { world }: Workplace) {
  const external = textOf(body['external_id'])
  if (external === undefined || external === '') return
  const taken = world.state.views.some((view) => view !== own && textOf(view.body['external_id']) === external)
  if (taken) throw new Refusal('duplicate_external_id')
}

const shown = (view: View, { world }: Workplace): JsonObject => ({ view: viewJson(view, world) })
