import type { Workload } from '../clusters/nouns.ts'
import type { Mark, Range } from '../metrics/chart.ts'
import type { Ledger } from '../operations/ledger.ts'
import type { Operation } from '../operations/operation.ts'
import { newestOn } from '../operations/recollection.ts'

/** Of the newest on a workload; some of them may have changed nothing. */
const mostLooked = 100
/** More flags than these cover the lines they stand over. */
const mostMarks = 12

/** What this bot did to a workload since the range began, which ends now: written to the cluster, whatever came of it. */
export async function marksOf(
  workload: Workload,
  range: Range,
  ledger: Pick<Ledger, 'byKey'>,
): Promise<readonly Mark[]> {
  const found = await newestOn(workload, { ledger, count: mostLooked })
  return (
    found
      .flatMap((operation) => markOf(operation) ?? [])
      .filter(({ at }) => at >= range.from)
      // The last whole step may lie a little before now.
      .map((mark) => ({ ...mark, at: Math.min(mark.at, range.to) }))
      .toSorted((a, b) => a.at - b.at)
      .slice(-mostMarks)
  )
}

function markOf(operation: Operation): Mark | undefined {
  const at = 'patchedAt' in operation ? operation.patchedAt : undefined
  if (at === undefined) return undefined
  const { effect, order } = operation.plan
  switch (effect.kind) {
    case 'images':
      return {
        at,
        kind: order.action === 'undo' ? 'rollback' : 'deploy',
        text: effect.images.map(({ after }) => tagOf(after))[0] ?? '',
      }
    case 'replicas':
      return { at, kind: 'scale', text: `${effect.before} → ${effect.after}` }
    case 'bounds':
      return { at, kind: 'scale', text: `${boundsText(effect.before)} → ${boundsText(effect.after)}` }
    case 'template':
      return { at, kind: 'rollback', text: effect.toRevision === undefined ? '' : `#${effect.toRevision}` }
    case 'restart':
      return { at, kind: 'restart', text: '' }
    case 'paused':
      return undefined
  }
}

const boundsText = ({ min, max }: { readonly min: number; readonly max: number }): string =>
  min === max ? String(min) : `${min}–${max}`

/** `1.5.0` of `registry.example/shop/web:1.5.0`; the first digits of a digest. */
function tagOf(image: string): string {
  const [name = '', digest] = image.split('@')
  if (digest !== undefined) return digest.replace('sha256:', '').slice(0, 8)
  const last = name.slice(name.lastIndexOf('/') + 1)
  return last.includes(':') ? last.slice(last.indexOf(':') + 1) : 'latest'
}
