import { kubeconfigFiles, loadKubeconfig } from '../../../src/clusters/direct/kubeconfig.ts'
import { temporaryFolder } from '../../support/temporary-folder.ts'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { stringify } from 'yaml'
import { describe, expect, it } from 'vitest'

function file(folder: string, name: string, content: unknown): string {
  const path = join(folder, name)
  writeFileSync(path, typeof content === 'string' ? content : stringify(content))
  return path
}

const cluster = (name: string, more: object = {}) => ({
  name,
  cluster: { server: `https://${name}.example:6443/`, ...more },
})
const user = (name: string, more: object = {}) => ({ name, user: more })
const context = (name: string, of: { cluster: string; user: string }) => ({ name, context: of })
const one = (more: { cluster?: object; user?: object }) => ({
  clusters: [cluster('c', more.cluster)],
  users: [user('u', more.user)],
  contexts: [context('here', { cluster: 'c', user: 'u' })],
  'current-context': 'here',
})

describe('kubeconfig', () => {
  it('is looked for where kubectl looks', () => {
    expect(kubeconfigFiles({ KUBECONFIG: '/a/b:/c', HOME: '/h' })).toEqual(['/a/b', '/c'])
    expect(kubeconfigFiles({ KUBECONFIG: '', HOME: '/h' })).toEqual(['/h/.kube/config'])
  })

  it('reads what it takes to reach a server', async () => {
    const folder = temporaryFolder()
    const path = file(
      folder,
      'config',
      one({
        cluster: {
          'certificate-authority-data': Buffer.from('CA').toString('base64'),
          'tls-server-name': 'api.internal',
          'proxy-url': 'http://proxy.example:3128',
        },
        user: { 'client-certificate': 'u.crt', 'client-key-data': Buffer.from('KEY').toString('base64') },
      }),
    )
    expect(await loadKubeconfig([path])).toEqual({
      server: 'https://c.example:6443',
      ca: { pem: 'CA' },
      skipVerify: false,
      serverName: 'api.internal',
      proxyUrl: 'http://proxy.example:3128',
      user: { certificate: { cert: { file: join(folder, 'u.crt') }, key: { pem: 'KEY' } } },
    })
  })

  it('reads what client-node overlooks: tokenFile, and whom a user acts as', async () => {
    const folder = temporaryFolder()
    const path = file(
      folder,
      'config',
      one({
        user: {
          tokenFile: 'secret/token',
          as: 'deployer',
          'as-groups': ['a', 'b'],
          'as-uid': '7',
          'as-user-extra': { reason: ['x'] },
        },
      }),
    )
    const { user: source } = await loadKubeconfig([path], 'here')
    expect(source).toEqual({
      tokenFile: join(folder, 'secret/token'),
      as: { user: 'deployer', groups: ['a', 'b'], uid: '7', extra: { reason: ['x'] } },
    })
  })

  it('finds plugins from its own folder', async () => {
    const folder = temporaryFolder()
    const exec = {
      apiVersion: 'client.authentication.k8s.io/v1beta1',
      command: './bin/login',
      args: ['--now'],
      env: [{ name: 'A', value: 'b' }],
      provideClusterInfo: true,
    }
    const { user: source } = await loadKubeconfig([file(folder, 'config', one({ user: { exec } }))])
    expect(source.exec).toMatchObject({
      command: './bin/login',
      args: ['--now'],
      env: { A: 'b' },
      provideClusterInfo: true,
      folder,
    })
  })

  it('merges several files: the first that names a thing wins, missing and empty ones are skipped', async () => {
    const folder = temporaryFolder()
    const first = file(folder, 'first', {
      contexts: [context('prod', { cluster: 'c', user: 'u' })],
      clusters: [cluster('c')],
    })
    const second = file(folder, 'second', {
      clusters: [cluster('c', { server: 'https://other.example' })],
      users: [user('u', { token: 'secret' })],
      'current-context': 'prod',
    })
    const files = [join(folder, 'nowhere'), file(folder, 'empty', ''), first, second]
    expect(await loadKubeconfig(files)).toMatchObject({ server: 'https://c.example:6443', user: { token: 'secret' } })
  })

  it.each<[string, unknown, string | undefined, RegExp]>([
    ['no such context, and names those that are', one({}), 'pord', /no context "pord" .*there are: here/],
    ['no such cluster', { contexts: [context('here', { cluster: 'gone', user: 'u' })] }, 'here', /no cluster "gone"/],
    ['no such user', { ...one({}), users: [] }, 'here', /no user "u"/],
    ['no current context', { ...one({}), 'current-context': undefined }, undefined, /no context named/],
    ['not YAML', 'clusters: [', undefined, /config: .*/],
    ['a cluster without server', { clusters: [{ name: 'c', cluster: {} }] }, undefined, /config: .*server/],
    ['a wrong plugin', one({ user: { exec: { args: [] } } }), undefined, /config: [^]*command/],
    [
      'a plugin that wants a terminal',
      one({ user: { exec: { command: 'x', interactiveMode: 'Always' } } }),
      undefined,
      /wants a terminal/,
    ],
  ])('says what is wrong: %s', async (...[, content, wanted, message]) => {
    const path = file(temporaryFolder(), 'config', content)
    await expect(loadKubeconfig([path], wanted)).rejects.toThrow(message)
  })

  it('says so when there is no file at all', async () => {
    await expect(loadKubeconfig(['/nowhere/config'])).rejects.toThrow('no kubeconfig: /nowhere/config')
  })
})
