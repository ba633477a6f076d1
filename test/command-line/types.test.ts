import { describe, expect, expectTypeOf, test } from 'vitest'
import { flag, option, optional, rest, type Values } from '../../src/command-line/argument.ts'
import { replicas } from '../../src/command-line/arguments/replicas.ts'
import { scope, target } from '../../src/command-line/arguments/target.ts'
import { choice, count, text } from '../../src/command-line/arguments/values.ts'
import { defineCommand } from '../../src/command-line/command.ts'
import type { ScopeText, TargetText } from '../../src/command-line/context.ts'
import type { ReplicaChange } from '../../src/plans/plan.ts'

describe('the types of a declaration', () => {
  const args = {
    target: target(),
    scope: scope(),
    replicas: replicas(),
    tail: option(count({ min: 1, max: 9, about: '' })),
    follow: flag({ about: '' }),
    mode: optional(choice(['fast', 'slow'], '')),
    reason: rest(text('')),
  }

  test('give each argument its value', () => {
    expectTypeOf<Values<typeof args>>().toEqualTypeOf<{
      readonly target: TargetText
      readonly scope: ScopeText
      readonly replicas: ReplicaChange
      readonly tail: number | undefined
      readonly follow: boolean
      readonly mode: 'fast' | 'slow' | undefined
      readonly reason: string
    }>()
  })

  test('reach `run`, whose answer is whatever a port answered', () => {
    defineCommand({
      name: 'x',
      summary: '',
      action: 'none',
      args,
      exclusive: [['follow', 'tail']],
      examples: ['x'],
      run: (values, { self }) => {
        expectTypeOf(values).toEqualTypeOf<Values<typeof args>>()
        return self.whoami()
      },
    })
  })

  test('refuse an answer of its own, unknown arguments and unknown actions', () => {
    const rest = { name: 'x', summary: '', args, examples: ['x'] } as const
    const refused = [
      // @ts-expect-error: a command has no words of its own
      defineCommand({ ...rest, action: 'none', run: async () => 'done' }),
      // @ts-expect-error: there is no such argument
      defineCommand({ ...rest, action: 'none', run: ({ image }, { self }) => self.help(image) }),
      // @ts-expect-error: the policy knows no such action
      defineCommand({ ...rest, action: 'destroy', run: (_, { self }) => self.whoami() }),
      // @ts-expect-error: there is no such argument
      defineCommand({ ...rest, action: 'none', exclusive: [['follow', 'image']], run: (_, { self }) => self.whoami() }),
    ]
    expect(refused).toHaveLength(4)
  })
})
