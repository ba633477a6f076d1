import { expect, test } from 'vitest'
import { aTerminal } from './a-terminal.ts'

test('without tokens and without a file, start says everything that is missing at once and shows an example', async () => {
  const { code, out, error } = await aTerminal().type('start')
  expect({ code, out }).toEqual({ code: 2, out: '' })
  expect(error).toContain('SLACK_BOT_TOKEN is not set.')
  expect(error).toContain('SLACK_APP_TOKEN is not set.')
  expect(error).toContain('readback.yaml: there is no such file.')
  expect(error).toContain('A readback.yaml to begin with:\n    clusters:')
})

test('one token of two ends with exit 2, with npm start too', async () => {
  const { code, error } = await aTerminal({ environment: { SLACK_BOT_TOKEN: 'xoxb-1' } }).type('npm-start')
  expect(code).toBe(2)
  expect(error).toContain('SLACK_APP_TOKEN is not set, and SLACK_BOT_TOKEN is.')
})

test('mistakes in readback.yaml are named with line, column, what was found and what would be right', async () => {
  const terminal = aTerminal({ environment: { SLACK_BOT_TOKEN: 'xoxb-1', SLACK_APP_TOKEN: 'xoxb-2-secret' } })
  terminal.write(
    'readback.yaml',
    ['clusters:', '  prod: { context: prod, enviroment: production, timeout: 10 }', 'langage: en'].join('\n'),
  )
  const { code, error } = await terminal.type('start')
  expect(code).toBe(2)
  expect(error).toContain('The configuration cannot be used: 5 problems.')
  expect(error).toContain(
    'readback.yaml:2:26  clusters.prod.enviroment: there is no key "enviroment" here.\n    Did you mean environment?',
  )
  expect(error).toContain(
    'readback.yaml:2:59  clusters.prod.timeout cannot be 10.\n    It must be a duration, such as 6s, 30m or 2h.',
  )
  expect(error).toContain('clusters.prod.environment is missing.')
  expect(error).toContain('readback.yaml:3:1  langage')
  expect(error).toContain('SLACK_APP_TOKEN cannot be xoxb-….')
  expect(error).not.toContain('secret')
  expect(error).not.toContain(terminal.cwd)
})

test('however many mistakes there are, they fit on one screen', async () => {
  const terminal = aTerminal()
  terminal.write('readback.yaml', Array.from({ length: 100 }, (_, number) => `key${number}: x`).join('\n'))
  const { error } = await terminal.type('start')
  expect(error.split('\n').length).toBeLessThan(40)
  expect(error).toMatch(/… and \d+ more\./)
})
