import { request } from 'node:http'
import { expect, test } from 'vitest'
import { aPage } from './a-page.ts'

/** Node's own fetch sets Host by itself. */
async function ask(
  address: string,
  options: { readonly method?: string; readonly headers?: Record<string, string> },
): Promise<number> {
  return new Promise((resolve, reject) => {
    const asking = request(address, options, (response) => {
      response.resume()
      resolve(response.statusCode ?? 0)
    })
    asking.once('error', reject)
    asking.end()
  })
}

test('the key in the address becomes a cookie that scripts and other sites cannot use', async () => {
  const { origin, key, cookie } = await aPage()
  const response = await fetch(`${origin}/?key=${key()}`)
  expect(response.headers.get('set-cookie')).toMatch(/; Path=\/; HttpOnly; SameSite=Strict$/)
  const onward = await response.text()
  expect(onward).not.toMatch(/key=/)
  expect(onward, 'without it a browser asks for /favicon.ico and reports an error').toContain('href="/icon.svg"')
  const page = await fetch(`${origin}/`, { headers: { cookie } })
  expect(await page.text()).toBe('the index.html')
})

test('an address opens the page in one browser: the next one needs the next address', async () => {
  const { origin, key, spent, cookie } = await aPage()
  expect(spent()).toBe(1)
  const first = key()
  expect((await fetch(`${origin}/?key=wrong`)).status).toBe(403)
  expect(key(), 'a guess spends nothing').toBe(first)
  expect((await fetch(`${origin}/?key=${first}`)).status).toBe(200)
  expect(spent()).toBe(2)
  expect(key()).not.toBe(first)
  const again = await fetch(`${origin}/?key=${first}`)
  expect(again.status).toBe(403)
  expect(again.headers.getSetCookie()).toEqual([])
  const sameBrowser = await fetch(`${origin}/?key=${first}`, { headers: { cookie } })
  expect([sameBrowser.status, spent()]).toEqual([200, 2])
})

test.each(['/', '/main.js', '/events?as=U0ANN', '/traffic', '/files/F0'])(
  '%s is shut without the cookie',
  async (path) => {
    const { origin } = await aPage()
    expect((await fetch(origin + path)).status).toBe(403)
    expect((await fetch(`${origin + path}${path.includes('?') ? '&' : '?'}key=wrong`)).status).toBe(403)
  },
)

test('a name that was made to point to this machine is turned away', async () => {
  const { origin, cookie, key } = await aPage()
  expect(await ask(`${origin}/`, { headers: { cookie, host: 'evil.example' } })).toBe(421)
  expect(await ask(`${origin}/?key=${key()}`, { headers: { host: 'evil.example:80' } })).toBe(421)
  const { port } = new URL(origin)
  expect(await ask(`${origin}/`, { headers: { cookie, host: `localhost:${port}` } })).toBe(200)
})

test.each([
  ['without Origin', {}],
  ['from another page', { origin: 'http://evil.example' }],
  ['from a page without one', { origin: 'null' }],
])('a deed %s is refused', async (_case, headers: Record<string, string>) => {
  const { origin, cookie, slack } = await aPage()
  const body = JSON.stringify({ kind: 'say', as: 'U0ANN', channel: 'C0TALK', text: 'hello' })
  const response = await fetch(`${origin}/deeds`, { method: 'POST', headers: { cookie, ...headers }, body })
  expect(response.status).toBe(403)
  expect(slack.driver.messagesIn('C0TALK')).toEqual([])
})

test('every answer forbids scripts, frames and requests from elsewhere', async () => {
  const { origin, cookie } = await aPage()
  for (const path of ['/', '/traffic', '/nowhere']) {
    const response = await fetch(origin + path, { headers: { cookie } })
    const policy = response.headers.get('content-security-policy') ?? ''
    expect(policy).toContain("default-src 'none'")
    expect(policy).toContain("script-src 'self';")
    expect(policy).toContain("frame-ancestors 'none'")
    expect(policy).not.toContain('unsafe')
  }
})

test('nothing else is there', async () => {
  const { origin, cookie } = await aPage()
  for (const path of ['/api/chat.postMessage', '/../package.json', '/%2e%2e/package.json', '/files/../index.html'])
    expect(await ask(origin + path, { headers: { cookie } }), path).toBe(404)
})
