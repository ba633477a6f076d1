import type { Clock } from '../../time/clock.ts'
import type { JsonObject } from '../../json.ts'
import type { Caller } from '../cluster.ts'
import type { ObjectRef } from '../names.ts'
import type { Deadline } from './deadline.ts'
import type { Ask, Response } from './exchange.ts'
import type { Received, Transport } from './transport.ts'
import { ClusterError } from '../problems.ts'
import { at, objectsIn } from '../reading/fields.ts'
import { createDeadline } from './deadline.ts'
import { cut } from './faults.ts'
import { groupPath, knownResource, resourcePath } from './paths.ts'
import { prettifyError, ZodError } from 'zod'

type Query = Readonly<Record<string, string>>

/** The API's verbs as one caller. Whoever calls them gives the deadline that covers all of a question's requests. */
export interface Client {
  get(path: string, deadline: Deadline): Promise<JsonObject>
  /** Undefined where there is no such object, or no such kind to begin with. */
  find(path: string | Promise<string>, deadline: Deadline): Promise<JsonObject | undefined>
  /** All pages, each handed on as it comes: what `keep` returns is kept. Begins again when the list's version expires on the way. */
  list<Kept>(
    path: string,
    options: {
      readonly query?: Query
      readonly deadline: Deadline
      readonly keep: (page: readonly JsonObject[], all: readonly Kept[]) => readonly Kept[]
    },
  ): Promise<readonly Kept[]>
  send(ask: Omit<Ask, 'as'>, deadline: Deadline): Promise<Received>
  open(path: string, options: { readonly query: Query; readonly signal: AbortSignal }): Promise<Response['body']>
  /** Path of one object; a kind that is not built in is looked up. */
  pathOf(ref: ObjectRef, deadline: Deadline): Promise<string>
  /** Runs one question within the cluster's time. */
  within<Answer>(ask: (deadline: Deadline) => Promise<Answer>): Promise<Answer>
}

/** Plurals of kinds that are not built in; an API group keeps its kinds' names. */
export type Plurals = Map<string, string>

const pageSize = '500'
const restarts = 3

export function createClient(parts: {
  readonly cluster: string
  readonly transport: Transport
  readonly as: Caller
  readonly clock: Clock
  readonly timeoutMs: number
  readonly plurals: Plurals
}): Client {
  const { cluster, transport, as, clock, timeoutMs, plurals } = parts
  const read = (path: string, query?: Query): Ask => ({
    method: 'GET',
    path,
    as,
    kind: 'read',
    ...(query && { query }),
  })

  const get: Client['get'] = async (path, deadline) => (await transport.call(read(path), deadline)).body

  const pages: Client['list'] = async (path, { query, deadline, keep }) => {
    let kept: Awaited<ReturnType<typeof keep>> = []
    let next = ''
    do {
      const page = { ...query, limit: pageSize, ...(next !== '' && { continue: next }) }
      const { body } = await transport.call(read(path, page), deadline)
      kept = keep(objectsIn(body['items']), kept)
      const more = at(body, 'metadata', 'continue')
      next = typeof more === 'string' ? more : ''
    } while (next !== '')
    return kept
  }

  const pluralOf = async (ref: ObjectRef, deadline: Deadline): Promise<string> => {
    const key = `${ref.apiVersion}/${ref.kind}`
    const known = knownResource(ref) ?? plurals.get(key)
    if (known !== undefined) return known
    const { resources } = await get(groupPath(ref.apiVersion), deadline)
    for (const { kind, name } of objectsIn(resources))
      if (typeof kind === 'string' && typeof name === 'string' && !name.includes('/'))
        plurals.set(`${ref.apiVersion}/${kind}`, name)
    const found = plurals.get(key)
    if (found === undefined) throw new ClusterError({ code: 'cluster_not_found', cluster, detail: key })
    return found
  }

  return {
    get,
    find: async (path, deadline) => {
      try {
        return await get(await path, deadline)
      } catch (error) {
        if (error instanceof ClusterError && error.problem.code === 'cluster_not_found') return undefined
        throw error
      }
    },
    list: async (path, options) => {
      for (let begun = 1; ; begun += 1) {
        try {
          return await pages(path, options)
        } catch (error) {
          const expired = error instanceof ClusterError && error.problem.code === 'cluster_expired'
          if (!expired || begun >= restarts) throw error
        }
      }
    },
    send: (ask, deadline) => transport.call({ ...ask, as }, deadline),
    open: (path, { query, signal }) => transport.open(read(path, query), { ms: timeoutMs, signal }),
    pathOf: async (ref, deadline) => resourcePath({ ...ref, resource: await pluralOf(ref, deadline) }),
    within: async (ask) => {
      const deadline = createDeadline(clock, timeoutMs)
      try {
        return await ask(deadline)
      } catch (error) {
        if (!(error instanceof ZodError)) throw error
        const detail = cut(prettifyError(error))
        throw new ClusterError({ code: 'cluster_failed', cluster, status: 200, detail }, { cause: error })
      } finally {
        deadline.end()
      }
    },
  }
}
