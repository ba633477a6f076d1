import type { Message, Part } from '../message.ts'
import { z } from 'zod'
import { ChannelId, GroupId, UserId } from '../identity.ts'
import { largestPicture } from '../message.ts'

const Span = z.union([
  z.string(),
  z.object({ bold: z.string() }),
  z.object({ code: z.string() }),
  z.object({ strike: z.string() }),
  z.object({ muted: z.string() }),
  z.object({ person: UserId }),
  z.object({ group: GroupId }),
  z.object({ channel: ChannelId }),
  z.object({ link: z.object({ url: z.string(), text: z.string() }) }),
  z.object({ moment: z.number() }),
])
const Rich = z.array(Span)

const Button = z.object({
  action: z.string(),
  value: z.string(),
  label: z.string(),
  style: z.exactOptional(z.enum(['primary', 'danger'])),
  confirm: z.exactOptional(z.object({ title: z.string(), text: z.string(), yes: z.string(), no: z.string() })),
  url: z.exactOptional(z.string()),
})

const Menu = z.object({
  action: z.string(),
  placeholder: z.string(),
  options: z.array(z.object({ label: z.string(), value: z.string() })),
})

const Part = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('title'), text: z.string(), aside: z.exactOptional(z.string()) }),
  z.object({ kind: z.literal('text'), text: Rich }),
  z.object({ kind: z.literal('list'), items: z.array(Rich) }),
  z.object({ kind: z.literal('facts'), facts: z.array(z.object({ label: z.string(), value: Rich })) }),
  z.object({ kind: z.literal('code'), text: z.string(), name: z.exactOptional(z.string()) }),
  z.object({ kind: z.literal('table'), columns: z.array(z.string()), rows: z.array(z.array(z.string())) }),
  z.object({ kind: z.literal('picture'), name: z.string(), about: z.string(), png: z.string() }),
  z.object({ kind: z.literal('note'), text: Rich }),
  z.object({ kind: z.literal('buttons'), buttons: z.array(z.union([Button, Menu])) }),
  z.object({ kind: z.literal('divider') }),
]) satisfies z.ZodType<Part>

/** Pictures at most in one message: each costs some requests and up to half a megabyte of the store. */
const mostPictures = 4

/** As it may be stored: a picture that is too large, or one too many, is there in words. */
export function storable(message: Message): Message {
  let left = mostPictures
  const parts = message.parts.map((part): Part => {
    if (part.kind !== 'picture' || (part.png.length <= largestPicture && left-- > 0)) return part
    return { kind: 'note', text: [part.about] }
  })
  return { ...message, parts }
}

/** A stored message, read back. */
export const StoredMessage = z.object({
  summary: z.string(),
  tone: z.enum(['neutral', 'waiting', 'working', 'good', 'bad', 'warning']),
  parts: z.array(Part),
}) satisfies z.ZodType<Message>
