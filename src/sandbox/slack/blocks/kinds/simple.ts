import { exactlyOne, id, list, oneOf, oneOfTypes, shape, text, url } from '../check.ts'
import { imageElement, slackFile } from '../elements/image.ts'
import { anyTextObject, plainText } from '../text-objects.ts'

export const divider = shape({}, { block_id: id })

export const header = shape({ text: plainText(150) }, { block_id: id })

const said = anyTextObject(3_000)

export const context = shape(
  {
    elements: list(oneOfTypes({ image: imageElement, plain_text: said, mrkdwn: said }), { max: 10 }),
  },
  { block_id: id },
)

export const image = shape(
  { alt_text: text({ max: 2_000 }) },
  { block_id: id, title: plainText(2_000), image_url: url(), slack_file: slackFile },
  exactlyOne('image_url', 'slack_file'),
)

/** Only found in what is read back: apps cannot post it. */
export const file = shape({ external_id: text({ max: 255 }), source: oneOf('remote') }, { block_id: id })

export const markdown = shape({ text: text({ max: 12_000 }) }, { block_id: id })

export const alert = shape(
  { text: anyTextObject(200) },
  { block_id: id, level: oneOf('default', 'info', 'warning', 'error', 'success') },
)

/** Needs the scope links.embed:write besides. */
export const video = shape(
  { alt_text: text({ max: 200 }), title: plainText(200), video_url: url(), thumbnail_url: url() },
  {
    block_id: id,
    title_url: url(),
    author_name: text({ max: 50 }),
    provider_name: text({ max: 50 }),
    provider_icon_url: url(),
    description: plainText(200),
  },
)
