import { anyText, flag, id, integer, list, matching, oneOf, oneOfTypes, shape, text, url } from '../check.ts'

const style = shape({}, { bold: flag, code: flag, italic: flag, strike: flag, underline: flag, unlink: flag })
const styled = { style }
const many = { min: 0, max: 2_000 }
const reference = (prefixes: string) => matching(new RegExp(`^[${prefixes}][A-Z0-9]+$`), 'must be an id')

const runs = {
  text: shape({ text: text({ max: 40_000 }) }, styled),
  link: shape({ url: url() }, { ...styled, text: anyText, unsafe: flag }),
  emoji: shape(
    { name: text({ max: 255 }) },
    { ...styled, unicode: anyText, url: url(), skin_tone: integer({ max: 6 }) },
  ),
  user: shape({ user_id: reference('UW') }, styled),
  usergroup: shape({ usergroup_id: reference('S') }, styled),
  channel: shape({ channel_id: reference('CGD') }, styled),
  team: shape({ team_id: reference('TE') }, styled),
  color: shape({ value: matching(/^#[0-9a-fA-F]{6}$/, 'must be a hex color') }, styled),
  broadcast: shape({ range: oneOf('here', 'channel', 'everyone') }, styled),
  date: shape(
    { timestamp: integer({ max: 9_999_999_999 }), format: text({ max: 255 }) },
    { ...styled, url: url(), fallback: anyText },
  ),
}

const run = oneOfTypes(runs)
const border = integer({ max: 1 })
const section = shape({ elements: list(run, many) })

const parts = {
  rich_text_section: section,
  rich_text_list: shape(
    { elements: list(oneOfTypes({ rich_text_section: section }), many), style: oneOf('bullet', 'ordered') },
    { indent: integer({ max: 8 }), offset: integer({ max: 1_000_000 }), border },
  ),
  rich_text_quote: shape({ elements: list(run, many) }, { border }),
  rich_text_preformatted: shape(
    { elements: list(oneOfTypes({ text: runs.text, link: runs.link }), many) },
    { border, language: text({ max: 60 }) },
  ),
}

const block = shape({ elements: list(oneOfTypes(parts), { max: 2_000 }) }, { block_id: id })

/** As a block, a table's cell or an input's initial value. */
export const richText = oneOfTypes({ rich_text: block })
export const richTextBlock = block
