import type { Check } from '../check.ts'
import { flag, id, list, memberOf, oneOf, oneOfTypes, shape, text, url } from '../check.ts'
import { button } from '../elements/button.ts'
import { imageElement } from '../elements/image.ts'
import { anyTextObject, mrkdwnText, plainText } from '../text-objects.ts'
import { actions } from './actions.ts'
import { input } from './input.ts'
import { richText, richTextBlock } from './rich-text.ts'
import { section } from './section.ts'
import { context, divider, file, header, image, video } from './simple.ts'
import { table } from './tables.ts'

const picture = oneOfTypes({ image: imageElement })

const atLeastOne =
  (...names: readonly string[]): Check =>
  (value, pointer, report) => {
    if (names.every((name) => memberOf(value, name) === undefined))
      report.problem(`at least one of ${names.join(', ')} is required`, pointer)
  }

export const card = shape(
  {},
  {
    block_id: id,
    hero_image: picture,
    icon: picture,
    title: mrkdwnText(150),
    subtitle: mrkdwnText(150),
    body: mrkdwnText(200),
    actions: list(oneOfTypes({ button }), { max: 3 }),
  },
  atLeastOne('hero_image', 'title', 'actions', 'body'),
)

export const carousel = shape({ elements: list(oneOfTypes({ card }), { max: 10 }) }, { block_id: id })

const child = oneOfTypes({
  actions,
  context,
  divider,
  file,
  header,
  image,
  input,
  rich_text: richTextBlock,
  section,
  table,
  video,
})

export const container = shape(
  { child_blocks: list(child, { max: 10 }) },
  {
    block_id: id,
    title: plainText(150),
    rich_text_title: richText,
    subtitle: anyTextObject(150),
    width: oneOf('narrow', 'standard', 'wide', 'full'),
    icon: picture,
    is_collapsible: flag,
    default_collapsed: flag,
    has_header_divider: flag,
  },
  atLeastOne('title', 'rich_text_title'),
)

const source = oneOfTypes({ url: shape({ url: url(), text: text({ max: 3_000 }) }) })
const status = oneOf('pending', 'in_progress', 'complete', 'error')

export const taskCard = shape(
  { task_id: id, title: text({ max: 3_000 }), status },
  { block_id: id, details: richText, output: richText, sources: list(source, { min: 0, max: 100 }) },
)

export const plan = shape(
  { title: text({ max: 3_000 }) },
  { block_id: id, tasks: list(oneOfTypes({ task_card: taskCard }), { min: 0, max: 50 }) },
)
