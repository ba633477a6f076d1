import type { Json } from '../../../json.ts'
import { isList, listOf } from '../json-values.ts'
import type { Surface, Verdict } from './blocks.ts'
import { judge, reportBlocks } from './blocks.ts'
import type { Check } from './check.ts'
import { flag, memberOf, oneOfTypes, shape, text } from './check.ts'
import { plainText } from './text-objects.ts'

const blocksFor =
  (surface: Surface): Check =>
  (value, pointer, report) => {
    if (!isList(value)) return report.problem('must provide an array', pointer)
    reportBlocks(value, surface, { pointer, report })
  }

const shared = {
  private_metadata: text({ min: 0, max: 3_000 }),
  callback_id: text({ min: 0, max: 255 }),
  external_id: text({ min: 0, max: 255 }),
}

const submitForInputs: Check = (value, pointer, report) => {
  const inputs = listOf(memberOf(value, 'blocks')).filter((block) => memberOf(block, 'type') === 'input')
  if (inputs.length > 0 && memberOf(value, 'submit') === undefined)
    report.problem('missing required field: submit (there are input blocks)', pointer)
}

const modal = shape(
  { title: plainText(24), blocks: blocksFor('modal') },
  {
    ...shared,
    submit: plainText(24),
    close: plainText(24),
    clear_on_close: flag,
    notify_on_close: flag,
    submit_disabled: flag,
  },
  submitForInputs,
)

const home = shape({ blocks: blocksFor('home') }, shared)

/** What Slack says about a view. */
export function checkView(view: Json, type: 'modal' | 'home'): Verdict {
  return judge((report) => oneOfTypes(type === 'modal' ? { modal } : { home })(view, '/view', report))
}
