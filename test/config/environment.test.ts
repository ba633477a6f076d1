import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { ConfigError } from '../../src/config/problems.ts'
import { loadConfig } from '../../src/config/load.ts'
import { readEnvironment, readVariables } from '../../src/config/environment.ts'
import { renderEnvExample } from '../../src/config/variables.ts'

let folder = ''
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'readback-env-'))
  await writeFile(join(folder, 'readback.yaml'), 'clusters: { test: { context: test, environment: test } }')
})
afterEach(async () => {
  await rm(folder, { recursive: true })
})

async function load(environment: Readonly<Record<string, string>>, slack: 'required' | 'optional') {
  return loadConfig(environment, { cwd: folder, home: '/', slack })
}

describe('the environment', () => {
  test('.env.example is what the declarations say', async () => {
    const text = await readFile(new URL('../../.env.example', import.meta.url), 'utf8')
    expect(text).toBe(renderEnvExample())
  })

  test('variables of a .env file count where the process has none', async () => {
    await writeFile(join(folder, '.env'), 'READBACK_DATA=state\nPATH=nowhere\n')
    const environment = readEnvironment(folder)
    expect(environment['READBACK_DATA']).toBe('state')
    expect(environment['PATH']).not.toBe('nowhere')
  })

  test('no token at all is fine where Slack is optional, and both are missed where it is required', async () => {
    expect((await load({}, 'optional')).slack).toBeUndefined()
    await expect(load({}, 'required')).rejects.toMatchObject({
      problem: { problems: [{ variable: 'SLACK_BOT_TOKEN' }, { variable: 'SLACK_APP_TOKEN' }] },
    })
  })

  test('one token of two is a problem even where Slack is optional', async () => {
    await expect(load({ SLACK_APP_TOKEN: 'xapp-1' }, 'optional')).rejects.toMatchObject({
      problem: { problems: [{ code: 'env_missing', variable: 'SLACK_BOT_TOKEN', beside: 'SLACK_APP_TOKEN' }] },
    })
  })

  test('a variable set to nothing counts as not set', async () => {
    expect(
      (await load({ SLACK_BOT_TOKEN: '', SLACK_APP_TOKEN: ' ', READBACK_HTTP_PORT: '' }, 'optional')).http.port,
    ).toBe(8080)
  })

  test('tokens given the wrong way round are both named, and neither is shown', async () => {
    const error: unknown = await load(
      { SLACK_BOT_TOKEN: 'xapp-secret', SLACK_APP_TOKEN: 'xoxb-secret' },
      'required',
    ).catch((e: unknown) => e)
    if (!(error instanceof ConfigError)) throw new Error('expected a ConfigError')
    expect(error.problem.problems).toMatchObject([
      { code: 'env_wrong', variable: 'SLACK_BOT_TOKEN', found: 'xapp-…' },
      { code: 'env_wrong', variable: 'SLACK_APP_TOKEN', found: 'xoxb-…' },
    ])
    expect(error.message).not.toContain('secret')
  })

  test.each([
    ['ALERTS_TOKEN', 'hush', '…'],
    ['DATABASE_URL', 'mysql://reader:hush@db', 'mysql://…'],
    ['HTTPS_PROXY', 'hush:3128', '…'],
  ])('of a %s that is wrong no letter of the secret is shown', (variable, value, found) => {
    expect(readVariables({ [variable]: value }).problems).toMatchObject([{ variable, found }])
  })

  test.each([
    ['READBACK_HTTP_PORT', '70000'],
    ['READBACK_HTTP_PORT', '8080/tcp'],
    ['READBACK_HTTP_HOST', 'a b'],
    ['READBACK_LOG_LEVEL', 'verbose'],
    ['DATABASE_URL', 'mysql://db'],
    ['ALERTS_TOKEN', 'short'],
    ['HTTPS_PROXY', 'proxy:3128'],
    ['SLACK_API_URL', 'slack.com'],
  ])('%s=%s is refused', (variable, value) => {
    expect(readVariables({ [variable]: value }).problems).toMatchObject([{ code: 'env_wrong', variable }])
  })

  test('a misspelled variable of ours is a problem; what Kubernetes sets for a Service is none', () => {
    expect(readVariables({ READBACK_POLCY: 'x' }).problems).toMatchObject([
      { code: 'env_unknown', near: ['READBACK_POLICY'] },
    ])
    const links = {
      READBACK_PORT: 'tcp://10.0.0.1:8080',
      READBACK_SERVICE_HOST: '10.0.0.1',
      READBACK_SERVICE_PORT_HTTP: '8080',
    }
    expect(readVariables(links).problems).toEqual([])
  })

  test('proxy variables count in either case', async () => {
    const config = await load(
      { https_proxy: 'http://proxy.example:3128', no_proxy: 'a.example, 10.0.0.0/8' },
      'optional',
    )
    expect(config.outgoing.httpsProxy?.host).toBe('proxy.example:3128')
    expect(config.outgoing.noProxy).toEqual(['a.example', '10.0.0.0/8'])
  })

  test('a private CA that is not there is missed at start', async () => {
    await expect(load({ NODE_EXTRA_CA_CERTS: 'ca.pem' }, 'optional')).rejects.toMatchObject({
      problem: { problems: [{ code: 'file_missing', file: join(folder, 'ca.pem') }] },
    })
  })
})
