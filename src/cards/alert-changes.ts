import type { WorkloadChange, WorkloadChanges } from '../alerts/enrichment/changes.ts'
import type { SubjectFindings } from '../alerts/enrichment/enrich.ts'
import type { Button, Part, Rich } from '../chat/message.ts'
import { typedTarget } from '../clusters/names.ts'
import type { Workload } from '../clusters/nouns.ts'
import { formatDuration } from '../time/durations.ts'
import { clipped, heading } from './alert-thread-words.ts'
import { effectLines } from './effect.ts'
import { stateText, titleText } from './operation.ts'
import type { Texts } from './texts/en.ts'

/** What was done to the workload lately, by this bot or by others. */
export function changeParts({ changes, beforeMs }: WorkloadChanges, texts: Texts): Part[] {
  const { alertThread: words } = texts
  if (changes.length === 0)
    return [heading(words.part.changes), { kind: 'note', text: [words.noChanges(formatDuration(beforeMs))] }]
  return [heading(words.part.changes), { kind: 'list', items: changes.map((change) => changeLine(change, texts)) }]
}

function changeLine(change: WorkloadChange, texts: Texts): Rich {
  const { alertThread: words, operation: operationWords, shared } = texts
  const when: Rich = [{ moment: change.at }, '  ']
  if (change.kind === 'rollout') {
    const { revision } = change
    return [
      ...when,
      { bold: words.rollout(revision.number) },
      ...revision.images.slice(0, 3).flatMap((image): Rich => [' ', { code: image }]),
      ...(revision.changeCause === '' ? [] : [` · ${clipped(revision.changeCause)}`]),
    ]
  }
  const { operation } = change
  return [
    ...when,
    { bold: titleText(operation, texts) },
    ' ',
    { code: operation.id },
    ` ${operationWords.askedBy} `,
    { person: operation.requester.user },
    ...(operation.reason === undefined ? [] : [operationWords.because(clipped(operation.reason))]),
    shared.comma,
    stateText(operation, texts),
    '  ',
    ...(effectLines(operation.plan.effect, operationWords)[0] ?? []),
  ]
}

/** The way back from what was done last: an ordinary order of whoever clicks, decided and read back like any other. */
export function wayBack(
  { changes }: SubjectFindings,
  workload: Workload,
  { alertThread: words, operation }: Texts,
): Part[] {
  if (!changes.ok) return []
  const { changes: done, earlier } = changes.value
  const target = typedTarget(workload)
  const rolled = done.some((change) => change.kind === 'rollout' || isTemplate(change))
  const back: Button[] =
    earlier === undefined || !rolled
      ? []
      : [
          {
            action: 'order.retype',
            value: `rollback ${target} --to-revision ${earlier.number}`,
            label: words.rollBack(earlier.number),
            style: 'danger',
          },
        ]
  const undo = done.flatMap((change): Button[] => {
    if (change.kind !== 'operation' || isTemplate(change) || !change.operation.plan.inverse) return []
    const { id } = change.operation
    return [
      {
        action: 'operation.undo',
        value: id,
        label: words.undo(id),
        confirm: { ...operation.undoAgain, title: operation.undoAgain.title(id) },
      },
    ]
  })
  const all = [...back, ...undo.slice(0, 1)]
  return all.length === 0 ? [] : [{ kind: 'buttons', buttons: all }]
}

const isTemplate = (change: WorkloadChange): boolean =>
  change.kind === 'operation' && ['images', 'template'].includes(change.operation.plan.effect.kind)
