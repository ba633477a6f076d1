import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { commands } from '../../commands/index.ts'
import { formNames } from '../../src/command-line/context.ts'
import { helpOf } from '../../src/command-line/help.ts'
import { slotsOf } from '../../src/command-line/slots.ts'
import { actions } from '../../src/policy/decision.ts'
import { commandLine } from '../command-line/typing.ts'

const folder = new URL('../../commands/', import.meta.url)

describe('the commands', () => {
  test('are the files of the folder', () => {
    const files = readdirSync(folder).filter((file) => file !== 'index.ts')
    expect(files.toSorted()).toEqual(commands.map(({ name }) => `${name}.ts`).toSorted())
  })

  test('are all that this version promises', () => {
    expect(commands.map(({ name }) => name)).toEqual([
      'deploy',
      'scale',
      'rollback',
      'restart',
      'pause',
      'resume',
      'status',
      'history',
      'events',
      'logs',
      'metrics',
      'clusters',
      'whoami',
      'can',
      'help',
      'doctor',
      'cancel',
      'approvals',
      'approve',
      'reject',
      'audit',
      'freeze',
      'unfreeze',
      'alerts',
      'ack',
      'unack',
      'silence',
      'unsilence',
    ])
  })

  test('never suggest a word that is accepted', () => {
    const accepted = new Set(commands.flatMap(({ name, aliases }) => [name, ...aliases]))
    expect(commands.flatMap(({ synonyms }) => synonyms).filter((word) => accepted.has(word))).toEqual([])
  })

  test('open each form once', () => {
    expect(commands.flatMap(({ form }) => form ?? [])).toEqual(formNames)
  })
})

describe.each(commands.map((command) => [command.name, command] as const))('%s', (name, command) => {
  test('has a short summary without a full stop', () => {
    expect(command.summary).toMatch(/^[A-Z].{5,59}[^.]$/)
  })

  test('asks the policy about an action that it knows', () => {
    expect(['none', ...actions]).toContain(command.action)
  })

  test('documents every argument in a few words', () => {
    const all = helpOf(command).arguments
    expect(all.filter(({ about }) => about === '' || about.length > 60)).toEqual([])
  })

  test('has examples that parse as this command', () => {
    const readings = command.examples.map((example) => commandLine.readCanonical(example))
    expect(readings).toEqual(readings.map(() => expect.objectContaining({ ok: true })))
    expect(readings.map((reading) => reading.ok && reading.command.verb)).toEqual(readings.map(() => name))
  })

  test('names each flag and letter once', () => {
    const names = slotsOf(command.args).flatMap(({ flag, short }) => (short === undefined ? [flag] : [flag, short]))
    expect(new Set(names).size).toBe(names.length)
    expect(names).not.toContain('help')
    expect(names).not.toContain('h')
  })

  test('has what may be left out behind what may not', () => {
    const order = slotsOf(command.args).filter(({ takes }) => takes === 'positional' || takes === 'rest')
    const required = order.map((slot) => slot.required)
    expect(required).toEqual(required.toSorted((a, b) => Number(b) - Number(a)))
    expect(order.slice(0, -1).every(({ takes }) => takes === 'positional')).toBe(true)
  })

  test('is declared in a file of one screen', () => {
    const lines = readFileSync(new URL(`${name}.ts`, folder), 'utf8').split('\n')
    expect(lines.length).toBeLessThanOrEqual(42)
  })
})
