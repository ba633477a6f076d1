import type { Submission } from '../chat/incoming.ts'
import { silenceFrom } from './alerts.ts'
import type { Sent } from './answer.ts'
import { rejectFrom } from './approvals.ts'
import type { Asking } from './asking.ts'
import type { Desk } from './desk.ts'
import { aboutOf } from './form-context.ts'
import { filterErrors, filterFrom } from './log-clicks.ts'
import { clickedOrder, recorded } from './recorded.ts'

type Read = (submission: Submission, asking: Asking, desk: Desk) => Sent

const forms = new Map<string, Read>([
  ['operation.reject', (sent, asking, desk) => ({ ok: true, act: () => rejectFrom(sent, asking, desk) })],
  ['logs.filter', filterSent],
  ['alert.silence', silenceFrom],
])

/** A form of ours behind a button; undefined where it is that of an order, which is read as a typed line. */
export function submittedForm(submission: Submission, asking: Asking, desk: Desk): Sent | undefined {
  const { form, context } = submission
  const sent = forms.get(form)?.(submission, asking, desk)
  if (!sent?.ok) return sent
  const order = clickedOrder({ action: form, value: aboutOf(context) }, asking)
  return { ok: true, act: () => recorded(order, asking, sent.act) }
}

function filterSent(submission: Submission, asking: Asking, desk: Desk): Sent {
  const errors = filterErrors(submission.values, asking)
  return errors ? { ok: false, errors } : { ok: true, act: () => filterFrom(submission, asking, desk) }
}
