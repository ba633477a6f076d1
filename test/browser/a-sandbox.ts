import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { chromium, type Browser, type BrowserContextOptions, type Page } from 'playwright-core'
import { temporaryFolder } from '../support/temporary-folder.ts'
import { onTestFinished } from 'vitest'

const browsers = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome']
/** Undefined where none is installed: then these tests are skipped. */
export const executable = browsers.find((path) => existsSync(path))

const flags = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

export interface SandboxUnderTest {
  readonly address: string
  /** A window of its own, as somebody; what it should not have done is in `faults`. */
  open(options?: BrowserContextOptions & { readonly at?: string }): Promise<Page>
  /** Errors of the page and requests to elsewhere. */
  readonly faults: readonly string[]
}

/** The whole sandbox as `readback start --sandbox` starts it, and a browser before it; both gone with the test. */
export async function aSandbox(): Promise<SandboxUnderTest> {
  const folder = temporaryFolder()
  const program = fileURLToPath(new URL('../../bin/readback.mjs', import.meta.url))
  const child = spawn(process.execPath, [program, 'start', '--sandbox', '--port', '0'], {
    cwd: folder,
    env: { PATH: process.env['PATH'], READBACK_DATA: folder },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  onTestFinished(async () => {
    child.kill('SIGINT')
    await ended
  })
  const address = await new Promise<string>((resolve, reject) => {
    createInterface({ input: child.stdout }).on('line', (line) => {
      const [found] = /http:\/\/127\.0\.0\.1:\S+/.exec(line) ?? []
      if (found !== undefined) resolve(found)
    })
    void ended.then(() => reject(new Error('the sandbox ended before it opened')))
  })
  const faults: string[] = []
  const browser: Browser = await chromium.launch({
    ...(executable === undefined ? {} : { executablePath: executable }),
    args: flags,
  })
  onTestFinished(() => browser.close())
  return {
    address,
    faults,
    open: async ({ at, ...options } = {}) => {
      const context = await browser.newContext({ viewport: { width: 1280, height: 840 }, ...options })
      const page = await context.newPage()
      page.on('pageerror', (error) => faults.push(String(error)))
      page.on('console', (message) => {
        if (message.type() === 'error') faults.push(message.text())
      })
      page.on('request', (request) => {
        if (new URL(request.url()).origin !== new URL(address).origin) faults.push(`asked ${request.url()}`)
      })
      await page.goto(address)
      await composer(page).waitFor()
      if (at !== undefined) await page.evaluate(`window.location.hash = ${JSON.stringify(at)}`)
      return page
    },
  }
}

export const composer = (page: Page) => page.locator('.pane .composer textarea')

/** Types and sends as somebody does who does not wait for suggestions. */
export async function say(page: Page, line: string): Promise<void> {
  await composer(page).fill(line)
  await composer(page).press('Escape')
  await composer(page).press('Enter')
}

/** The newest message in the channel that shows this. */
export const message = (page: Page, text: string | RegExp) =>
  page.locator('.pane .message').filter({ hasText: text }).last()
