import type { Clock } from '../../time/clock.ts'
import type { Json, JsonObject } from '../../json.ts'
import { createArgs } from './api/args.ts'
import { readContent } from './api/content.ts'
import type { Workplace } from './api/method.ts'
import { Refusal } from './api/refusal.ts'
import { withIds } from './blocks/block-ids.ts'
import { isObject, textOf } from './json-values.ts'
import { freshSecret } from './secret.ts'
import type { Hook, Message } from './world/state.ts'
import type { World } from './world/world.ts'

const lifetime = 30 * 60_000
const uses = 5
const remembered = 5_000

/** What a response_url is made for; `ts` is the message that may be replaced. */
export type HookTarget = Pick<Hook, 'user' | 'channel' | 'threadTs' | 'ts'>

/** A fresh response_url path: 5 uses within 30 minutes, no membership needed. */
export function issueHook(target: HookTarget, { world, clock }: { world: World; clock: Clock }): string {
  const token = freshSecret('hook-')
  const { hooks } = world.state
  hooks.push({ ...target, token, uses: 0, expiresAt: clock.now() + lifetime })
  if (hooks.length > remembered) hooks.splice(0, remembered / 10)
  return `/response/${world.state.team.id}/${token}`
}

export interface HookAnswer {
  readonly status: number
  readonly text: string
}

/** One use. Answers are plain text with 4xx, as the real one's are. */
export function useHook(token: string, body: Json | undefined, at: Workplace): HookAnswer {
  const hook = at.world.state.hooks.findLast((one) => one.token === token)
  if (hook === undefined) return { status: 404, text: 'no_hook' }
  if (at.clock.now() > hook.expiresAt) return { status: 404, text: 'expired_url' }
  if (hook.uses >= uses) return { status: 404, text: 'used_url' }
  if (!isObject(body)) return { status: 400, text: 'invalid_payload' }
  if (at.world.channel(hook.channel)?.archived === true) return { status: 410, text: 'channel_is_archived' }
  hook.uses += 1
  try {
    respond(hook, body, at)
    return { status: 200, text: 'ok' }
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    return { status: 400, text: error.error }
  }
}

function respond(hook: Hook, body: JsonObject, at: Workplace) {
  const { messages, world } = at
  const original = hook.ts === undefined ? undefined : findOriginal(hook, hook.ts, at)
  if (body['delete_original'] === true) {
    if (original !== undefined) messages.remove(original, hook.channel)
    return
  }
  const content = readContent(createArgs(body), 'response_url', at)
  const blocks = content.blocks && withIds(content.blocks, world.nextId)
  if (body['replace_original'] === true && original !== undefined) {
    messages.touch(original, hook.channel, (changing) => {
      changing.text = content.text
      delete changing.blocks
      if (blocks !== undefined) changing.blocks = blocks
      changing.edited = { user: world.state.app.user, ts: `${Math.floor(at.clock.now() / 1000)}.000000` }
    })
    return
  }
  const thread = textOf(body['thread_ts']) ?? hook.threadTs
  const draft = {
    ...content,
    user: world.state.app.user,
    ...(blocks && { blocks }),
    ...(thread !== undefined && { threadTs: thread }),
  }
  const sent =
    body['response_type'] === 'in_channel'
      ? messages.post(hook.channel, draft)
      : messages.whisper(hook.channel, hook.user, draft)
  hook.ts ??= sent.ts
}

const findOriginal = (hook: Hook, ts: string, { messages }: Workplace): Message | undefined =>
  messages.ephemeral(hook.user, { channel: hook.channel, ts }) ?? messages.find(hook.channel, ts)
