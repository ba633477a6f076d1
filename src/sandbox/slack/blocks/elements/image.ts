import { exactlyOne, matching, shape, text, url } from '../check.ts'

const fileId = matching(/^[F][A-Z0-9]{8,}$/, 'input must match regex pattern: ^[F][A-Z0-9]{8,}$')

export const slackFile = shape({}, { id: fileId, url: url() }, exactlyOne('id', 'url'))

export const imageElement = shape(
  { alt_text: text({ max: 2_000 }) },
  { image_url: url(), slack_file: slackFile },
  exactlyOne('image_url', 'slack_file'),
)
