import { z } from 'zod'

const text = z.string().max(12_000)
const id = z.string().min(1).max(300)
const entries = z.record(z.string(), z.union([text, z.array(text)]))

/** What a person does on the page, as it comes from the browser. */
export const Deed = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('say'), as: id, channel: id, text: text.min(1), thread: id.optional() }),
  z.strictObject({
    kind: z.literal('press'),
    as: id,
    channel: id,
    ts: id,
    actionId: id,
    blockId: id.optional(),
    value: text.optional(),
    option: z.union([text, z.array(text)]).optional(),
  }),
  z.strictObject({ kind: z.literal('submit'), as: id, view: id, entries }),
  z.strictObject({ kind: z.literal('close'), as: id, view: id }),
  z.strictObject({
    kind: z.literal('press_in_view'),
    as: id,
    view: id,
    actionId: id,
    blockId: id.optional(),
    option: z.union([text, z.array(text)]).optional(),
  }),
  z.strictObject({ kind: z.literal('language'), as: id, locale: z.enum(['en-US', 'zh-CN']) }),
])
export type Deed = z.infer<typeof Deed>

const on = z.enum(['on', 'off'])
const name = z.string().min(1).max(300)

/** What the visitor can break, and mend again. */
export const Accident = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('kill_pod'), cluster: name, namespace: name, name }),
  z.strictObject({ kind: z.literal('meddle'), cluster: name, namespace: name, name }),
  z.strictObject({ kind: z.literal('slow'), cluster: name, on }),
  z.strictObject({ kind: z.literal('down'), cluster: name, on }),
  z.strictObject({ kind: z.literal('expire'), cluster: name, on }),
  z.strictObject({ kind: z.literal('metrics_away'), cluster: name, on }),
  z.strictObject({ kind: z.literal('limit_chat'), on }),
  z.strictObject({ kind: z.literal('drop_socket') }),
  z.strictObject({ kind: z.literal('lose_answer') }),
  z.strictObject({ kind: z.literal('kill_bot') }),
  z.strictObject({ kind: z.literal('start_bot') }),
  z.strictObject({ kind: z.literal('allow_changes'), cluster: name, on }),
  z.strictObject({ kind: z.literal('check_audit'), of: z.enum(['trail', 'forgery']) }),
])
export type Accident = z.infer<typeof Accident>
