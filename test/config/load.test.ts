import type { ConfigProblem } from '../../src/config/problems.ts'
import { mkdtemp, mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { ConfigError } from '../../src/config/problems.ts'
import { loadConfig } from '../../src/config/load.ts'

const tokens = { SLACK_BOT_TOKEN: 'xoxb-1', SLACK_APP_TOKEN: 'xapp-1' }
const minimal =
  'clusters:\n  test: { context: test, environment: test }\n  prod: { context: prod, environment: production }\n'

let folder = ''
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'readback-config-'))
})
afterEach(async () => {
  await rm(folder, { recursive: true })
})

async function load(yaml: string | undefined, environment: Readonly<Record<string, string>> = tokens) {
  if (yaml !== undefined) await writeFile(join(folder, 'readback.yaml'), yaml)
  return loadConfig(environment, { cwd: folder, home: '/home/of-nobody', slack: 'required' })
}

async function problems(
  yaml: string | undefined,
  environment?: Readonly<Record<string, string>>,
): Promise<readonly ConfigProblem[]> {
  try {
    await load(yaml, environment)
    return []
  } catch (error) {
    if (error instanceof ConfigError) return error.problem.problems
    throw error
  }
}

describe('a readback.yaml that is right', () => {
  test('the example in the docs is taken whole', async () => {
    const yaml = await readFile(new URL('../../docs/readback.example.yaml', import.meta.url), 'utf8')
    const config = await load(yaml, { ...tokens, PROM_TOKEN: 's3cret' })
    expect([...config.clusters.keys()]).toEqual(['test', 'prod'])
    expect([...config.metrics.values()].map(({ auth }) => auth)).toEqual([{ kind: 'bearer', token: 's3cret' }])
    expect(config.alerts?.routes.map(({ channel }) => channel)).toEqual(['C0OPS', 'C0ALERTS'])
    expect(config.alerts?.watchdog?.silenceMs).toBe(600_000)
    expect(config.masks).toEqual(['password=\\S+'])
  })

  test('what is left out has a sensible value', async () => {
    const config = await load(minimal)
    expect(config).toMatchObject({
      language: 'en',
      zone: 'UTC',
      commands: { ops: '/ops', deploy: '/deploy' },
      slack: { botToken: 'xoxb-1', appToken: 'xapp-1', apiUrl: 'https://slack.com/api/' },
      http: { host: '127.0.0.1', port: 8080 },
      logLevel: 'info',
      policyFile: join(folder, 'policies/roles.yaml'),
      dataFolder: join(folder, 'data'),
    })
    expect([...config.clusters.values()][1]).toEqual({
      name: 'prod',
      environment: 'production',
      impersonate: false,
      timeoutMs: 10_000,
      way: { kind: 'kubeconfig', files: ['/home/of-nobody/.kube/config'], context: 'prod' },
    })
  })

  test('a source of numbers may have certificates, beside the file, and a label that keeps it apart', async () => {
    await mkdir(join(folder, 'etc'))
    await writeFile(join(folder, 'etc/ca.pem'), 'x')
    await writeFile(
      join(folder, 'etc/own.yaml'),
      `${minimal}metrics: { prod: { prometheus: "https://p/select/0", tls: { caFile: ca.pem }, matcher: { cluster: prod-1 } } }`,
    )
    const environment = { ...tokens, READBACK_CONFIG: 'etc/own.yaml' }
    const [source] = (await load(undefined, environment)).metrics.values()
    expect(source?.tls).toEqual({ caFile: join(folder, 'etc/ca.pem'), certFile: undefined, keyFile: undefined })
    expect(source?.matcher).toEqual(new Map([['cluster', 'prod-1']]))
    await rm(join(folder, 'etc/ca.pem'))
    expect(await problems(undefined, environment)).toEqual([{ code: 'file_missing', file: join(folder, 'etc/ca.pem') }])
  })

  test('a relative path starts at the file it stands in, those of the environment at the working folder', async () => {
    await mkdir(join(folder, 'etc'))
    await writeFile(
      join(folder, 'etc/own.yaml'),
      'clusters: { edge: { context: edge, environment: test, kubeconfig: keys/edge, timeout: 1m30s }, here: { in-cluster: true, environment: test }, b: { context: b, environment: test } }',
    )
    const config = await load(undefined, {
      ...tokens,
      READBACK_CONFIG: 'etc/own.yaml',
      READBACK_POLICY: 'p.yaml',
      KUBECONFIG: 'a:/b/c',
    })
    expect([...config.clusters.values()].map(({ way }) => way)).toEqual([
      { kind: 'kubeconfig', files: [join(folder, 'etc/keys/edge')], context: 'edge' },
      { kind: 'in-cluster' },
      { kind: 'kubeconfig', files: [join(folder, 'a'), '/b/c'], context: 'b' },
    ])
    expect(config.policyFile).toBe(join(folder, 'p.yaml'))
    expect([...config.clusters.values()][0]?.timeoutMs).toBe(90_000)
  })

  test('escalations stand in the order of their times', async () => {
    const config = await load(
      `${minimal}alerts: { routes: [ { channel: C0A, escalate: [ { after: 1h, mention: U0B }, { after: 10m, mention: S0A } ] } ] }`,
    )
    expect(config.alerts?.routes[0]?.escalate.map(({ afterMs }) => afterMs)).toEqual([600_000, 3_600_000])
  })
})

describe('a readback.yaml with a mistake', () => {
  test('a missing file is a problem that comes with an example', async () => {
    await expect(load(undefined)).rejects.toMatchObject({
      problem: {
        problems: [{ code: 'file_missing', file: join(folder, 'readback.yaml') }],
        example: expect.stringContaining('clusters:'),
      },
    })
  })

  test('a folder in its place is said to be one', async () => {
    await mkdir(join(folder, 'readback.yaml'))
    expect(await problems(undefined)).toMatchObject([{ code: 'file_not_a_file' }])
  })

  test('everything that is wrong is told at once, with line, field, what was found and what would be right', async () => {
    const found = await problems(
      [
        'languge: en',
        'clusters:',
        '  prod: { context: prod, environment: production, timeout: 10 }',
        '  Test: { context: t, environment: test }',
      ].join('\n'),
      { SLACK_BOT_TOKEN: 'xoxb-1', READBACK_HTTP_PORT: 'http' },
    )
    expect(found).toMatchObject([
      { code: 'env_wrong', variable: 'READBACK_HTTP_PORT', found: 'http', expected: { kind: 'port' } },
      { code: 'env_missing', variable: 'SLACK_APP_TOKEN', beside: 'SLACK_BOT_TOKEN' },
      { code: 'file_unknown_key', line: 1, column: 1, found: 'languge', near: ['language'] },
      {
        code: 'file_wrong_value',
        line: 3,
        field: 'clusters.prod.timeout',
        found: '10',
        expected: { kind: 'duration' },
      },
      { code: 'file_wrong_value', line: 4, field: 'clusters.Test', found: 'Test', expected: { kind: 'cluster_name' } },
    ])
  })

  test.each([
    ['timeout: "10"', 'clusters.a.timeout', 'duration'],
    ['timeout: -5s', 'clusters.a.timeout', 'duration'],
    ['timeout: 0s', 'clusters.a.timeout', 'duration'],
    ['impersonate: yes', 'clusters.a.impersonate', 'yes_or_no'],
    ['kubeconfig: 7', 'clusters.a.kubeconfig', 'text'],
  ])('%s of a cluster is refused', async (line, field, kind) => {
    expect(await problems(`clusters: { a: { context: a, environment: test, ${line} } }`)).toMatchObject([
      { code: 'file_wrong_value', field, expected: { kind } },
    ])
  })

  test.each([
    ['groups: { all: [tset] }', { code: 'file_unknown_name', kind: 'cluster', found: 'tset', near: ['test'] }],
    ['groups: { prod: [test] }', { code: 'file_wrong_value', expected: { kind: 'unique' } }],
    ['channels: { C0A: { cluster: prd } }', { code: 'file_unknown_name', found: 'prd', near: ['prod'] }],
    ['channels: { C0A: { approvals: [prd] } }', { code: 'file_unknown_name', field: 'channels.C0A.approvals[0]' }],
    ['channels: { C0A: { approvals: yes } }', { code: 'file_wrong_value', expected: { kind: 'list' } }],
    ['channels: { "#ops": {} }', { code: 'file_wrong_value', found: '#ops', expected: { kind: 'channel_id' } }],
    ['people: { ann: { kubernetes: ann } }', { code: 'file_wrong_value', found: 'ann', expected: { kind: 'user_id' } }],
    [
      'people: { U0ANN: { kubernetes: "system:admin" } }',
      { code: 'file_wrong_value', expected: { kind: 'kubernetes_user' } },
    ],
    ['metrics: { dev: { prometheus: "http://p:9090" } }', { code: 'file_unknown_name', found: 'dev' }],
    ['metrics: { prod: { prometheus: p.example } }', { code: 'file_wrong_value', expected: { kind: 'url' } }],
    ['metrics: { prod: { prometheus: "http://me:pw@p" } }', { code: 'file_wrong_value', expected: { kind: 'url' } }],
    ['metrics: { prod: { prometheus: "http://p", tls: { certFile: c.pem } } }', { expected: { kind: 'cert_and_key' } }],
    ['metrics: { prod: { prometheus: "http://p", matcher: { "a b": x } } }', { code: 'file_wrong_value' }],
    ['metrics: { prod: { prometheus: "http://p", auth: {} } }', { expected: { kind: 'bearer_or_basic' } }],
    [
      'metrics: { prod: { prometheus: "http://p", auth: { bearerEnv: NOT_SET } } }',
      { code: 'env_missing', variable: 'NOT_SET', line: 4, field: 'metrics.prod.auth.bearerEnv' },
    ],
    [
      'metrics: { prod: { prometheus: "http://p", auth: { basicEnv: SLACK_BOT_TOKEN } } }',
      { code: 'env_wrong', expected: { kind: 'user_and_password' } },
    ],
    ['masks: ["(?=a)b"]', { code: 'file_wrong_value', field: 'masks[0]', expected: { kind: 'regex' } }],
    ['masks: ["ok", "("]', { code: 'file_wrong_value', field: 'masks[1]', expected: { kind: 'regex' } }],
    ['commands: { deploy: deploy }', { expected: { kind: 'slash_command' } }],
    ['commands: { deploy: /ops }', { field: 'commands.deploy', expected: { kind: 'unique' } }],
    [
      'alerts: { alertmanager: "http://a", auth: { bearerEnv: NOT_SET }, routes: [ { channel: C0A } ] }',
      { code: 'env_missing', variable: 'NOT_SET', field: 'alerts.auth.bearerEnv' },
    ],
    [
      'alerts: { alertmanager: "http://a", auth: {}, routes: [ { channel: C0A } ] }',
      { expected: { kind: 'bearer_or_basic' } },
    ],
    ['zone: Shanghai', { field: 'zone', expected: { kind: 'zone' } }],
    ['alerts: { routes: [] }', { field: 'alerts.routes', expected: { kind: 'not_empty' } }],
    [
      'alerts: { routes: [ { channel: C0A }, { channel: C0B } ] }',
      { field: 'alerts.routes[0].match', expected: { kind: 'match' } },
    ],
    [
      'alerts: { routes: [ { channel: C0A, match: { a: b } } ] }',
      { field: 'alerts.routes[0].match', expected: { kind: 'no_match' } },
    ],
    [
      'alerts: { routes: [ { channel: C0A, quiet: { cron: "0 22 * * *", zone: Shanghai, for: 9h } } ] }',
      { expected: { kind: 'zone' } },
    ],
    [
      'alerts: { routes: [ { channel: C0A, quiet: { cron: "0 0 30 2 *", zone: UTC, for: 9h } } ] }',
      { expected: { kind: 'cron_that_happens' } },
    ],
  ])('%s is refused', async (line, problem) => {
    expect(await problems(minimal + line)).toMatchObject([problem])
  })

  test('kubesphere under a cluster is not built yet', async () => {
    expect(
      await problems('clusters: { a: { context: a, environment: test, kubesphere: { url: "http://k" } } }'),
    ).toMatchObject([{ code: 'file_not_built_yet', field: 'clusters.a.kubesphere' }])
  })

  test.each(['{ environment: test }', '{ context: a, in-cluster: true, environment: test }'])(
    'a cluster wants either a context or the service account: %s',
    async (cluster) => {
      expect(await problems(`clusters: { a: ${cluster} }`)).toMatchObject([
        { expected: { kind: 'context_or_in_cluster' } },
      ])
    },
  )

  test('no cluster at all is refused', async () => {
    expect(await problems('clusters: {}')).toMatchObject([{ field: 'clusters', expected: { kind: 'not_empty' } }])
    expect(await problems('language: en')).toMatchObject([{ code: 'file_missing_key', field: 'clusters' }])
  })
})
