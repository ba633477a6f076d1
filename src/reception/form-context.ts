import { z } from 'zod'
import { ChannelId, MessageTs } from '../chat/identity.ts'

/** What a form remembers of where it was opened; it comes back with the submission. */
export const FormContext = z.object({
  verb: z.string(),
  /** What the form is about, where it is not typed into it. */
  about: z.string().exactOptional(),
  place: z.object({
    channel: ChannelId,
    thread: MessageTs.exactOptional(),
    kind: z.enum(['channel', 'direct', 'shared']),
  }),
})
export type FormContext = z.infer<typeof FormContext>

export const formContext = (
  verb: string,
  { place }: { readonly place: FormContext['place'] },
  about?: string,
): string => JSON.stringify({ verb, place, ...(about === undefined ? {} : { about }) } satisfies FormContext)

/** What a form was about, of what came back with it; empty for nothing. */
export const aboutOf = (context: string): string => FormContext.parse(JSON.parse(context)).about ?? ''
