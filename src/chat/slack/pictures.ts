import type { Clock } from '../../time/clock.ts'
import type { Message, Picture } from '../message.ts'
import type { ReportSlack } from './slack-report.ts'
import type { WebClient } from '@slack/web-api'
import { Buffer } from 'node:buffer'
import { createHash } from 'node:crypto'
import { LRUCache } from 'lru-cache'
import { z } from 'zod'
import { ChatError } from '../chat.ts'
import { toChatError } from './chat-errors.ts'
import { shortened } from '../../shortened.ts'
import { oneLine } from './visible-text.ts'

/** Pictures of messages as files of the bot that blocks can point at. */
export interface SlackPictures {
  /**
   * Resolves once each picture either can be shown or surely cannot for now. Throws `ChatError` where waiting helps:
   * rate limits, no connection.
   */
  ready(message: Message): Promise<void>
  /** The file to point at; undefined: show words instead. */
  fileOf(picture: Picture): string | undefined
  /** Slack refused a message that pointed at these: they become words for a while. Whether there were any. */
  refused(message: Message): boolean
}

const Uploaded = z.object({ files: z.tuple([z.object({ files: z.tuple([z.object({ id: z.string() })]) })]) })
const Info = z.object({ file: z.object({ mimetype: z.string().default('') }) })

const kept = 500
/** A picture that could not be shown is tried again after so long. */
const failedMs = 60_000
/**
 * Slack looks through an uploaded file before it can be shown; until then `files.info` has no type for it and blocks that
 * point at it are refused (node-slack-sdk #2040, #1865; python-slack-sdk #1521).
 */
const readyWithinMs = 8000
const firstLookMs = 200

export function createSlackPictures(parts: {
  readonly client: WebClient
  readonly clock: Clock
  readonly report: ReportSlack
}): SlackPictures {
  const { client, clock, report } = parts
  const files = new LRUCache<string, { readonly file: string } | { readonly failedAt: number }>({ max: kept })
  const underWay = new Map<string, Promise<void>>()

  const usable = (key: string) => {
    const found = files.get(key)
    if (found !== undefined && 'failedAt' in found && clock.now() - found.failedAt > failedMs) return undefined
    return found
  }

  async function bring(picture: Picture, key: string): Promise<void> {
    try {
      const file = await upload(client, picture)
      files.set(key, (await isShowable(file)) ? { file } : { failedAt: clock.now() })
    } catch (error) {
      const trouble = toChatError(error, { method: 'files.completeUploadExternal' })
      if (['chat_rate_limited', 'chat_unavailable'].includes(trouble.problem.code)) throw trouble
      report({ level: 'error', what: 'picture_failed', detail: String(trouble) })
      files.set(key, { failedAt: clock.now() })
    }
  }

  /** Asks until the file has a type, at growing distances, for some seconds. */
  async function isShowable(file: string): Promise<boolean> {
    const until = clock.now() + readyWithinMs
    for (let wait = firstLookMs; ; wait *= 2) {
      const { mimetype } = Info.parse(await client.files.info({ file })).file
      if (mimetype === 'image/png') return true
      if (mimetype !== '' || clock.now() + wait > until) {
        report({ level: 'warn', what: 'picture_not_ready', detail: mimetype })
        return false
      }
      await new Promise<void>((resolve) => clock.after(wait, resolve))
    }
  }

  return {
    ready: async (message) => {
      for (const picture of picturesOf(message)) {
        const key = keyOf(picture)
        if (usable(key) !== undefined) continue
        const work = underWay.get(key) ?? bring(picture, key).finally(() => underWay.delete(key))
        underWay.set(key, work)
        await work
      }
    },
    fileOf: (picture) => {
      const found = files.get(keyOf(picture))
      return found !== undefined && 'file' in found ? found.file : undefined
    },
    refused: (message) => {
      const keys = picturesOf(message).map(keyOf)
      const shown = keys.filter((key) => 'file' in (files.get(key) ?? {}))
      for (const key of shown) files.set(key, { failedAt: clock.now() })
      return shown.length > 0
    },
  }
}

const picturesOf = ({ parts }: Message): readonly Picture[] => parts.filter((part) => part.kind === 'picture')

const keyOf = ({ png }: Picture): string => createHash('sha256').update(png).digest('base64')

/** Shared with nobody yet: a message that points at it shows it. */
async function upload(client: WebClient, { name, about, png }: Picture): Promise<string> {
  const answer = await client.filesUploadV2({
    file: Buffer.from(png, 'base64'),
    filename: name,
    title: name,
    alt_text: shortened(oneLine(about), 1000),
  })
  const read = Uploaded.safeParse(answer)
  if (!read.success)
    throw new ChatError({ code: 'chat_refused', method: 'files.completeUploadExternal', reason: 'no file id' })
  return read.data.files[0].files[0].id
}
