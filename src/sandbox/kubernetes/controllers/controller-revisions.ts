import type { JsonObject } from '../../../json.ts'
import type { ControllerParts } from './parts.ts'
import { canonical, integer, put, record, same, strings, text } from '../fields.ts'
import { annotationsOf, controllerReference, nameOf, namespaceOf } from '../objects.ts'
import { nameHash } from '../random.ts'
import { createUnderFreeName } from './free-name.ts'
import { controllerManager, ownedBy } from './parts.ts'

/** On pods; StatefulSets have another one on their revisions. */
export const hashLabel = 'controller-revision-hash'
const revisionLabel = (workload: JsonObject) =>
  text(workload, 'kind') === 'StatefulSet' ? 'controller.kubernetes.io/hash' : hashLabel

const options = { manager: controllerManager }

/** The histories of StatefulSets and DaemonSets: one ControllerRevision for each pod template, its `data` the patch that brings it back. */
export function createRevisions({ store, writes, resources }: Pick<ControllerParts, 'store' | 'writes' | 'resources'>) {
  const revisions = resources.of('apps/v1', 'ControllerRevision')

  const of = (workload: JsonObject) =>
    [...ownedBy(store, revisions, workload)].sort((a, b) => numberOf(a) - numberOf(b))

  const create = (
    workload: JsonObject,
    facts: { readonly number: number; readonly data: JsonObject; readonly hash: string },
  ) =>
    writes.create(
      revisions,
      {
        apiVersion: 'apps/v1',
        kind: 'ControllerRevision',
        metadata: {
          name: `${nameOf(workload)}-${facts.hash}`,
          namespace: namespaceOf(workload),
          labels: {
            ...strings(workload, 'spec', 'template', 'metadata', 'labels'),
            [revisionLabel(workload)]: facts.hash,
          },
          annotations: annotationsOf(workload),
          ownerReferences: [controllerReference(workload)],
        },
        data: facts.data,
        revision: facts.number,
      },
      options,
    )

  return {
    of,
    /** The revision of the present template: found and made the newest, or new. */
    current: (workload: JsonObject): JsonObject => {
      const template = record(workload, 'spec', 'template')
      const data = { spec: { template: { $patch: 'replace', ...template } } }
      const known = of(workload)
      const newest = known.at(-1)
      const number = newest === undefined ? 1 : numberOf(newest) + 1
      const found = known.find((revision) => same(record(revision, 'data'), data))
      if (found === undefined)
        return createUnderFreeName((salt) =>
          create(workload, { number, data, hash: nameHash(canonical(template) + salt) }),
        )
      if (found === newest) return found
      return writes.update(
        { resource: revisions, namespace: namespaceOf(found), name: nameOf(found) },
        (stored) => put(stored, ['revision'], number),
        options,
      )
    },
    /** Removes the oldest beyond `revisionHistoryLimit` that are not among the names in use. */
    prune: (workload: JsonObject, used: ReadonlySet<string>) => {
      const limit = integer(workload, 'spec', 'revisionHistoryLimit') ?? 10
      const unused = of(workload).filter((revision) => !used.has(nameOf(revision)))
      for (const revision of unused.slice(0, Math.max(0, unused.length - limit)))
        writes.remove({ resource: revisions, namespace: namespaceOf(revision), name: nameOf(revision) }, options)
    },
    /** The workload with the template of that revision. */
    applied: (workload: JsonObject, revision: JsonObject): JsonObject => {
      const { $patch: _patch, ...template } = record(revision, 'data', 'spec', 'template')
      return put(workload, ['spec', 'template'], template)
    },
  }
}

export const hashOf = (object: JsonObject) => strings(object, 'metadata', 'labels')[hashLabel] ?? ''

const numberOf = (revision: JsonObject) => integer(revision, 'revision') ?? 0
