import type { Matcher } from '../alerts/matchers.ts'
import { writeMatcher } from '../alerts/matchers.ts'
import type { Form } from '../chat/message.ts'
import type { Texts } from './texts/en.ts'

const hours = [0.5, 1, 2, 4, 8, 12, 24]
const usualHours = 2

/** What is to be silenced, for how long and why. */
export function silenceForm(
  about: { readonly id: string; readonly matchers: readonly Matcher[]; readonly context: string },
  { alerts: { silenceForm: words } }: Texts,
): Form {
  return {
    form: 'alert.silence',
    title: words.title(about.id),
    submit: words.submit,
    cancel: words.cancel,
    context: about.context,
    fields: [
      { kind: 'words', text: [words.words] },
      {
        kind: 'text',
        name: 'matchers',
        label: words.matchers,
        hint: words.matchersHint,
        multiline: true,
        initial: about.matchers.map(writeMatcher).join('\n'),
      },
      {
        kind: 'choice',
        name: 'lasting',
        label: words.lasting,
        options: hours.map((each) => ({ label: words.hours(each), value: String(each * 3_600_000) })),
        initial: String(usualHours * 3_600_000),
      },
      { kind: 'text', name: 'reason', label: words.reason },
    ],
  }
}
