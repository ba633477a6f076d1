import type { Clock } from '../../time/clock.ts'
import type { Chat, Post } from '../chat.ts'
import type { Message } from '../message.ts'
import type { CallContext } from './chat-errors.ts'
import type { Beside } from './fitting.ts'
import type { Rendered } from './rendering.ts'
import type { ReportSlack } from './slack-report.ts'
import type { Transport } from './transport.ts'
import type { Workspace } from './workspace.ts'
import type { WebClient } from '@slack/web-api'
import { Buffer } from 'node:buffer'
import { z } from 'zod'
import { ChatError } from '../chat.ts'
import { MessageTs } from '../identity.ts'
import { statusProblem, toChatError } from './chat-errors.ts'
import { findTagged, metadataType } from './finding.ts'
import { renderForm } from './modal.ts'
import { createSlackPictures } from './pictures.ts'
import { render } from './rendering.ts'
import { shortened } from '../../shortened.ts'

const Posted = z.object({ ts: MessageTs })

export interface SlackChatParts {
  readonly client: WebClient
  readonly transport: Transport
  readonly workspace: () => Workspace
  readonly clock: Clock
  readonly report: ReportSlack
}

export function createSlackChat({ client, transport, workspace, clock, report }: SlackChatParts): Chat {
  const pictures = createSlackPictures({ client, clock, report })

  /** Sends a message with its pictures; where Slack refuses those, with words in their place. Nothing was shown by then. */
  async function shown<Result>(
    message: Message,
    beside: Beside,
    send: (rendered: Rendered) => Promise<Result>,
  ): Promise<Result> {
    await pictures.ready(message)
    const rendered = (): Rendered => render(message, pictures.fileOf, beside)
    try {
      return await send(rendered())
    } catch (error) {
      if (!refusesBlocks(error) || !pictures.refused(message)) throw error
      report({ level: 'warn', what: 'picture_refused', detail: String(error) })
      return await send(rendered())
    }
  }

  const upload: Chat['upload'] = async ({ channel, thread, name, about, content }) => {
    const file = { file: Buffer.from(content), filename: name, title: name, alt_text: shortened(about, 1000) }
    await call({ method: 'files.completeUploadExternal', channel }, () =>
      client.filesUploadV2(
        thread === undefined ? { channel_id: channel, ...file } : { channel_id: channel, thread_ts: thread, ...file },
      ),
    )
  }

  /** The message stands already: a file that cannot follow is reported, not a reason to post again. */
  const uploadFiles = async (post: Post, ts: MessageTs, { files, unshown }: Rendered): Promise<void> => {
    const about = post.message.summary
    const all = [
      ...files.map(({ name, text }) => ({ name, about, content: new TextEncoder().encode(text) })),
      ...unshown.map((picture) => ({ ...picture, content: Buffer.from(picture.png, 'base64') })),
    ]
    for (const file of all) {
      const thread = post.thread ?? ts
      await upload({ channel: post.channel, thread, ...file }).catch((error: unknown) =>
        report({ level: 'error', what: 'upload_failed', detail: String(error) }),
      )
    }
  }

  return {
    ready: (message) => pictures.ready(message),
    post: (post) =>
      shown(post.message, 'files', async (rendered) => {
        const { channel, thread, tag } = post
        const { text, blocks } = rendered
        const answer = await call({ method: 'chat.postMessage', channel }, () =>
          client.apiCall('chat.postMessage', {
            channel,
            text,
            blocks,
            metadata: { event_type: metadataType, event_payload: { tag } },
            unfurl_links: false,
            unfurl_media: false,
            ...(thread === undefined ? {} : { thread_ts: thread }),
          }),
        )
        const { ts } = Posted.parse(answer)
        await uploadFiles(post, ts, rendered)
        return ts
      }),
    edit: ({ channel, ts, message, tag }) =>
      shown(message, 'nothing', async ({ text, blocks }) => {
        await call({ method: 'chat.update', channel, ts }, () =>
          client.chat.update({
            channel,
            ts,
            text,
            blocks,
            metadata: { event_type: metadataType, event_payload: { tag } },
          }),
        )
      }),
    find: (search) =>
      call(
        {
          method: search.thread === undefined ? 'conversations.history' : 'conversations.replies',
          channel: search.channel,
        },
        () => findTagged(client, search, workspace()),
      ),
    answer: (reply, message, replace) =>
      shown(message, 'nothing', (rendered) => answer(transport, reply.url, answerBody(rendered, replace))),
    whisper: ({ place, person, message }) =>
      shown(message, 'nothing', async ({ text, blocks }) => {
        const { channel, thread } = place
        await call({ method: 'chat.postEphemeral', channel }, () =>
          client.chat.postEphemeral({
            channel,
            user: person.user,
            text,
            blocks,
            ...(thread === undefined ? {} : { thread_ts: thread }),
          }),
        )
      }),
    openForm: async (trigger, form) => {
      const view = renderForm(form)
      await call({ method: 'views.open' }, () => client.views.open({ trigger_id: trigger, view }))
    },
    upload,
    permalink: async (channel, ts) => {
      const found = await call({ method: 'chat.getPermalink', channel, ts }, () =>
        client.chat.getPermalink({ channel, message_ts: ts }),
      )
      return found.permalink ?? ''
    },
  }
}

/** Web API and response_url say it differently; both say it before anything is shown. */
const refusesBlocks = (error: unknown): boolean =>
  error instanceof ChatError && error.problem.code === 'chat_refused' && error.problem.reason.includes('invalid_blocks')

async function call<Result>(context: CallContext, send: () => Promise<Result>): Promise<Result> {
  try {
    return await send()
  } catch (error) {
    throw toChatError(error, context)
  }
}

function answerBody({ text, blocks }: Rendered, replace: 'replace' | undefined): string {
  return JSON.stringify({ response_type: 'ephemeral', replace_original: replace === 'replace', text, blocks })
}

/** The fast way: one request, no queue, no pacing. Refusals come as a status and a plain word. */
async function answer(transport: Transport, url: string, body: string): Promise<void> {
  const method = 'response_url'
  const { status, retryAfter, text } = await transport.post(url, body).catch((error: unknown) => {
    throw toChatError(error, { method })
  })
  if (status >= 200 && status < 300) return
  const wait = Number(retryAfter)
  if (status === 429 && wait > 0) throw new ChatError({ code: 'chat_rate_limited', method, retryAfterMs: wait * 1000 })
  throw new ChatError(statusProblem(status, method, text.slice(0, 200) || `HTTP ${status}`))
}
