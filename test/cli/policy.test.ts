import { execFileSync } from 'node:child_process'
import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { aTerminal } from './a-terminal.ts'

const shipped = readFileSync(new URL('../../policies/roles.yaml', import.meta.url), 'utf8')

function withPolicy(text = shipped) {
  const terminal = aTerminal()
  terminal.write('policies/roles.yaml', text)
  return terminal
}

const parse = (text: string): unknown => JSON.parse(text)

describe('policy test', () => {
  test('the policy that ships passes without readback.yaml and tokens, and it is said which clusters were assumed', async () => {
    const { code, out, error } = await withPolicy().type('policy', 'test')
    expect({ code, out }).toEqual({ code: 0, out: 'policies/roles.yaml: 10 of 10 cases pass.\n' })
    expect(error).toContain('--cluster NAME=ENVIRONMENT')
  })

  test('a failing case is 1, with its place, what was expected and what came', async () => {
    const { code, out, error } = await withPolicy(shipped.replace('expect: allow', 'expect: deny')).type(
      'policy',
      'test',
    )
    expect(code).toBe(1)
    expect(out).toContain('9 of 10 cases pass')
    expect(error).toMatch(
      /policies\/roles\.yaml:\d+:\d+ {2}case 1 fails: may U0ANN deploy test:shop\/web\? Expected deny, got allow by developer \(policies\/roles\.yaml:\d+\)/,
    )
  })

  test('a policy that cannot be used is 2, with the nearest name', async () => {
    const { code, out, error } = await withPolicy(
      shipped.replace('[deploy, rollback, restart, pause', '[deploy, rolback, restart, pause'),
    ).type('policy', 'test')
    expect({ code, out }).toEqual({ code: 2, out: '' })
    expect(error).toContain('roles.developer.allow[0].actions[1] cannot be rolback.')
    expect(error).toContain('Did you mean rollback?')
  })

  test('clusters come from readback.yaml, whose secrets need not be there', async () => {
    const terminal = withPolicy()
    terminal.write(
      'readback.yaml',
      'clusters: { test: { context: a, environment: test } }\nmetrics: { test: { prometheus: "http://p:1", auth: { bearerEnv: NOT_SET } } }\n',
    )
    const { code, error } = await terminal.type('policy', 'test')
    expect(code).toBe(2)
    expect(error).toContain('there is no cluster "prod"')
    expect((await terminal.type('policy', 'test', '--cluster', 'test=test', '--cluster', 'prod=production')).code).toBe(
      0,
    )
  })

  test('--json is for machines', async () => {
    const { out } = await withPolicy().type('policy', 'test', '--json')
    expect(parse(out)).toEqual({ file: 'policies/roles.yaml', passed: 10, failed: [] })
  })
})

describe('policy lint', () => {
  test('what is hardly meant is 1, each with its line', async () => {
    const { code, out } = await withPolicy(
      `${shipped}\n`.replace('  two-people: {', '  nobody-asks: { require: [{ role: sre }] }\n  two-people: {'),
    ).type('policy', 'lint')
    expect(code).toBe(1)
    expect(out).toMatch(/policies\/roles\.yaml:\d+ {2}nobody-asks: no rule asks for this approval\./)
  })
})

describe('policy explain', () => {
  test('the answer stands first, then what was considered', async () => {
    const { code, out } = await withPolicy().type('policy', 'explain', 'deploy', 'prod:shop/web', '--as', 'U0ANN')
    expect(code).toBe(0)
    expect(out).toMatch(/^approval: prod-change by developer \(policies\/roles\.yaml:\d+\) and guard 1/)
    expect(out).toContain('roles held: viewer and developer')
    expect(out).toContain('✗ environments: [test]')
    expect(out).toContain('role not held')
  })

  test('every wrong word of the question is named in the words that were typed', async () => {
    const { code, error } = await withPolicy().type('policy', 'explain', 'dploy', 'prod:shop/web', '--as', 'ann')
    expect(code).toBe(2)
    expect(error).toContain('--as cannot be ann.')
    expect(error).toContain('ACTION cannot be dploy.\n    Did you mean deploy?')
    expect(error).not.toContain('arguments:')
  })

  test('a role or cluster that does not exist gets the nearest one', async () => {
    const { error } = await withPolicy().type('policy', 'explain', 'deploy', 'prod:shop/web', '--role', 'sree')
    expect(error).toContain('--role: there is no sree.\n    Did you mean sre?')
    expect((await withPolicy().type('policy', 'explain', 'deploy', 'prd:shop/web', '--role', 'sre')).error).toContain(
      'Did you mean prod?',
    )
  })

  test('freezes are compared with --at', async () => {
    const { out } = await withPolicy().type(
      'policy',
      'explain',
      'deploy',
      'prod:shop/web',
      '--role',
      'sre',
      '--at',
      '2026-12-31T12:00+08:00',
      '--json',
    )
    expect(z.object({ decision: z.object({ verdict: z.string() }) }).parse(parse(out)).decision.verdict).toBe('deny')
  })
})

describe('policy explain with a file that means harm', () => {
  const bomb = [
    'roles:',
    '  a0: &a0 [x]',
    ...Array.from({ length: 11 }, (_, i) => `  a${i + 1}: &a${i + 1} [${Array(9).fill(`*a${i}`).join(', ')}]`),
  ].join('\n')
  /** What is written to a path, and what is said of it. */
  const files: readonly (readonly [string, (path: string) => void, RegExp])[] = [
    ['of 5 MB', (path) => writeFileSync(path, '#'.repeat(5_000_000)), /at most 262144 are read/],
    ['with aliases that multiply', (path) => writeFileSync(path, bomb), /roles\.yaml:3:12 {2}so many aliases/],
    [
      'with a key twice',
      (path) => writeFileSync(path, 'roles:\n  a: {}\n  a: {}\n'),
      /roles\.yaml:3:3 {2}roles\.a stands here a second time; the first is in line 2/,
    ],
    ['with a tab', (path) => writeFileSync(path, 'roles:\n\ta: {}\n'), /roles\.yaml:2:1 {2}a tab as indentation/],
    ['without anything', (path) => writeFileSync(path, ''), /roles\.yaml: is empty/],
    [
      'without bottom',
      (path) => writeFileSync(path, `roles: ${'['.repeat(3_000)}`),
      /roles\.yaml:1:\d+ {2}not YAML: nested far too deeply/,
    ],
    ['that is a folder', (path) => mkdirSync(path), /roles\.yaml: is no file/],
    ['that is a pipe', (path) => execFileSync('mkfifo', [path]), /roles\.yaml: is no file/],
    ['that is a link to itself', (path) => symlinkSync('roles.yaml', path), /symbolic link that leads back to itself/],
    ['that is not there', () => {}, /roles\.yaml: there is no such file/],
  ]

  test.each(files)('one %s is told with its place, and ends with 2', async (_, make, said) => {
    const terminal = aTerminal()
    make(join(terminal.cwd, 'roles.yaml'))
    const line = 'policy explain deploy prod:shop/web --as U0ANN --policy roles.yaml --cluster prod=production'
    const { code, out, error } = await terminal.type(...line.split(' '))
    expect(error).toMatch(said)
    expect({ code, out }).toEqual({ code: 2, out: '' })
    expect(error.length).toBeLessThan(2_000)
  })
})
