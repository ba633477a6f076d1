import { exactlyOne, shape, text, url } from '../check.ts'

export const slackFile = shape({}, { id: text({ max: 30 }), url: url() }, exactlyOne('id', 'url'))

export const imageElement = shape(
  { alt_text: text({ max: 2_000 }) },
  { image_url: url(), slack_file: slackFile },
  exactlyOne('image_url', 'slack_file'),
)
