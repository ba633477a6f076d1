import { proxyFor } from '../../../src/clusters/direct/no-proxy.ts'
import { expect, it } from 'vitest'

const proxy = 'http://proxy.example:3128'

it.each([
  ['https://api.example:6443', '', true],
  ['https://api.example:6443', '*', false],
  ['https://api.example:6443', 'example', false],
  ['https://api.example:6443', '.example', false],
  ['https://api.example:6443', '*.example', false],
  ['https://api.example:6443', 'ample', true],
  ['https://api.example:6443', 'api.example:443', true],
  ['https://api.example:6443', 'api.example:6443', false],
  ['https://10.1.2.3:6443', '10.0.0.0/8', false],
  ['https://11.1.2.3:6443', '10.0.0.0/8, 192.168.0.0/16', true],
  ['https://11.1.2.3:6443', '10.0.0.0/99,11.1.2.3', false],
  ['https://[fd00::7]:6443', 'fd00::/8', false],
  ['https://[fd00::7]:6443', 'fd00::7', false],
  ['https://127.0.0.1:6443', '', false],
  ['https://localhost', '', false],
])('%s with NO_PROXY=%j goes through the proxy: %j', (server, exempt, proxied) => {
  expect(proxyFor(new URL(server), { HTTPS_PROXY: proxy, NO_PROXY: exempt })).toBe(proxied ? proxy : undefined)
})

it('each protocol has its own variable, and a proxy may be named without one', () => {
  expect(proxyFor(new URL('http://api.example'), { HTTPS_PROXY: proxy })).toBeUndefined()
  expect(proxyFor(new URL('http://api.example'), { http_proxy: 'proxy.example:8080' })).toBe(
    'http://proxy.example:8080',
  )
})
