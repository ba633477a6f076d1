import { describe, expect, test } from 'vitest'
import { commands } from '../../commands/index.ts'
import { commandTable } from '../../src/command-line/docs-table.ts'
import { helpOf } from '../../src/command-line/help.ts'
import { suggestVerbs } from '../../src/command-line/suggest.ts'
import { commandLine } from './typing.ts'

function help(verb: string) {
  const found = commandLine.help(verb)
  if (!found.ok) throw new Error(found.problem.code)
  return found.help
}

describe('help', () => {
  test('shows how a command is typed, words first', () => {
    expect(help('deploy').usage).toBe(
      'deploy WORKLOAD IMAGE [--cluster CLUSTER] [--namespace NAMESPACE] [--container CONTAINER] [--reason TEXT] [--break-glass TEXT]',
    )
    expect(help('reject').usage).toBe('reject ID TEXT…')
    expect(help('clusters').usage).toBe('clusters [--private]')
  })

  test('describes each argument by name, kind and words that say the same', () => {
    expect(help('logs').arguments).toContainEqual({
      name: 'follow',
      kind: 'switch',
      usage: '--follow',
      short: '-f',
      required: false,
      about: 'new lines, as they come, in a thread',
      words: [],
      choices: [],
    })
    expect(help('deploy').arguments).toContainEqual(
      expect.objectContaining({ name: 'cluster', usage: '--cluster CLUSTER', words: ['to', 'on'], required: false }),
    )
    expect(help('can').arguments[0]?.choices).toContain('break-glass')
  })

  test('is plain data', () => {
    for (const command of commands) expect(JSON.parse(JSON.stringify(helpOf(command)))).toEqual(helpOf(command))
  })
})

describe('suggestions', () => {
  test.each([
    ['rollbak', 'rollback'],
    ['rolback', 'rollback'],
    ['revert', 'rollback'],
    ['/scael', 'scale'],
    ['approv', 'approve'],
    ['tail', 'logs'],
    ['evnt', 'events'],
    ['unfreez', 'unfreeze'],
  ])('for %s name %s first', (typed, verb) => {
    expect(suggestVerbs(typed, commands)[0]).toBe(verb)
  })

  test('name nothing for what resembles nothing', () => {
    expect(suggestVerbs('xylophone', commands)).toEqual([])
    expect(suggestVerbs('x'.repeat(4000), commands)).toEqual([])
  })
})

describe('the table for the documentation', () => {
  test('has a row for each command, with its example and action', () => {
    const rows = commandTable(commands).split('\n')
    expect(rows).toHaveLength(commands.length + 3)
    expect(rows[2]).toBe(
      '| `deploy` | Put another image into a workload | `deploy` | `deploy web 1.5.0 to prod`<br>`deploy shop/web registry.example/shop/web:1.5.0 --container app --reason "fix 1432"` |',
    )
    expect(rows).toContain('| `whoami` | Who I take you for, and your roles | – | `whoami` |')
  })

  test('breaks at no pipe', () => {
    const table = commandTable([
      {
        ...helpOf(commands[0] ?? raise()),
        summary: 'a | b',
        synonyms: [],
        args: {},
        exclusive: [],
        examples: ['x | y'],
      },
    ])
    expect(table).toContain(String.raw`a \| b`)
    expect(table).toContain(String.raw`x \| y`)
  })
})

function raise(): never {
  throw new Error('no command')
}
