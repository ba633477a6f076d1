import type { Json, JsonObject } from '../../../json.ts'
import { viewJson, messageJson } from '../api/shapes.ts'
import type { Control } from '../blocks/block-ids.ts'
import { controlsIn } from '../blocks/block-ids.ts'
import { issueHook } from '../hooks.ts'
import { compact, listOf, objectOf, textOf } from '../json-values.ts'
import type { Delivery } from '../socket/deliveries.ts'
import type { Message } from '../world/state.ts'
import type { DriverParts } from './parts.ts'
import { choiceOf } from './options.ts'
import { ownView } from './own-view.ts'
import { commonPayload } from './payloads.ts'
import type { NotSent } from './speaking.ts'
import { refuseSpeaker } from './speaking.ts'

/** One message in somebody's sight; an ephemeral one belongs to the person who clicks. */
export interface MessageRef {
  readonly channel: string
  readonly ts: string
}

/** Which control: by its action_id or by what is written on it. `confirm` answers its question, yes unless told. */
export interface Which {
  readonly actionId?: string
  readonly label?: string
  readonly blockId?: string
  /** What the button carries: tells one from another of the same action. */
  readonly value?: string
  readonly confirm?: 'yes' | 'no'
}

export interface Clicking {
  readonly click: (user: string, message: MessageRef, which: Which) => Promise<Delivery | NotSent>
  /** `option`: the value or label to choose, several for multi-selects and checkboxes. */
  readonly choose: (
    user: string,
    message: MessageRef,
    which: Which & { readonly option: string | readonly string[] },
  ) => Promise<Delivery | NotSent>
  /** A button or menu inside a modal or the home tab. */
  readonly clickInView: (
    user: string,
    viewId: string,
    which: Which & { readonly option?: string | readonly string[] },
  ) => Promise<Delivery | NotSent>
}

export function createClicking({ at, deliveries }: DriverParts): Clicking {
  const { world, messages, triggers, clock } = at

  /** Only submissions answer with their ack; what comes with a click's is lost. */
  const send = async (payload: JsonObject) => {
    const delivery = await deliveries.send('interactive', payload)
    if (delivery.kind === 'acked' && Object.keys(delivery.payload).length > 0)
      at.findings.report('ack_payload_ignored', 'block_actions', JSON.stringify(delivery.payload))
    return delivery
  }

  const press = async (
    user: string,
    ref: MessageRef,
    which: Which & { readonly option?: string | readonly string[] },
  ): Promise<Delivery | NotSent> => {
    const person = world.person(user)
    const place = world.channel(ref.channel)
    const refusal = refuseSpeaker(person, place)
    if (refusal !== undefined || person === undefined || place === undefined)
      return refusal ?? { kind: 'not_sent', reason: 'unknown_person' }
    const message = messages.ephemeral(user, ref) ?? messages.find(ref.channel, ref.ts)
    if (message === undefined) return { kind: 'not_sent', reason: 'unknown_message' }
    const control = findControl([...(message.blocks ?? []), ...attachedBlocks(message)], which)
    if (control === undefined) return { kind: 'not_sent', reason: 'unknown_control' }
    if (which.confirm === 'no' && control.element['confirm'] !== undefined)
      return { kind: 'not_sent', reason: 'confirm_declined' }
    const action = actionJson(control, which.option, clock.now())
    if (action === undefined) return { kind: 'not_sent', reason: 'unknown_option' }
    const ephemeral = message.onlyFor !== undefined
    const { ts, threadTs } = message
    const hook = issueHook(
      { user, channel: place.id, ts, ...(threadTs !== undefined && { threadTs }) },
      { world, clock },
    )
    return send(
      compact({
        type: 'block_actions',
        ...commonPayload(person, world),
        container: compact({
          type: 'message',
          message_ts: ts,
          channel_id: place.id,
          is_ephemeral: ephemeral,
          thread_ts: threadTs,
        }),
        trigger_id: triggers.issue(user),
        channel: { id: place.id, name: place.kind === 'im' ? 'directmessage' : place.name },
        message: ephemeral ? undefined : messageJson(message, world),
        state: { values: stateOf(control, action) },
        response_url: `${at.origin()}${hook}`,
        actions: [action],
      }),
    )
  }

  return {
    click: press,
    choose: press,
    clickInView: async (user, viewId, which) => {
      const own = ownView(user, viewId, at)
      if ('kind' in own) return own
      const { person, view } = own
      const control = findControl(listOf(view.body['blocks']), which)
      if (control === undefined) return { kind: 'not_sent', reason: 'unknown_control' }
      if (which.confirm === 'no' && control.element['confirm'] !== undefined)
        return { kind: 'not_sent', reason: 'confirm_declined' }
      const action = actionJson(control, which.option, clock.now())
      if (action === undefined) return { kind: 'not_sent', reason: 'unknown_option' }
      return send({
        type: 'block_actions',
        ...commonPayload(person, world),
        container: { type: 'view', view_id: view.id },
        trigger_id: triggers.issue(user, view.id),
        view: viewJson(view, world, stateOf(control, action)),
        actions: [action],
      })
    },
  }
}

function findControl(blocks: readonly Json[], { actionId, label, blockId, value }: Which): Control | undefined {
  return controlsIn(blocks).find(
    ({ block, element }) =>
      (actionId === undefined || element['action_id'] === actionId) &&
      (blockId === undefined || block['block_id'] === blockId) &&
      (value === undefined || element['value'] === value) &&
      (label === undefined ||
        textOf(objectOf(element['text'])['text']) === label ||
        textOf(objectOf(element['placeholder'])['text']) === label),
  )
}

const attachedBlocks = (message: Message) => (message.attachments ?? []).flatMap(({ blocks }) => listOf(blocks))

function actionJson(
  { block, element }: Control,
  option: string | readonly string[] | undefined,
  now: number,
): JsonObject | undefined {
  const choice = option === undefined ? {} : choiceOf(element, option)
  if (choice === undefined) return undefined
  return compact({
    type: element['type'],
    action_id: element['action_id'],
    block_id: block['block_id'],
    text: element['text'],
    value: element['value'],
    style: element['style'],
    placeholder: element['placeholder'],
    confirm: element['confirm'],
    action_ts: `${Math.floor(now / 1000)}.${String(now % 1000).padStart(3, '0')}000`,
    ...choice,
  })
}

function stateOf({ block, element }: Control, action: JsonObject): JsonObject {
  if (['button', 'overflow'].includes(textOf(element['type']) ?? '')) return {}
  const { action_id: _id, block_id: _block, action_ts: _ts, ...value } = action
  return { [textOf(block['block_id']) ?? '']: { [textOf(element['action_id']) ?? '']: value } }
}
