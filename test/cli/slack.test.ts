import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { z } from 'zod'
import { aTerminal } from './a-terminal.ts'

const Manifest = z.object({
  features: z.object({ slash_commands: z.array(z.object({ command: z.string(), usage_hint: z.string() })) }),
  settings: z.object({ socket_mode_enabled: z.literal(true) }),
})

test('the manifest names the commands as readback.yaml does', async () => {
  const terminal = aTerminal()
  terminal.write(
    'readback.yaml',
    'clusters: { test: { in-cluster: true, environment: test } }\ncommands: { deploy: /ship }\n',
  )
  const { code, out } = await terminal.type('slack', 'manifest')
  expect(code).toBe(0)
  const raw: unknown = parse(out)
  const commands = Manifest.parse(raw).features.slash_commands
  expect(commands.map(({ command }) => command)).toEqual(expect.arrayContaining(['/ops', '/ship', '/scale']))
  expect(commands.find(({ command }) => command === '/ship')?.usage_hint).toMatch(/^WORKLOAD IMAGE/)
})

test('YAML and --json are the same manifest', async () => {
  const { type } = aTerminal()
  const raw: unknown = JSON.parse((await type('slack', 'manifest', '--json')).out)
  expect(parse((await type('slack', 'manifest')).out)).toEqual(raw)
})
