import { spawn } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
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
  /** Its READBACK_DATA. */
  readonly folder: string
  /** When its process was started, as performance.now(). */
  readonly startedAt: number
  /** From there to the printed address, in ms. */
  readonly printedAfterMs: number
  /** Resident MB of sandbox, bot and painter together; undefined where the system does not tell. */
  memoryMb(): number | undefined
  /** The bot's process; undefined where the system does not tell. */
  botPid(): number | undefined
  readonly address: string
  /** A window of its own, as somebody; what it should not have done is in `faults`. */
  open(options?: BrowserContextOptions & { readonly at?: string }): Promise<Page>
  /** Errors of the page and requests to elsewhere. */
  readonly faults: readonly string[]
}

export interface SandboxPlace {
  readonly environment?: Readonly<Record<string, string>>
  /** Where `bin/` and `dist/` are; the checkout when absent. */
  readonly home?: string
}

const checkout = fileURLToPath(new URL('../../', import.meta.url))

/** The whole sandbox as `readback start --sandbox` starts it, and a browser before it; both gone with the test. */
export async function aSandbox(
  words: readonly string[] = [],
  { environment = {}, home = checkout }: SandboxPlace = {},
): Promise<SandboxUnderTest> {
  const startedAt = performance.now()
  const folder = temporaryFolder()
  const child = spawn(
    process.execPath,
    [join(home, 'bin/readback.mjs'), 'start', '--sandbox', '--port', '0', ...words],
    {
      cwd: folder,
      env: { PATH: process.env['PATH'], READBACK_DATA: folder, ...environment },
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  )
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  onTestFinished(async () => {
    child.kill('SIGINT')
    await ended
  })
  // Each address opens one browser; the next one is printed then.
  const printed = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
  const nextAddress = async (): Promise<string> => {
    for (;;) {
      const { done, value } = await printed.next()
      if (done === true) throw new Error('the sandbox ended before it opened')
      const [found] = /http:\/\/127\.0\.0\.1:\S+/.exec(value) ?? []
      if (found !== undefined) return found
    }
  }
  const address = await nextAddress()
  const printedAfterMs = Math.round(performance.now() - startedAt)
  let unused = Promise.resolve(address)
  const faults: string[] = []
  const browser = await aBrowser()
  return {
    folder,
    startedAt,
    printedAfterMs,
    memoryMb: () => memoryOf(child.pid),
    botPid: () => startedBy(child.pid).find((pid) => readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('readback')),
    address,
    faults,
    open: async ({ at, ...options } = {}) => {
      const context = await browser.newContext({ viewport: { width: 1280, height: 840 }, ...options })
      const page = await context.newPage()
      page.on('pageerror', (error) => faults.push(String(error)))
      page.on('console', (message) => {
        if (message.type() === 'error') faults.push(`${message.text()} ${message.location().url}`)
      })
      page.on('request', (request) => {
        if (new URL(request.url()).origin !== new URL(address).origin) faults.push(`asked ${request.url()}`)
      })
      const given = await unused
      await page.goto(given)
      unused = nextAddress()
      // Nobody may want another window before the sandbox ends.
      unused.catch(() => {})
      await composer(page).waitFor()
      if (at !== undefined) {
        await page.evaluate(`window.location.hash = ${JSON.stringify(at)}`)
        await page.locator(`.pane[data-at="${at.slice(2)}"]`).waitFor()
      }
      return page
    },
  }
}

/** Closed with the test. */
export async function aBrowser(): Promise<Browser> {
  const browser = await chromium.launch({
    ...(executable === undefined ? {} : { executablePath: executable }),
    args: flags,
  })
  onTestFinished(() => browser.close())
  return browser
}

/** By the files of Linux; elsewhere nothing. */
function startedBy(pid: number | undefined): readonly number[] {
  const children = `/proc/${pid}/task/${pid}/children`
  return existsSync(children) ? readFileSync(children, 'utf8').split(' ').filter(Boolean).map(Number) : []
}

/** A process and those it started. */
function memoryOf(pid: number | undefined): number | undefined {
  const status = `/proc/${pid}/status`
  if (pid === undefined || !existsSync(status)) return undefined
  const own = Number(/VmRSS:\s+(\d+)/.exec(readFileSync(status, 'utf8'))?.[1] ?? 0) / 1024
  return Math.round(startedBy(pid).reduce((sum, child) => sum + (memoryOf(child) ?? 0), own))
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
