import type { SlackServer } from '../slack/server.ts'
import type { DeedAnswer } from './protocol.ts'
import type { Deed } from './requests.ts'

/** Carries it out as the chat's own client would. */
export async function doDeed(
  deed: Deed,
  { driver, world }: Pick<SlackServer, 'driver' | 'world'>,
): Promise<DeedAnswer> {
  switch (deed.kind) {
    case 'say': {
      const { as, channel, text, thread } = deed
      if (text.startsWith('/') && thread !== undefined) return { ok: false, reason: 'no_commands_in_threads' }
      if (text.startsWith('/')) return answer(await driver.typeCommand(as, channel, text))
      return answer(await driver.say({ user: as, channel, text, ...(thread === undefined ? {} : { thread }) }))
    }
    case 'press': {
      const { as, channel, ts, actionId, blockId, value, option } = deed
      const which = {
        actionId,
        ...(blockId === undefined ? {} : { blockId }),
        ...(value === undefined ? {} : { value }),
      }
      const at = { channel, ts }
      return answer(
        option === undefined ? await driver.click(as, at, which) : await driver.choose(as, at, { ...which, option }),
      )
    }
    case 'submit':
      return answer(await driver.submitForm(deed.as, deed.view, deed.entries))
    case 'close':
      return answer(await driver.closeForm(deed.as, deed.view))
    case 'language':
      if (world.person(deed.as) === undefined) return { ok: false, reason: 'unknown_person' }
      world.administer.speak(deed.as, deed.locale)
      return { ok: true }
    case 'press_in_view': {
      const { as, view, actionId, blockId, option } = deed
      return answer(
        await driver.clickInView(as, view, {
          actionId,
          ...(blockId === undefined ? {} : { blockId }),
          ...(option === undefined ? {} : { option }),
        }),
      )
    }
  }
}

function answer(found: { readonly kind: string; readonly reason?: string }): DeedAnswer {
  if (found.kind === 'not_sent' && found.reason !== 'app_cannot_hear')
    return { ok: false, reason: found.reason ?? found.kind }
  if (found.kind === 'timed_out' || found.kind === 'undelivered') return { ok: false, reason: found.kind }
  return { ok: true }
}
