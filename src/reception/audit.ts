import type { AuditFilter, AuditRecord, TargetParts } from '../audit/record.ts'
import { targetParts } from '../audit/record.ts'
import { auditCard } from '../cards/audit.ts'
import { problemMessage } from '../cards/problem-card.ts'
import type { ClusterName } from '../clusters/names.ts'
import type { AuditFilters } from '../command-line/context.ts'
import { alone } from './answer.ts'
import type { Answer } from './answer.ts'
import type { Asking } from './asking.ts'
import type { Desk } from './desk.ts'
import { judgeLook, mayReadSomewhere } from './permission.ts'
import { scopeOf } from './scope.ts'

/** Lines in an answer. */
const most = 20
/** Records looked at for it: of those some may not be seen by whoever asks, and some say nothing new. */
const searched = 500

/** `/ops audit`: who did what, as far as whoever asks may see it. Clusters are searched only if they are named; without, the whole trail is. */
export async function showAudit(filters: AuditFilters, asking: Asking, desk: Desk): Promise<Answer> {
  const { texts } = asking
  const scope = scopeOf({ clusters: filters.scope.clusters }, { ...asking, around: {} }, desk)
  if (!scope.ok) return alone(problemMessage(scope.problem, texts))
  const named = filters.scope.clusters.length > 0
  const clusters: ClusterName[] = []
  for (const cluster of scope.clusters) {
    const refusal = await mayReadSomewhere(asking, desk, { action: 'audit', cluster })
    if (refusal && (named || scope.clusters.length === 1)) return alone(problemMessage(refusal, texts))
    if (!refusal) clusters.push(cluster)
    else if (cluster === scope.clusters.at(-1) && clusters.length === 0) return alone(problemMessage(refusal, texts))
  }
  const found = await desk.trail.recent({
    ...filterOf(filters, asking, desk),
    ...(named ? { clusters } : {}),
    limit: searched,
  })
  const sight = sightOf(clusters, { asking, desk })
  const records: AuditRecord[] = []
  for (const record of found.records) {
    if (records.length > most) break
    if (tellsSomething(record) && (await sight(record))) records.push(record)
  }
  const complete = found.complete && records.length <= most
  return alone(auditCard({ records: records.slice(0, most), complete }, texts))
}

function filterOf({ scope, by, action, operation, since }: AuditFilters, { person }: Asking, desk: Desk): AuditFilter {
  const { namespace, kind, name } = scope
  return {
    ...(by === undefined ? {} : { who: `${person.team}/${by}` }),
    ...(action === undefined ? {} : { action }),
    ...(operation === undefined ? {} : { operation }),
    ...(namespace === undefined ? {} : { namespace }),
    ...(kind === undefined ? {} : { kind }),
    ...(name === undefined ? {} : { name }),
    ...(since === undefined ? {} : { since: 'at' in since ? since.at : desk.clock.now() - since.ago }),
  }
}

/** That somebody was allowed to look is in the command's own record. */
const tellsSomething = ({ what, details }: AuditRecord): boolean =>
  !(what === 'decision' && details?.['look'] !== undefined && details['verdict'] === 'allow')

const nowhere = { namespace: undefined, name: undefined }

/** A record is seen with a grant for its workload or namespace; one without a place with a grant for all clusters, and by the person it is about. */
function sightOf(
  clusters: readonly ClusterName[],
  { asking, desk }: { readonly asking: Asking; readonly desk: Desk },
): (record: AuditRecord) => Promise<boolean> {
  const known = new Map<string, Promise<boolean>>()
  const may = (
    cluster: ClusterName,
    { namespace, name }: Pick<TargetParts, 'namespace' | 'name'>,
  ): Promise<boolean> => {
    const key = `${cluster}/${namespace ?? ''}/${name ?? ''}`
    const place = {
      ...(namespace === undefined ? {} : { namespace }),
      ...(name === undefined ? {} : { name }),
      ...(namespace !== undefined && name === undefined ? ({ whole: true } as const) : {}),
    }
    const asked =
      known.get(key) ??
      judgeLook(asking, desk, { action: 'audit', cluster, ...place }).then(({ refusal }) => refusal === undefined)
    known.set(key, asked)
    return asked
  }
  const own = `${asking.person.team}/${asking.person.user}`
  return async (record) => {
    if (record.cluster !== undefined) {
      const cluster = clusters.find((name) => name === record.cluster)
      return cluster !== undefined && (await may(cluster, targetParts(record)))
    }
    if (record.who === own) return true
    const everywhere = await Promise.all([...desk.clusters.keys()].map((cluster) => may(cluster, nowhere)))
    return everywhere.every((one) => one)
  }
}
