import { z } from 'zod'
import type { JsonObject } from '../../../json.ts'

const Payload: z.ZodType<JsonObject> = z.record(z.string(), z.json())

const Team = z.strictObject({ id: z.string(), name: z.string(), domain: z.string(), plan: z.enum(['free', 'paid']) })

const Human = z.strictObject({
  id: z.string(),
  team: z.string(),
  /** The handle typed after `@`; never identity. */
  name: z.string(),
  realName: z.string(),
  kind: z.enum(['member', 'guest', 'single_channel_guest', 'bot', 'workflow']),
  deactivated: z.boolean(),
  locale: z.string(),
  zone: z.string(),
})

const Group = z.strictObject({ id: z.string(), handle: z.string(), name: z.string(), members: z.array(z.string()) })

const Channel = z.strictObject({
  id: z.string(),
  name: z.string(),
  kind: z.enum(['public', 'private', 'im', 'mpim']),
  members: z.array(z.string()),
  archived: z.boolean(),
  /** Other companies reading along (Slack Connect). */
  sharedWith: z.array(z.string()),
  lastTs: z.string().optional(),
})

const Metadata = z.strictObject({ event_type: z.string(), event_payload: Payload })

const Message = z.strictObject({
  ts: z.string(),
  user: z.string(),
  text: z.string(),
  blocks: z.array(Payload).optional(),
  attachments: z.array(Payload).optional(),
  threadTs: z.string().optional(),
  /** Also shown in the channel although it is a reply. */
  broadcast: z.boolean().optional(),
  edited: z.strictObject({ user: z.string(), ts: z.string() }).optional(),
  metadata: Metadata.optional(),
  files: z.array(z.string()).optional(),
  reactions: z.array(z.strictObject({ name: z.string(), users: z.array(z.string()) })).optional(),
  pinned: z.boolean().optional(),
  clientMsgId: z.string().optional(),
  /** Shown to this person only; the real thing forgets it at reload, this one keeps it for its page. */
  onlyFor: z.string().optional(),
  /** Where an `onlyFor` message was shown. */
  channel: z.string().optional(),
})

const File = z.strictObject({
  id: z.string(),
  name: z.string(),
  title: z.string(),
  about: z.string().optional(),
  snippetType: z.string().optional(),
  mimetype: z.string(),
  user: z.string(),
  size: z.number(),
  /** Secret last part of the upload address. */
  ticket: z.string(),
  state: z.enum(['announced', 'uploaded', 'complete']),
  /** When it has been looked through (epoch ms): no type is said and no block may point at it before. */
  processedAt: z.number().optional(),
  /** Base64; dropped for the oldest files once all together are too large. */
  content: z.string().optional(),
  created: z.number(),
  shares: z.array(z.strictObject({ channel: z.string(), ts: z.string() })),
})

const View = z.strictObject({
  id: z.string(),
  user: z.string(),
  type: z.enum(['modal', 'home']),
  /** As the app sent it, validated. */
  body: Payload,
  hash: z.string(),
  rootId: z.string(),
  previousId: z.string().optional(),
  /** block_id → sentence beside the field, from the app or from the client's own checks. */
  errors: z.record(z.string(), z.string()),
  /** What the client shows above the form when the app did not answer. */
  trouble: z.string().optional(),
})

const Hook = z.strictObject({
  token: z.string(),
  user: z.string(),
  channel: z.string(),
  threadTs: z.string().optional(),
  /** The message it may replace: the clicked one, else the first one sent through it. */
  ts: z.string().optional(),
  uses: z.number(),
  expiresAt: z.number(),
})

const Command = z.strictObject({
  command: z.string(),
  description: z.string(),
  usageHint: z.string(),
  shouldEscape: z.boolean(),
})

const SlackApp = z.strictObject({
  id: z.string(),
  user: z.string(),
  botId: z.string(),
  botToken: z.string(),
  appToken: z.string(),
  scopes: z.array(z.string()),
  appScopes: z.array(z.string()),
  events: z.array(z.string()),
  tokens: z.enum(['valid', 'revoked', 'expired']),
})

/** Everything the workspace remembers, as one JSON value: exported, written somewhere, imported again. */
export const WorldState = z.strictObject({
  version: z.literal(1),
  sequence: z.number(),
  team: Team,
  foreignTeams: z.array(Team),
  app: SlackApp,
  commands: z.array(Command),
  people: z.array(Human),
  groups: z.array(Group),
  channels: z.array(Channel),
  messages: z.record(z.string(), z.array(Message)),
  ephemerals: z.record(z.string(), z.array(Message)),
  files: z.array(File),
  views: z.array(View),
  hooks: z.array(Hook),
})
export type WorldState = z.infer<typeof WorldState>
export type Team = z.infer<typeof Team>
export type Human = z.infer<typeof Human>
export type Group = z.infer<typeof Group>
export type Channel = z.infer<typeof Channel>
export type Metadata = z.infer<typeof Metadata>
export type Message = z.infer<typeof Message>
export type File = z.infer<typeof File>
export type View = z.infer<typeof View>
export type Hook = z.infer<typeof Hook>
export type Command = z.infer<typeof Command>
