import { orderForm } from '../cards/forms.ts'
import { problemMessage } from '../cards/problem-card.ts'
import type { FormErrors } from '../chat/incoming.ts'
import type { CommandLine } from '../command-line/command-line.ts'
import { quote } from '../command-line/quote.ts'
import type { Reading } from '../command-line/command.ts'
import type { Context } from '../command-line/context.ts'
import { say } from '../cards/problem.ts'
import { formChoices } from './form-choices.ts'
import { formContext } from './form-context.ts'
import { alone } from './answer.ts'
import type { Answer } from './answer.ts'
import type { Asking } from './asking.ts'
import type { Desk } from './desk.ts'

/** Forms: an order's arguments as fields, filled from what is live. What is sent off is typed for you and goes the way of every line. */
export function formsFor(asking: Asking, desk: Desk): Context<Answer>['forms'] {
  return {
    open: async (verb, prefill) => {
      if (asking.trigger === undefined) {
        return alone(problemMessage({ code: 'form_needs_click', verb }, asking.texts))
      }
      const choices = await formChoices(verb, asking, desk)
      return {
        kind: 'form',
        form: orderForm({ verb, prefill, choices, context: formContext(verb, asking) }, asking.texts),
      }
    },
  }
}

export type Submitted =
  | { readonly ok: true; readonly reading: Extract<Reading, { ok: true }> }
  | { readonly ok: false; readonly errors: FormErrors }

/** Fields become the line that somebody would have typed; what the line lacks is said beside its field. */
export function submitForm(
  { verb, values }: { readonly verb: string; readonly values: Readonly<Record<string, string>> },
  commandLine: CommandLine,
  asking: Asking,
): Submitted {
  const { target = '', image, replicas, toRevision, reason } = values
  const line = [
    verb,
    quote(target),
    ...(image === undefined ? [] : [quote(image)]),
    ...(replicas === undefined ? [] : [quote(replicas)]),
    ...(toRevision === undefined ? [] : [`--to-revision ${quote(toRevision)}`]),
    ...(reason === undefined ? [] : [`--reason ${quote(reason)}`]),
  ].join(' ')
  const reading = commandLine.readCanonical(line)
  if (reading.ok) return { ok: true, reading }
  const { problem } = reading
  const field =
    'argument' in problem ? problem.argument.name : 'missing' in problem ? problem.missing[0].name : 'target'
  const known = field in values ? field : 'target'
  return { ok: false, errors: { [known]: say(problem, asking.texts.problems).sentence } }
}
