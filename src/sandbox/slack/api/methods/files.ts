import { inspectMrkdwn } from '../../inspection.ts'
import { isList, isObject, textOf } from '../../json-values.ts'
import { freshSecret } from '../../secret.ts'
import type { File } from '../../world/state.ts'
import type { Method, Workplace } from '../method.ts'
import { threadOf, writableChannel } from '../places.ts'
import { Refusal, faulty } from '../refusal.ts'
import { fileJson } from '../shapes.ts'

const largestFile = 1_073_741_824
const largestSnippet = 1_048_576
const keptFiles = 1_000
/** Uploads are looked through for malware before anything can be done with them (node-slack-sdk #2040). */
const processingMs = 150
const snippetTypes = /^[a-z0-9_+-]{1,40}$/

export const filesGetUploadURLExternal: Method = {
  name: 'files.getUploadURLExternal',
  tier: 4,
  token: 'bot',
  scopes: ['files:write'],
  // The reference says alt_txt, the SDK sends alt_text.
  accepts: ['filename', 'length', 'alt_txt', 'alt_text', 'snippet_type'],
  requires: ['filename', 'length'],
  run: (args, { world, clock, origin }) => {
    const size = Number(args.required('length'))
    if (!Number.isInteger(size) || size < 1) throw faulty('invalid_arguments', ['length must be a positive integer'])
    const snippetType = args.text('snippet_type')
    if (snippetType !== undefined && !snippetTypes.test(snippetType)) throw new Refusal('unknown_snippet_type')
    if (size > (snippetType === undefined ? largestFile : largestSnippet))
      throw new Refusal('file_upload_size_restricted')
    const name = args.required('filename')
    const about = args.text('alt_txt') ?? args.text('alt_text')
    if (about !== undefined && about.length > 1_000) throw faulty('invalid_arguments', ['alt_txt is too long'])
    const file: File = {
      // At least nine characters: blocks that point at a shorter id are refused.
      id: world.nextId('F0SB'),
      name,
      title: name,
      mimetype: mimetypeOf(name),
      user: world.state.app.user,
      size,
      ticket: freshSecret('upload-'),
      state: 'announced',
      created: clock.now(),
      shares: [],
      ...(about !== undefined && { about }),
      ...(snippetType !== undefined && { snippetType }),
    }
    world.state.files.push(file)
    if (world.state.files.length > keptFiles) world.state.files.splice(0, keptFiles / 10)
    return { upload_url: `${origin()}/upload/v1/${file.ticket}`, file_id: file.id }
  },
}

export const filesCompleteUploadExternal: Method = {
  name: 'files.completeUploadExternal',
  tier: 4,
  token: 'bot',
  scopes: ['files:write'],
  // `channels` and `blocks` are not played: a bot that sends them is told.
  accepts: ['files', 'channel_id', 'thread_ts', 'initial_comment'],
  requires: ['files'],
  run: (args, at) => {
    const files = listedFiles(args.json('files'), at)
    const target = args.text('channel_id')
    const comment = args.text('initial_comment')
    const channel = target === undefined ? undefined : writableChannel(target, at)
    const thread = channel === undefined ? undefined : threadOf(args, channel.id, at)
    for (const { file, title } of files) {
      file.state = 'complete'
      file.processedAt = at.clock.now() + processingMs
      if (title !== undefined) file.title = title
      at.world.tell({ kind: 'file', file: file.id })
    }
    // Shared a moment later, so the answer does not show where (Slack does this asynchronously).
    const answer = { files: files.map(({ file }) => fileJson(file, { origin: at.origin(), now: at.clock.now() })) }
    if (comment !== undefined) inspectMrkdwn(comment, 'files.completeUploadExternal', at.findings)
    if (channel !== undefined) {
      const message = at.messages.post(channel.id, {
        user: at.world.state.app.user,
        text: comment ?? '',
        files: files.map(({ file }) => file.id),
        ...(thread !== undefined && { threadTs: thread }),
      })
      for (const { file } of files) file.shares.push({ channel: channel.id, ts: message.ts })
    }
    return answer
  },
}

export const filesInfo: Method = {
  name: 'files.info',
  tier: 4,
  token: 'bot',
  scopes: ['files:read'],
  accepts: ['file', 'count', 'cursor', 'limit', 'page'],
  requires: ['file'],
  run: (args, { world, origin, clock }) => {
    const file = world.state.files.find(({ id }) => id === args.required('file'))
    if (file === undefined || file.state !== 'complete') throw new Refusal('file_not_found')
    return {
      file: fileJson(file, { origin: origin(), now: clock.now() }),
      comments: [],
      response_metadata: { next_cursor: '' },
    }
  },
}

function listedFiles(given: ReturnType<Parameters<Method['run']>[0]['json']>, { world }: Workplace) {
  if (given === undefined || given === 'unreadable' || !isList(given.value) || given.value.length === 0)
    throw faulty('invalid_arguments', ['files must be a JSON array of objects with id'])
  return given.value.map((entry) => {
    const id = isObject(entry) ? textOf(entry['id']) : undefined
    const file = world.state.files.find((one) => one.id === id)
    if (file === undefined || file.state !== 'uploaded') throw new Refusal('file_not_found')
    return { file, title: isObject(entry) ? textOf(entry['title']) : undefined }
  })
}

function mimetypeOf(name: string): string {
  const ending = /\.([a-z0-9]+)$/i.exec(name)?.[1]?.toLowerCase() ?? ''
  const known: Readonly<Record<string, string>> = {
    png: 'image/png',
    svg: 'image/svg+xml',
    json: 'application/json',
    gz: 'application/gzip',
  }
  return known[ending] ?? 'text/plain'
}
