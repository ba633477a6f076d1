import type { Config, LogLevel, MetricsConfig, OutgoingConfig, SlackConfig } from './config.ts'
import type { ConfigFile } from './schema.ts'
import type { ConfigProblem } from './problems.ts'
import type { Environment, Settings } from './environment.ts'
import type { YamlPlaces } from '../documents/yaml-places.ts'
import { access } from 'node:fs/promises'
import { delimiter, dirname, join, resolve } from 'node:path'
import { logLevels } from './config.ts'
import { ConfigError } from './problems.ts'
import { ConfigFile as ConfigSchema } from './schema.ts'
import { toAlerts, toChannels, toCluster } from './assemble.ts'
import { exampleConfig } from './example.ts'
import { findMaskProblems } from './masks.ts'
import { findReferenceProblems } from './references.ts'
import { readText } from '../documents/yaml-text.ts'
import { readVariables } from './environment.ts'
import { readYaml } from '../documents/yaml-file.ts'
import { resolveAuth } from './metrics-auth.ts'
import { variables } from './variables.ts'

export interface LoadOptions {
  /** Relative paths of the environment start here. */
  readonly cwd: string
  /** Where kubectl keeps its own file: `~/.kube/config` starts here. */
  readonly home: string
  /** `required` makes it a problem that neither Slack token is set; one of two always is. */
  readonly slack: 'required' | 'optional'
}

/** readback.yaml and the environment → `Config`. Throws one `ConfigError` with everything that is wrong in both. */
export async function loadConfig(environment: Environment, options: LoadOptions): Promise<Config> {
  const { settings, problems } = readVariables(environment)
  const slack = readSlack(settings, environment)
  const file = resolve(options.cwd, settings.get('READBACK_CONFIG') ?? variables.READBACK_CONFIG.fallback)
  const read = await readFile(file)
  const faults = [
    ...problems,
    ...slack.problems,
    ...(options.slack === 'required' && slack.tokens === 0 ? bothTokens : []),
    ...(await missingCa(settings, options.cwd)),
    ...(read.ok ? [] : read.problems),
  ]
  if (!read.ok) throw unusable(faults)

  const { value, places } = read
  const metrics = await resolveMetrics(value, { environment, places, folder: dirname(file) })
  const silencer = resolveAuth(value.alerts?.auth, ['alerts'], { environment, places })
  const all = [
    ...faults,
    ...('code' in silencer ? [silencer] : []),
    ...findReferenceProblems(value, places),
    ...(await findMaskProblems(value.masks, places)),
    ...metrics.problems,
  ]
  if (all.length > 0 || 'code' in silencer) throw unusable(all)

  const path = (text: string) => resolve(options.cwd, text)
  const kubeconfig = (settings.get('KUBECONFIG') ?? join(options.home, '.kube', 'config'))
    .split(delimiter)
    .filter(Boolean)
  const paths = { folder: dirname(file), kubeconfig: kubeconfig.map(path) }
  return {
    file,
    language: value.language,
    zone: value.zone,
    clusters: new Map([...value.clusters].map(([name, text]) => [name, toCluster(name, text, paths)])),
    groups: value.groups,
    channels: toChannels(value.channels),
    people: value.people,
    metrics: metrics.found,
    alerts: value.alerts === undefined ? undefined : toAlerts(value.alerts, silencer),
    masks: value.masks,
    commands: value.commands,
    slack: slack.config,
    policyFile: path(settings.get('READBACK_POLICY') ?? variables.READBACK_POLICY.fallback),
    dataFolder: path(settings.get('READBACK_DATA') ?? variables.READBACK_DATA.fallback),
    http: {
      host: settings.get('READBACK_HTTP_HOST') ?? variables.READBACK_HTTP_HOST.fallback,
      port: Number(settings.get('READBACK_HTTP_PORT') ?? variables.READBACK_HTTP_PORT.fallback),
    },
    alertsToken: settings.get('ALERTS_TOKEN'),
    databaseUrl: settings.get('DATABASE_URL'),
    logLevel: toLogLevel(settings.get('READBACK_LOG_LEVEL')),
    outgoing: toOutgoing(settings, options.cwd),
  }
}

async function readFile(file: string) {
  const read = await readText(file, file)
  if (!read.ok) return { ok: false as const, problems: [read.problem] }
  return readYaml(read.text, { file, schema: ConfigSchema })
}

function unusable(problems: readonly ConfigProblem[]): ConfigError {
  return new ConfigError({ code: 'config_unusable', problems, example: exampleConfig })
}

const bothTokens = (['SLACK_BOT_TOKEN', 'SLACK_APP_TOKEN'] as const).map((variable): ConfigProblem => ({
  code: 'env_missing',
  variable,
  expected: variables[variable].expected,
}))

function readSlack(settings: Settings, environment: Environment) {
  const isSet = (name: string) => (environment[name]?.trim() ?? '') !== ''
  const tokens = Number(isSet('SLACK_BOT_TOKEN')) + Number(isSet('SLACK_APP_TOKEN'))
  const botToken = settings.get('SLACK_BOT_TOKEN')
  const appToken = settings.get('SLACK_APP_TOKEN')
  const apiUrl = settings.get('SLACK_API_URL') ?? variables.SLACK_API_URL.fallback
  const config: SlackConfig | undefined =
    botToken === undefined || appToken === undefined
      ? undefined
      : { botToken, appToken, apiUrl: apiUrl.endsWith('/') ? apiUrl : `${apiUrl}/` }
  const [variable, beside] = isSet('SLACK_BOT_TOKEN')
    ? (['SLACK_APP_TOKEN', 'SLACK_BOT_TOKEN'] as const)
    : (['SLACK_BOT_TOKEN', 'SLACK_APP_TOKEN'] as const)
  const problems: readonly ConfigProblem[] =
    tokens === 1 ? [{ code: 'env_missing', variable, expected: variables[variable].expected, beside }] : []
  return { tokens, config, problems }
}

async function resolveMetrics(
  value: ConfigFile,
  context: { readonly environment: Environment; readonly places: YamlPlaces; readonly folder: string },
) {
  const problems: ConfigProblem[] = []
  const found = new Map<Parameters<typeof value.metrics.get>[0], MetricsConfig>()
  const path = (text: string | undefined) => (text === undefined ? undefined : resolve(context.folder, text))
  for (const [cluster, { prometheus, auth, matcher, tls }] of value.metrics) {
    const files = { caFile: path(tls.caFile), certFile: path(tls.certFile), keyFile: path(tls.keyFile) }
    for (const file of Object.values(files)) if (file !== undefined) problems.push(...(await missing(file)))
    const resolved = resolveAuth(auth, ['metrics', cluster], context)
    if ('code' in resolved) problems.push(resolved)
    else found.set(cluster, { prometheus, auth: resolved, tls: files, matcher })
  }
  return { found, problems }
}

async function missingCa(settings: Settings, cwd: string): Promise<readonly ConfigProblem[]> {
  const file = settings.get('NODE_EXTRA_CA_CERTS')
  return file === undefined ? [] : missing(resolve(cwd, file))
}

async function missing(file: string): Promise<readonly ConfigProblem[]> {
  try {
    await access(file)
    return []
  } catch {
    return [{ code: 'file_missing', file }]
  }
}

function toLogLevel(text: string | undefined): LogLevel {
  return logLevels.find((level) => level === text) ?? 'info'
}

function toOutgoing(settings: Settings, cwd: string): OutgoingConfig {
  const proxy = settings.get('HTTPS_PROXY')
  const extraCa = settings.get('NODE_EXTRA_CA_CERTS')
  return {
    httpsProxy: proxy === undefined ? undefined : new URL(proxy),
    noProxy: (settings.get('NO_PROXY') ?? '').split(/[\s,]+/).filter(Boolean),
    extraCa: extraCa === undefined ? undefined : resolve(cwd, extraCa),
  }
}
