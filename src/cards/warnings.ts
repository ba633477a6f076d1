import type { Warning } from '../plans/plan.ts'
import type { OperationTexts } from './texts/en/operation.ts'

/** One warning as a line of plain text; foreign words in it stay foreign words. */
export function warningText(warning: Warning, { warning: texts }: OperationTexts): string {
  switch (warning.kind) {
    case 'server':
      return texts.server(warning.text)
    case 'autoscaler':
      return warning.keda === undefined
        ? texts.autoscaler(warning.name, warning.min, warning.max)
        : texts.keda(warning.keda)
    case 'unread':
      return texts.unread(warning.detail)
    case 'owned':
      return texts.owned(warning.by, warning.name)
    case 'rollout-running':
      return texts.rolloutRunning(warning.updated, warning.wanted)
    case 'paused':
      return texts.paused
    case 'other-operation':
      return texts.otherOperation(warning.operation, warning.state)
    case 'last-failed':
      return texts.lastFailed(warning.operation)
    case 'revision-failed':
      return texts.revisionFailed(warning.revision, warning.operation)
    case 'downtime':
      return texts.downtime[warning.why]
    case 'movable-tag':
      return texts.movableTag(warning.image)
    case 'no-readiness-probe':
      return texts.noReadinessProbe(warning.container)
  }
}
