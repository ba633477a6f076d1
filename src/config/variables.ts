import type { Expected } from '../documents/file-problems.ts'
import { z } from 'zod'
import { logLevels } from './config.ts'

export interface Variable {
  readonly schema: z.ZodType<string, string>
  readonly expected: Expected
  /** What stands above it in .env.example. */
  readonly about: string
  /** Used when the variable is not set. */
  readonly fallback?: string
  /** Shown in .env.example where there is no fallback. */
  readonly example?: string
  /** Its value is never shown. */
  readonly secret?: true
  /** Tools disagree on the case of proxy variables: the lower-case name counts too. */
  readonly eitherCase?: true
}

const url = (protocol: RegExp) => z.url({ protocol })
const filled = z.string().min(1)

/** Every variable that the bot reads. `.env.example` is made from this. */
export const variables = {
  SLACK_BOT_TOKEN: {
    schema: z.string().regex(/^xoxb-\S+$/),
    expected: { kind: 'bot_token', values: ['xoxb-…'] },
    about: 'Bot token of the Slack app (OAuth & Permissions). Without both tokens `npm start` opens the sandbox.',
    example: 'xoxb-…',
    secret: true,
  },
  SLACK_APP_TOKEN: {
    schema: z.string().regex(/^xapp-\S+$/),
    expected: { kind: 'app_token', values: ['xapp-…'] },
    about: 'App-level token with connections:write (Basic Information), for Socket Mode.',
    example: 'xapp-…',
    secret: true,
  },
  SLACK_API_URL: {
    schema: url(/^https?$/),
    expected: { kind: 'url', values: ['https://slack.com/api/'] },
    about: "Slack's Web API; another address is for tests.",
    fallback: 'https://slack.com/api/',
  },
  READBACK_CONFIG: {
    schema: filled,
    expected: { kind: 'path', values: ['readback.yaml'] },
    about: 'Clusters, channels, people, metrics, alerts.',
    fallback: 'readback.yaml',
  },
  READBACK_POLICY: {
    schema: filled,
    expected: { kind: 'path', values: ['policies/roles.yaml'] },
    about: 'Who may do what, where.',
    fallback: 'policies/roles.yaml',
  },
  READBACK_DATA: {
    schema: filled,
    expected: { kind: 'path', values: ['data'] },
    about: 'Folder of the journal, its snapshot and audit.jsonl; one process at a time.',
    fallback: 'data',
  },
  READBACK_HTTP_HOST: {
    schema: z.string().regex(/^[A-Za-z0-9.:[\]_-]+$/),
    expected: { kind: 'host', values: ['127.0.0.1', '0.0.0.0'] },
    about: 'Where webhooks, /healthz, /readyz and /metrics are served.',
    fallback: '127.0.0.1',
  },
  READBACK_HTTP_PORT: {
    schema: z
      .string()
      .regex(/^\d{1,5}$/)
      .refine((text) => Number(text) <= 65_535),
    expected: { kind: 'port', values: ['8080'] },
    about: 'Port of the same; 0 takes any free one.',
    fallback: '8080',
  },
  DATABASE_URL: {
    schema: url(/^postgres(ql)?$/),
    expected: { kind: 'database_url', values: ['postgres://readback@db.example/readback'] },
    about: 'PostgreSQL, shared by replicas; without it state lives in READBACK_DATA.',
    example: 'postgres://readback@db.example/readback',
    secret: true,
  },
  KUBECONFIG: {
    schema: filled,
    expected: { kind: 'path', values: ['/etc/readback/kubeconfig'] },
    about: 'Kubeconfig files, as kubectl reads them.',
    example: '/etc/readback/kubeconfig',
  },
  ALERTS_TOKEN: {
    schema: z.string().regex(/^\S{16,}$/),
    expected: { kind: 'token', values: ['openssl rand -hex 32'] },
    about: 'Bearer token that alert webhooks must carry, at least 16 characters; without it none is taken.',
    example: 'openssl rand -hex 32',
    secret: true,
  },
  READBACK_LOG_LEVEL: {
    schema: z.enum(logLevels),
    expected: { kind: 'one_of', values: logLevels },
    about: `One of ${logLevels.join(', ')}.`,
    fallback: 'info',
  },
  HTTPS_PROXY: {
    schema: url(/^https?$/),
    expected: { kind: 'url', values: ['http://proxy.example:3128'] },
    about: 'Proxy for everything outgoing: Slack, clusters, Prometheus, Alertmanager.',
    example: 'http://proxy.example:3128',
    secret: true,
    eitherCase: true,
  },
  NO_PROXY: {
    schema: z.string(),
    expected: { kind: 'text', values: ['.cluster.example,10.0.0.0/8'] },
    about: 'Hosts, domains and networks that are reached without the proxy, separated by commas.',
    example: '.cluster.example,10.0.0.0/8',
    eitherCase: true,
  },
  NODE_EXTRA_CA_CERTS: {
    schema: filled,
    expected: { kind: 'path', values: ['/etc/ssl/private-ca.pem'] },
    about: 'PEM file with private certificate authorities, for everything outgoing.',
    example: '/etc/ssl/private-ca.pem',
  },
} as const satisfies Readonly<Record<string, Variable>>

export type VariableName = keyof typeof variables

export function isVariableName(name: string): name is VariableName {
  return Object.hasOwn(variables, name)
}

/** The text of .env.example: every variable with its comment, the optional ones commented out. */
export function renderEnvExample(): string {
  const blocks = Object.entries<Variable>(variables).map(([name, { about, fallback, example }]) => {
    const line = fallback === undefined ? `# ${name}=${example ?? ''}` : `${name}=${fallback}`
    return `# ${about}\n${line}\n`
  })
  return ['# Secrets and places. Copy to .env; everything else stands in readback.yaml.\n', ...blocks].join('\n')
}
