import type { Json, JsonObject } from '../../../json.ts'
import { checkBlocks } from '../blocks/blocks.ts'
import { isList, isObject, textOf } from '../json-values.ts'
import { textSize } from '../text-size.ts'
import type { Metadata } from '../world/state.ts'
import { inspectMessage } from '../inspection.ts'
import type { Args } from './args.ts'
import type { Workplace } from './method.ts'
import { fileProblems } from './pointed-files.ts'
import { Refusal, faulty } from './refusal.ts'

export interface Content {
  readonly text: string
  readonly blocks?: JsonObject[]
  readonly attachments?: JsonObject[]
  readonly metadata?: Metadata
}

/** The content of a message as a method was given it, checked against everything Slack refuses. */
export function readContent(args: Args, where: string, at: Workplace): Content {
  const text = args.text('text')
  const blocks = readBlocks(args.json('blocks'), where, at)
  const attachments = readAttachments(args.json('attachments'), where, at)
  const markdown = args.text('markdown_text')
  if (markdown !== undefined) {
    if (text !== undefined || blocks !== undefined) throw new Refusal('markdown_text_conflict')
    if (markdown.length > 12_000) throw new Refusal('msg_too_long')
  }
  if (text === undefined && markdown === undefined && blocks === undefined && attachments === undefined)
    throw new Refusal('no_text')
  if (text !== undefined && text.length > 40_000) throw new Refusal('msg_too_long')
  const metadata = readMetadata(args.json('metadata'))
  const content = {
    text: text ?? markdown ?? '',
    ...(blocks && { blocks }),
    ...(attachments && { attachments }),
    ...(metadata && { metadata }),
  }
  inspectMessage({ content, args: args.all, where, findings: at.findings })
  return content
}

/** `msg_blocks_too_long` was seen from 13,172 characters on (bolt-js #2509, #2867). */
const longestBlocks = 13_000

/** A limit of the methods; a response_url takes more. */
export function demandShortBlocks({ blocks = [] }: Content): void {
  if (textSize(blocks) > longestBlocks) throw new Refusal('msg_blocks_too_long')
}

function readBlocks(given: ReturnType<Args['json']>, where: string, at: Workplace): JsonObject[] | undefined {
  if (given === undefined) return undefined
  if (given === 'unreadable' || !isList(given.value)) throw new Refusal('invalid_blocks_format')
  const { problems, warnings } = checkBlocks(given.value, 'message')
  for (const warning of warnings) at.findings.report('close_to_limit', where, warning)
  const all = problems.length > 0 ? problems : fileProblems(given.value, at)
  if (all.length > 0) throw faulty('invalid_blocks', all)
  if (given.value.length === 0) return undefined
  return given.value.filter(isObject)
}

function readAttachments(given: ReturnType<Args['json']>, where: string, at: Workplace): JsonObject[] | undefined {
  if (given === undefined) return undefined
  if (given === 'unreadable' || !isList(given.value)) throw new Refusal('invalid_attachments')
  if (given.value.length > 100) throw new Refusal('too_many_attachments')
  const attachments = given.value.filter(isObject)
  if (attachments.length !== given.value.length) throw new Refusal('invalid_attachments')
  attachments.forEach((attachment, index) => {
    const { blocks } = attachment
    if (blocks === undefined) return
    if (!isList(blocks)) throw new Refusal('invalid_attachments')
    const { problems, warnings } = checkBlocks(blocks, 'message', `/attachments/${index}/blocks`)
    for (const warning of warnings) at.findings.report('close_to_limit', where, warning)
    if (problems.length > 0) throw faulty('invalid_attachments', problems)
  })
  return attachments.length === 0 ? undefined : attachments
}

function readMetadata(given: ReturnType<Args['json']>): Metadata | undefined {
  if (given === undefined) return undefined
  const value: Json | undefined = given === 'unreadable' ? undefined : given.value
  const type = isObject(value) ? textOf(value['event_type']) : undefined
  const payload = isObject(value) ? value['event_payload'] : undefined
  if (!isObject(value) || type === undefined || type === '' || !isObject(payload))
    throw new Refusal('invalid_metadata_format')
  if (Buffer.byteLength(JSON.stringify(value)) > 8_000) throw new Refusal('metadata_too_large')
  return { event_type: type, event_payload: payload }
}
