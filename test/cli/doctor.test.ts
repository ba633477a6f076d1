import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { parseAllDocuments } from 'yaml'
import { systemClock } from '../../src/time/clock.ts'
import type { JsonObject } from '../../src/json.ts'
import { createKubernetesSimulation } from '../../src/sandbox/kubernetes/simulation.ts'
import { openEmbeddedStore } from '../../src/store/embedded/embedded-store.ts'
import { aWorkspace } from '../support/house.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'
import { aTerminal } from './a-terminal.ts'

const manifest = (file: string): readonly JsonObject[] => {
  const text = readFileSync(new URL(`../../deploy/kubernetes/${file}`, import.meta.url), 'utf8')
  return parseAllDocuments(text).map((document): JsonObject => document.toJS())
}
const isRbac = ({ kind }: JsonObject): boolean =>
  typeof kind === 'string' && /^(Namespace|(Cluster)?Role(Binding)?)$/.test(kind)
const shop: JsonObject = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'shop' } }
const account = { name: 'system:serviceaccount:readback:readback', groups: ['system:serviceaccounts'] }

/** A cluster that knows the bot's service account by the token `bot`. */
async function aCluster(seed: readonly JsonObject[]): Promise<string> {
  const simulation = createKubernetesSimulation({
    clock: systemClock,
    name: 'c',
    seed: [shop, ...seed.filter(isRbac)],
    tokens: { bot: account },
  })
  const { url } = await simulation.listen()
  onTestFinished(() => simulation.close())
  return url
}

async function aPatient(
  options: {
    readonly test?: string
    readonly prod?: string
    readonly yaml?: string
    readonly environment?: Readonly<Record<string, string>>
  } = {},
) {
  const file = join(temporaryFolder(), 'kubeconfig')
  const clusters = Object.entries({ test: options.test, prod: options.prod }).flatMap(([name, server]) =>
    server === undefined ? [] : [{ name, server }],
  )
  writeFileSync(
    file,
    JSON.stringify({
      apiVersion: 'v1',
      kind: 'Config',
      clusters: clusters.map(({ name, server }) => ({ name, cluster: { server } })),
      users: [{ name: 'bot', user: { token: 'bot' } }],
      contexts: clusters.map(({ name }) => ({ name, context: { cluster: name, user: 'bot' } })),
    }),
  )
  const place = await aWorkspace({ kubeconfig: file, ...(options.yaml === undefined ? {} : { yaml: options.yaml }) })
  const environment = { ...place.environment, ...options.environment }
  const { type } = aTerminal({ environment, cwd: place.folder })
  return { ...place, doctor: (...words: readonly string[]) => type('doctor', ...words) }
}

const only = (yaml: string): string => `clusters:\n  ${yaml}\n`
const oneTest = only('test: { context: test, environment: test }\ncommands: {}')

describe('doctor', () => {
  test('with everything in order, each part is good: the rights of deploy/kubernetes/bot.yaml are enough', async () => {
    const url = await aCluster(manifest('bot.yaml'))
    const { doctor } = await aPatient({ test: url, prod: url })
    const { code, out, error } = await doctor()
    expect(out.split('\n').filter((line) => /^[✗⚠]/.test(line))).toEqual([])
    expect({ code, error }).toEqual({ code: 0, error: '' })
    expect(out).toContain('✓ channel C0SHOP: #shop: the bot is in it')
    expect(out).toMatch(/✓ cluster prod: v1\.\d+\.\d+, all \d+ rights held/)
    expect(out).toContain('Nothing is wrong.')
  })

  test('with impersonation, the bot needs to speak as each role, and no right to change', async () => {
    const seed = [...manifest('bot.yaml'), ...manifest('impersonation.yaml')].filter(
      (one) => one['kind'] !== 'ClusterRoleBinding' || !JSON.stringify(one['metadata']).includes('readback-changer'),
    )
    const yaml = only(
      'test: { context: test, environment: test, impersonate: true }\n  prod: { context: prod, environment: production }',
    )
    const url = await aCluster(seed)
    const { doctor } = await aPatient({ test: url, prod: url, yaml })
    const { code, out } = await doctor()
    expect(code).toBe(1)
    expect(out).toMatch(/✓ cluster test: .*, all \d+ rights held/)
    expect(out).toContain('✗ cluster prod: may not patch deployments.apps; patch statefulsets.apps')
  })

  test('a channel without the bot, an unknown one and a dead cluster are named with what to do', async () => {
    const yaml = `${only('test: { context: test, environment: test }\n  prod: { context: nowhere, environment: production }')}channels: { C0RANDOM: { audit: true }, C0NONE: {} }\n`
    const { doctor } = await aPatient({ test: 'http://127.0.0.1:9', yaml })
    const { code, out } = await doctor()
    expect(code).toBe(1)
    expect(out).toContain('✗ channel C0RANDOM: #random: the bot is not in it\n    → Type /invite @readback there.')
    expect(out).toContain('✗ channel C0NONE: Slack does not show it (channel_not_found)')
    expect(out).toMatch(/✗ cluster test: cannot be reached\n {4}.*ECONNREFUSED/)
    expect(out).toContain('no context "nowhere"')
  })

  test('a refused token is named with where to get another', async () => {
    const { doctor } = await aPatient({ environment: { SLACK_APP_TOKEN: 'xapp-other' } })
    const { out } = await doctor()
    expect(out).toContain('✗ Slack: Slack refuses SLACK_APP_TOKEN: invalid_auth.')
    expect(out).toContain('connections:write')
  })

  test('with a broken readback.yaml it shows the mistakes, still looks at the tokens, and ends with 2', async () => {
    const { doctor } = await aPatient({ yaml: 'clusters: { test: { context: test } }\n' })
    const { code, out } = await doctor()
    expect(code).toBe(2)
    expect(out).toContain('readback.yaml:1:19  clusters.test.environment is missing.')
    expect(out).toContain('✓ Slack: the app-level token opens Socket Mode')
  })

  test('a policy that cannot be used, and a trail that was altered, are wrong', async () => {
    const { doctor, folder } = await aPatient()
    writeFileSync(join(folder, 'roles.yaml'), 'roles: { sre: { includes: [srre] } }\n')
    const { store } = await openEmbeddedStore({ folder: join(folder, 'data'), clock: systemClock })
    await store.close()
    writeFileSync(join(folder, 'data/audit.jsonl'), '{"seq":1}\n')
    const { out } = await doctor()
    expect(out).toContain('there is no role "srre"')
    expect(out).toContain('✗ audit trail: data/audit.jsonl:1  broken')
  })

  test('a data folder that a running process has is shown with that process', async () => {
    const { doctor, folder } = await aPatient()
    const { store } = await openEmbeddedStore({ folder: join(folder, 'data'), clock: systemClock })
    onTestFinished(() => store.close())
    expect((await doctor()).out).toContain(`✓ data folder: data belongs to process ${process.pid}, which runs`)
  })

  test('a port that another program has is wrong', async () => {
    const other = createServer()
    await new Promise<void>((resolve) => void other.listen(0, '127.0.0.1', resolve))
    onTestFinished(() => void other.close())
    const address: AddressInfo | string | null = other.address()
    const port = typeof address === 'object' && address !== null ? address.port : 0
    const { doctor } = await aPatient({ yaml: oneTest, environment: { READBACK_HTTP_PORT: String(port) } })
    expect((await doctor()).out).toContain(`✗ HTTP: 127.0.0.1:${port} is in use by another program`)
  })

  test('--json gives each check as data', async () => {
    const { doctor, folder } = await aPatient({ yaml: oneTest })
    rmSync(join(folder, 'roles.yaml'))
    const checks: unknown = JSON.parse((await doctor('--json')).out)
    expect(checks).toContainEqual({
      part: 'policy',
      state: 'bad',
      fact: { code: 'policy_bad', problems: [{ code: 'file_missing', file: 'roles.yaml' }] },
    })
  })
})
