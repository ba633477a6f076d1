import { expect, test } from 'vitest'
import { commands } from '../../commands/index.ts'
import { commandHelpCard } from '../../src/cards/help.ts'
import { operationCard } from '../../src/cards/operation.ts'
import { problemMessage } from '../../src/cards/problem-card.ts'
import { zh } from '../../src/cards/texts/zh.ts'
import { helpOf } from '../../src/command-line/help.ts'
import { everyState } from '../support/operation-builder.ts'
import { readable } from '../support/readable.ts'

test.each(['awaiting_approval', 'running', 'failed', 'succeeded'] as const)(
  'in Chinese, the card of an operation that is %s',
  async (state) => {
    const card = readable(operationCard(everyState[state], zh))
    await expect(card).toMatchFileSnapshot(`goldens/zh-operation-${state}.txt`)
  },
)

test('in Chinese, help keeps what is typed and explains it in the reader’s language', async () => {
  const deploy = commands.find(({ name }) => name === 'deploy')
  if (!deploy) throw new Error('no deploy')
  await expect(readable(commandHelpCard(helpOf(deploy), '/ops', zh))).toMatchFileSnapshot('goldens/zh-help-deploy.txt')
})

test('in Chinese, a refusal names rule, roles and who may', async () => {
  const refusal = problemMessage(
    {
      code: 'policy_no_grant',
      rule: { name: 'default', file: 'policies/roles.yaml', line: 1 },
      roles: ['viewer'],
      nearest: [{ rule: { name: 'developer', file: 'policies/roles.yaml', line: 9 }, failed: 'environments: [test]' }],
      rolesThatMay: ['developer', 'sre'],
    },
    zh,
  )
  await expect(readable(refusal)).toMatchFileSnapshot('goldens/zh-refusal.txt')
})
