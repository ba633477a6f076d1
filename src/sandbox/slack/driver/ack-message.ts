import type { JsonObject } from '../../../json.ts'
import { createArgs } from '../api/args.ts'
import { readContent } from '../api/content.ts'
import type { Workplace } from '../api/method.ts'
import { Refusal } from '../api/refusal.ts'
import { withIds } from '../blocks/block-ids.ts'

/** `ack('text')` or `ack({ blocks })` of a command: shown to the person, or to all with `response_type: in_channel`. */
export function applyAck(payload: JsonObject, to: { readonly user: string; readonly channel: string }, at: Workplace) {
  if (Object.keys(payload).length === 0) return
  const { messages, world } = at
  try {
    const content = readContent(createArgs(payload), 'ack', at)
    const draft = {
      ...content,
      user: world.state.app.user,
      ...(content.blocks && { blocks: withIds(content.blocks, world.nextId) }),
    }
    if (payload['response_type'] === 'in_channel') messages.post(to.channel, draft)
    else messages.whisper(to.channel, to.user, draft)
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    const text = `the app's answer was refused: ${error.error}`
    messages.whisper(to.channel, to.user, { user: 'USLACKBOT', text })
  }
}
