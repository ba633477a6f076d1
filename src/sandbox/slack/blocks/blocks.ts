import type { Json } from '../../../json.ts'
import { isObject, listOf, textOf } from '../json-values.ts'
import { textSize } from '../text-size.ts'
import type { Check, Report } from './check.ts'
import { list, oneOfTypes } from './check.ts'
import { actions, contextActions } from './kinds/actions.ts'
import { card, carousel, container, plan, taskCard } from './kinds/cards.ts'
import { input } from './kinds/input.ts'
import { richTextBlock } from './kinds/rich-text.ts'
import { section } from './kinds/section.ts'
import { alert, context, divider, header, image, markdown, video } from './kinds/simple.ts'
import { dataTable, table } from './kinds/tables.ts'

export type Surface = 'message' | 'modal' | 'home'

/** What Slack says about blocks: sentences with json-pointers. No problems: accepted. */
export interface Verdict {
  readonly problems: readonly string[]
  readonly warnings: readonly string[]
}

const everywhere = { actions, context, divider, header, image, input, rich_text: richTextBlock, section, video }
const surfaces = {
  message: {
    max: 50,
    block: oneOfTypes({
      ...everywhere,
      markdown,
      table,
      data_table: dataTable,
      context_actions: contextActions,
      card,
      carousel,
      container,
      task_card: taskCard,
      plan,
    }),
  },
  modal: { max: 100, block: oneOfTypes({ ...everywhere, alert }) },
  home: { max: 100, block: oneOfTypes(everywhere) },
} satisfies Record<Surface, { max: number; block: Check }>

export function checkBlocks(blocks: readonly Json[], surface: Surface, pointer = '/blocks'): Verdict {
  return judge((report) => reportBlocks(blocks, surface, { pointer, report }))
}

/** Runs a check and collects its sentences as Slack writes them. */
export function judge(check: (report: Report) => void): Verdict {
  const problems: string[] = []
  const warnings: string[] = []
  check({
    problem: (sentence, pointer) => problems.push(`${sentence} [json-pointer:${pointer}]`),
    warn: (sentence, pointer) => warnings.push(`${sentence} [json-pointer:${pointer}]`),
  })
  return { problems, warnings }
}

export function reportBlocks(
  blocks: readonly Json[],
  surface: Surface,
  { pointer, report }: { readonly pointer: string; readonly report: Report },
): void {
  const { block, max } = surfaces[surface]
  list(block, { min: 0, max })(blocks, pointer, report)
  const ids = new Set<string>()
  const tables: number[] = []
  blocks.filter(isObject).forEach((one, index) => {
    const id = textOf(one['block_id'])
    if (id !== undefined && ids.has(id))
      report.problem(`block_id "${id}" already exists`, `${pointer}/${index}/block_id`)
    if (id !== undefined) ids.add(id)
    if (one['type'] === 'table') tables.push(index)
  })
  const second = tables[1]
  if (second !== undefined) report.problem('only one table allowed', `${pointer}/${second}`)
  const written = listOf(blocks).filter((one) => isObject(one) && one['type'] === 'markdown')
  if (written.length > 1 && textSize(written) > 12_000)
    report.problem('must be less than 12001 characters in all markdown blocks', pointer)
}
