import type { Json, JsonObject } from '../../json.ts'
import type { Findings } from './findings.ts'
import { isList, isObject } from './json-values.ts'
import { textSize } from './text-size.ts'

/** What `<…>` may be in mrkdwn without being somebody's unescaped text. */
const controls = [
  /^@[UW][A-Z0-9]+(\|[^<>]*)?$/,
  /^#[CGD][A-Z0-9]+(\|[^<>]*)?$/,
  /^!subteam\^S[A-Z0-9]+(\|[^<>]*)?$/,
  /^!date\^\d+\^[^<>|]+\|[^<>]+$/,
  /^(https?:\/\/|mailto:|tel:)[^<>|\s]+(\|[^<>]*)?$/,
]
const everybody = /^!(channel|here|everyone|group)(\|.*)?$/

interface Inspected {
  readonly content: {
    readonly text: string
    readonly blocks?: readonly JsonObject[]
    readonly attachments?: readonly JsonObject[]
  }
  readonly args: JsonObject
  readonly where: string
  readonly findings: Findings
}

/** Reports what Slack would accept and readers would suffer from. Refuses nothing. */
export function inspectMessage({ content, args, where, findings }: Inspected): void {
  inspectMrkdwn(content.text, where, findings)
  const structured = [...(content.blocks ?? []), ...(content.attachments ?? [])]
  for (const block of structured) inspectBlock(block, where, findings)
  if (content.text.trim() === '' && structured.length > 0)
    findings.report('text_missing', where, 'blocks without text: nothing for notifications and screen readers')
  if (args['parse'] === 'full') findings.report('auto_parse', where, 'parse=full links names in foreign text')
  if (isTrue(args['link_names'])) findings.report('auto_parse', where, 'link_names turns foreign text into mentions')
  if (content.text.length > 4_000) findings.report('close_to_limit', where, `${content.text.length} characters of text`)
  const size = structured.reduce((sum, block) => sum + textSize(block), 0)
  if (size > 10_000)
    findings.report('close_to_limit', where, `${size} characters in blocks; Slack refuses about 13,000`)
}

/** Links in posts are fetched and previewed unless both are switched off. */
export function inspectUnfurling(args: JsonObject, where: string, findings: Findings): void {
  for (const name of ['unfurl_links', 'unfurl_media'])
    if (!isFalse(args[name])) findings.report('unfurl_on', where, `${name} is not false`)
}

export function inspectMrkdwn(text: string, where: string, findings: Findings): void {
  const bare = text.replace(/<([^<>]*)>/g, (whole, inner: string) => {
    if (everybody.test(inner)) findings.report('mass_mention', where, whole)
    else if (!controls.some((control) => control.test(inner))) findings.report('unescaped_angle', where, whole)
    return ''
  })
  // A lone `>` at the start of a line is a quote, which our own texts may use.
  const lone = /<|(?<!^|\n)>/.exec(bare.replaceAll(/(^|\n)>{1,3}/g, '$1'))
  if (lone !== null)
    findings.report('unescaped_angle', where, bare.slice(Math.max(0, lone.index - 20), lone.index + 40))
  const ampersand = /&(?!(amp|lt|gt);)/.exec(bare)
  if (ampersand !== null)
    findings.report('unescaped_ampersand', where, bare.slice(Math.max(0, ampersand.index - 20), ampersand.index + 40))
}

export function inspectBlock(value: Json, where: string, findings: Findings): void {
  if (isList(value)) for (const item of value) inspectBlock(item, where, findings)
  if (!isObject(value)) return
  if (value['type'] === 'mrkdwn' && typeof value['text'] === 'string')
    return inspectMrkdwn(value['text'], where, findings)
  if (value['type'] === 'broadcast') findings.report('mass_mention', where, JSON.stringify(value))
  for (const item of Object.values(value)) inspectBlock(item, where, findings)
}

const isTrue = (value: Json | undefined) => value === true || value === 'true' || value === '1'
const isFalse = (value: Json | undefined) => value === false || value === 'false' || value === '0'
