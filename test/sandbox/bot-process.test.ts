import { join } from 'node:path'
import { writeFileSync } from 'node:fs'
import { expect, onTestFinished, test } from 'vitest'
import { createBotProcess } from '../../src/sandbox/bot-process.ts'
import type { BotProcess, BotState } from '../../src/sandbox/bot-process.ts'
import { createManualClock } from '../support/manual-clock.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

function aBot(script: string) {
  const clock = createManualClock()
  const folder = temporaryFolder()
  writeFileSync(join(folder, 'bot.mjs'), script)
  let look = (): void => {}
  const bot: BotProcess = createBotProcess({
    clock,
    folder,
    program: [join(folder, 'bot.mjs')],
    environment: { PATH: process.env['PATH'] ?? '' },
    onChange: () => look(),
  })
  onTestFinished(() => bot.stop())
  const become = (kind: BotState['kind']): Promise<BotState> =>
    new Promise((resolve) => {
      look = () => {
        if (bot.state().kind === kind) resolve(bot.state())
      }
      look()
    })
  return { clock, bot, become }
}

const lives = `process.stderr.write('{"msg":"ready"}\\n'); setInterval(() => {}, 1000); process.on('SIGTERM', () => process.exit(0))`

test('a bot that was killed comes back after a pause that grows', async () => {
  const { clock, bot, become } = aBot(lives)
  bot.start()
  for (const pause of [500, 1_000]) {
    await become('running')
    bot.kill()
    expect(await become('waiting')).toEqual({ kind: 'waiting', ending: 'SIGKILL', until: clock.now() + pause })
    await clock.advance(pause)
  }
  expect(await become('running')).toMatchObject({ pid: bot.pid() })
})

test('a bot that cannot start is not started again, and its words are kept', async () => {
  const { bot, become, clock } = aBot(`console.error('readback.yaml:3 is wrong'); process.exit(2)`)
  bot.start()
  expect(await become('broken')).toEqual({ kind: 'broken', ending: 'exit code 2', said: 'readback.yaml:3 is wrong' })
  expect(clock.pending()).toBe(0)
  bot.start()
  expect(bot.state().kind).toBe('starting')
})

test('stop asks first, and leaves nothing behind', async () => {
  const { bot, become, clock } = aBot(lives)
  bot.start()
  await become('running')
  await bot.stop()
  expect(bot.state()).toEqual({ kind: 'stopped' })
  expect(bot.pid()).toBeUndefined()
  expect(clock.pending()).toBe(0)
  bot.start()
  expect(bot.state()).toEqual({ kind: 'stopped' })
})

test('one that does not listen is forced after some seconds', async () => {
  const { bot, become, clock } = aBot(
    `process.on('SIGTERM', () => {}); process.stderr.write('{"msg":"ready"}\\n'); setInterval(() => {}, 1000)`,
  )
  bot.start()
  await become('running')
  const stopped = bot.stop()
  await clock.advance(10_000)
  await stopped
  expect(bot.pid()).toBeUndefined()
})

test('a thread of the bot that ends, with its empty standard input, does not end the bot', async () => {
  const { bot, become } = aBot(`import { Worker } from 'node:worker_threads'
    const thread = new Worker('process.stdin.on("end", () => setTimeout(() => {}, 100)).resume()', { eval: true })
    thread.on('exit', () => process.stderr.write('{"msg":"ready"}\\n'))
    setInterval(() => {}, 1000)`)
  bot.start()
  expect(await become('running')).toMatchObject({ pid: bot.pid() })
})
