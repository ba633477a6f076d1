import { z } from 'zod'
import { ChannelId, GroupId, UserId } from '../chat/identity.ts'
import { ClusterName } from '../clusters/names.ts'
import { Duration } from '../time/durations.ts'
import { createRecurrence, isZone } from '../time/recurrence.ts'
import { either, expecting, sheet, wrong } from '../documents/sheet.ts'
import { commandVerbs, languages } from './config.ts'

/** Problems name the key in the file's own record; past the edge it is a Map by branded ids. */
const toMap =
  <Key extends z.ZodType<string, string>>(key: Key) =>
  <Value>(record: Readonly<Record<string, Value>>): ReadonlyMap<z.output<Key>, Value> =>
    new Map(Object.entries(record).map(([name, value]) => [key.parse(name), value]))

const Cluster = expecting('cluster_name', ClusterName, ['prod', 'test-2'])
const Channel = expecting('channel_id', ChannelId, ['C0OPS'])
const User = expecting('user_id', UserId, ['U0ANN'])
const Mention = expecting('user_or_group_id', z.union([GroupId, UserId]), ['S0SRE', 'U0ANN'])
const Label = expecting('label', z.string().regex(/^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/), ['production', 'shop'])
const VariableName = expecting('variable_name', z.string().regex(/^[A-Za-z_][A-Za-z0-9_]*$/), ['PROM_TOKEN'])
const SlashCommand = expecting('slash_command', z.string().regex(/^\/[a-z0-9_-]{1,31}$/), ['/ops'])
/** Credentials belong into the environment, so an address with any is refused. */
const Url = expecting(
  'url',
  z
    .url({ protocol: /^https?$/ })
    .refine((text) => URL.canParse(text) && new URL(text).username === '')
    .transform((text) => new URL(text)),
  ['http://prometheus.monitoring:9090'],
)

const notBuiltYet = z.unknown().superRefine((value, context) => {
  if (value !== undefined) context.addIssue(wrong(value, { kind: 'absent' }))
})

const ClusterSheet = sheet({
  context: z.string().min(1).optional(),
  'in-cluster': z.boolean().default(false),
  environment: Label,
  impersonate: z.boolean().default(false),
  timeout: Duration.default(10_000),
  kubeconfig: z.string().min(1).optional(),
  kubesphere: notBuiltYet.optional(),
}).superRefine((cluster, context) => {
  const named = cluster.context !== undefined
  if (named === cluster['in-cluster']) context.addIssue(wrong(cluster, { kind: 'context_or_in_cluster' }, ['context']))
})

const Language = z.enum(languages)
const Zone = expecting('zone', z.string().refine(isZone), ['Asia/Shanghai'])

const ChannelSheet = sheet({
  cluster: Cluster.optional(),
  namespace: Label.optional(),
  approvals: either({ kind: 'list', values: ['true', '[prod]'] }, [
    z.literal(true),
    z.array(Cluster).min(1),
  ]).optional(),
  audit: z.boolean().default(false),
  language: Language.optional(),
})

const PersonSheet = sheet({
  kubernetes: expecting('kubernetes_user', z.string().regex(/^(?!system:)\S{1,253}$/), ['ann@corp.example']),
})

const PrometheusLabel = expecting('label', z.string().regex(/^[A-Za-z_][A-Za-z0-9_]*$/), ['cluster'])
const Path = expecting('path', z.string().min(1), ['prometheus-ca.pem'])

/** Names of environment variables that hold the secret. */
const AuthSheet = sheet({ bearerEnv: VariableName.optional(), basicEnv: VariableName.optional() }).superRefine(
  (auth, context) => {
    if ((auth.bearerEnv === undefined) === (auth.basicEnv === undefined)) {
      context.addIssue(wrong(auth, { kind: 'bearer_or_basic' }, ['bearerEnv']))
    }
  },
)

const MetricsSheet = sheet({
  prometheus: Url,
  auth: AuthSheet.optional(),
  tls: sheet({ caFile: Path.optional(), certFile: Path.optional(), keyFile: Path.optional() })
    .superRefine((tls, context) => {
      if ((tls.certFile === undefined) !== (tls.keyFile === undefined)) {
        context.addIssue(wrong(tls, { kind: 'cert_and_key' }, [tls.certFile === undefined ? 'certFile' : 'keyFile']))
      }
    })
    .prefault({}),
  matcher: z.record(PrometheusLabel, z.string().min(1)).default({}).transform(toMap(z.string())),
})

const labelValues = either({ kind: 'text' }, [z.string(), z.array(z.string()).min(1)])
const Match = z
  .record(expecting('label', z.string().regex(/^[A-Za-z_][A-Za-z0-9_]*$/), ['severity']), labelValues)
  .transform(
    (match) =>
      new Map(Object.entries(match).map(([label, value]) => [label, typeof value === 'string' ? [value] : value])),
  )

const Quiet = sheet({ cron: z.string(), zone: z.string(), for: Duration }).transform(
  ({ cron, zone, for: forMs }, context) => {
    const recurrence = createRecurrence({ cron, zone, forMs })
    if (typeof recurrence === 'object') return recurrence
    const faults = {
      cron: ['cron', 'cron', '0 22 * * *'],
      zone: ['zone', 'zone', 'Asia/Shanghai'],
      never: ['cron_that_happens', 'cron', '0 22 * * *'],
    } as const
    const [kind, field, example] = faults[recurrence]
    context.issues.push(wrong(cron, { kind, values: [example] }, [field]))
    return z.NEVER
  },
)

const RouteSheet = sheet({
  match: Match.optional(),
  channel: Channel,
  escalate: z.array(sheet({ after: Duration, mention: Mention })).default([]),
  quiet: Quiet.optional(),
})

const AlertsSheet = sheet({
  alertmanager: Url.optional(),
  auth: AuthSheet.optional(),
  watchdog: sheet({ match: Match, silence: Duration }).optional(),
  routes: z.array(RouteSheet).min(1),
}).superRefine(({ routes }, context) => {
  const last = routes.length - 1
  for (const [index, { match }] of routes.entries()) {
    const bare = match === undefined || match.size === 0
    if (index < last && bare) context.addIssue(wrong(match, { kind: 'match' }, ['routes', index, 'match']))
    if (index === last && !bare) context.addIssue(wrong(match, { kind: 'no_match' }, ['routes', index, 'match']))
  }
})

const commandShape = {
  ops: SlashCommand.default('/ops'),
  deploy: SlashCommand.default('/deploy'),
  scale: SlashCommand.default('/scale'),
  rollback: SlashCommand.default('/rollback'),
  logs: SlashCommand.default('/logs'),
  metrics: SlashCommand.default('/metrics'),
}
const CommandsSheet = sheet(commandShape).superRefine((names, context) => {
  for (const [index, verb] of commandVerbs.entries()) {
    const earlier = commandVerbs.slice(0, index).map((other) => names[other])
    if (earlier.includes(names[verb])) context.addIssue(wrong(names[verb], { kind: 'unique' }, [verb]))
  }
})

/** readback.yaml. Names that point to other parts of it are checked in `references.ts`. */
export const ConfigFile = sheet({
  language: Language.default('en'),
  zone: Zone.default('UTC'),
  clusters: z
    .record(Cluster, ClusterSheet)
    .refine((clusters) => Object.keys(clusters).length > 0, { params: { expected: 'not_empty' } })
    .transform(toMap(ClusterName)),
  groups: z.record(Label, z.array(Cluster).min(1)).default({}).transform(toMap(z.string())),
  channels: z.record(Channel, ChannelSheet).default({}).transform(toMap(ChannelId)),
  people: z.record(User, PersonSheet).default({}).transform(toMap(UserId)),
  metrics: z.record(Cluster, MetricsSheet).default({}).transform(toMap(ClusterName)),
  alerts: AlertsSheet.optional(),
  masks: z.array(z.string().min(1).max(1000)).default([]),
  commands: CommandsSheet.prefault({}),
})
export type ConfigFile = z.output<typeof ConfigFile>
export type ClusterText = z.output<typeof ClusterSheet>
export type MetricsText = z.output<typeof MetricsSheet>
export type AlertsText = z.output<typeof AlertsSheet>
