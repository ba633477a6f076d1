// The README's pictures, made anew: `node scripts/screenshots.mjs` builds, plays a scene in the sandbox and writes docs/pictures/*.png.
// They look like the chat with the font Lato and one with emoji installed; pngquant, where installed, makes them a third of the size.
import { spawn, spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { chromium } from 'playwright-core'
import { buildAll } from './build.mjs'
import { root } from './installed.mjs'

const pictures = join(root, 'docs/pictures')
const executablePath = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find((path) =>
  existsSync(path),
)
const args = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking']
const desk = { width: 1360, height: 850 }
const phone = { width: 390, height: 844 }

/** A sandbox whose bot speaks that language; `open` shows somebody's window. */
async function sandbox(language) {
  const folder = mkdtempSync(join(tmpdir(), 'readback-pictures-'))
  const child = spawn(process.execPath, [join(root, 'bin/readback.mjs'), 'start', '--sandbox', '--port', '0'], {
    cwd: folder,
    env: { PATH: process.env.PATH, READBACK_DATA: folder, LANG: language },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const ended = new Promise((resolve) => child.once('exit', resolve))
  const addresses = createInterface({ input: child.stdout })
  const address = await new Promise((resolve) => {
    addresses.on('line', (line) => {
      const [found] = /http:\/\/127\.0\.0\.1:\S+/.exec(line) ?? []
      if (found !== undefined) resolve(found)
    })
  })
  const browser = await chromium.launch({ executablePath, args })
  const context = await browser.newContext({ viewport: desk, locale: language.startsWith('zh') ? 'zh-CN' : 'en-US' })
  const first = await context.newPage()
  await first.goto(address)
  await first.locator('.pane .composer textarea').waitFor()
  return {
    first,
    /** The same browser in another look. */
    open: async ({ at, ...look }) => {
      const other = await browser.newContext({
        viewport: desk,
        storageState: await context.storageState(),
        locale: language.startsWith('zh') ? 'zh-CN' : 'en-US',
        ...look,
      })
      const page = await other.newPage()
      await page.goto(new URL(at, address).href)
      await page.locator('.pane .composer textarea').waitFor()
      return page
    },
    close: async () => {
      await browser.close()
      child.kill('SIGINT')
      await ended
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

const say = async (page, line) => {
  const composer = page.locator('.pane .composer textarea')
  await composer.fill(line)
  await composer.press('Escape')
  await composer.press('Enter')
}
const button = (page, action) => page.locator(`.pane .message [data-action="${action}"]`).last()
const agree = (page) => page.locator('dialog .dialog-buttons .button').last().click()

async function take(page, name) {
  const file = join(pictures, `${name}.png`)
  // Nothing is held by the pointer or blinks.
  await page.mouse.move(0, 0)
  await page.evaluate(() => document.fonts.ready)
  await page.screenshot({ path: file, animations: 'disabled', caret: 'hide' })
  spawnSync('pngquant', ['--force', '--skip-if-larger', '--strip', '--output', file, '128', file])
}

/** Production, asked for and approved by somebody else; another order waits. Bo is who looks. */
async function approved(page) {
  const go = async (place) => {
    await page.evaluate((hash) => (window.location.hash = hash), `#/${place}`)
    await page.locator(`.pane[data-at="${place}"]`).waitFor()
  }
  await page.locator('.bot-health.good').waitFor()
  await say(page, '/deploy web 1.5.0')
  await button(page, 'operation.undo').waitFor()
  await say(page, '/deploy web 1.5.0 to prod')
  await go('U0BO/C0OPS')
  await button(page, 'operation.approve').click()
  await agree(page)
  await button(page, 'operation.undo').waitFor()
  await go('U0ANN/C0SHOP')
  await say(page, '/deploy orders 2.9.0 to prod')
  await go('U0BO/C0OPS')
  await button(page, 'operation.approve').waitFor()
}

if (executablePath === undefined) {
  console.error('no chromium here: apt-get install chromium fonts-lato fonts-noto-color-emoji fonts-noto-cjk')
  process.exit(2)
}
mkdirSync(pictures, { recursive: true })
await buildAll()

const english = await sandbox('en_US.UTF-8')
try {
  await approved(english.first)
  for (const colorScheme of ['light', 'dark']) {
    const page = await english.open({ at: '/#/U0BO/C0OPS', colorScheme })
    await button(page, 'operation.approve').waitFor()
    await take(page, colorScheme)
  }
  const small = await english.open({ at: '/#/U0BO/C0OPS', viewport: phone, deviceScaleFactor: 2, colorScheme: 'light' })
  await button(small, 'operation.approve').waitFor()
  await small.locator('.story > .quiet').click()
  await take(small, 'phone')
} finally {
  await english.close()
}

const chinese = await sandbox('zh_CN.UTF-8')
try {
  await approved(chinese.first)
  const page = await chinese.open({ at: '/#/U0BO/C0OPS', colorScheme: 'light' })
  await button(page, 'operation.approve').waitFor()
  await take(page, 'chinese')
} finally {
  await chinese.close()
}
