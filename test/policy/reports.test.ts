import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { explainPolicy } from '../../src/policy/explain-report.ts'
import { lintPolicy, testPolicy } from '../../src/policy/reports.ts'
import { clusters, designCases, designPolicy } from './building.ts'

const summer = Date.parse('2026-06-01T12:00Z')
let folder = ''
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'readback-report-'))
})
afterEach(async () => {
  await rm(folder, { recursive: true })
})

async function file(text: string) {
  const path = join(folder, 'roles.yaml')
  await writeFile(path, text)
  return { path, file: 'roles.yaml', clusters }
}

describe('policy test', () => {
  test('is 0 when every case passes', async () => {
    expect(await testPolicy(await file(designPolicy + designCases))).toEqual({
      exitCode: 0,
      found: { passed: 3, failed: [] },
    })
  })

  test('is 1 when one fails, and says which', async () => {
    const text = designPolicy + designCases.replace('expect: allow', 'expect: deny')
    expect(await testPolicy(await file(text))).toMatchObject({
      exitCode: 1,
      found: { passed: 2, failed: [{ code: 'policy_case_failed', number: 1 }] },
    })
  })

  test('is 2 when the file cannot be used or is not there', async () => {
    expect(await testPolicy(await file('roles: ['))).toMatchObject({ exitCode: 2, problems: [{ code: 'file_syntax' }] })
    expect(await testPolicy({ path: join(folder, 'none'), file: 'none', clusters })).toMatchObject({
      exitCode: 2,
      problems: [{ code: 'file_missing' }],
    })
  })
})

describe('policy lint', () => {
  test('is 1 when there is something to say', async () => {
    expect(await lintPolicy(await file(designPolicy), summer)).toMatchObject({
      exitCode: 1,
      found: [{ code: 'lint_no_cases' }],
    })
    expect((await lintPolicy(await file(designPolicy + designCases), summer)).exitCode).toBe(0)
  })
})

describe('policy explain', () => {
  test('shows every grant, guard and freeze that was considered, and how each limit stood', async () => {
    const report = await explainPolicy(
      await file(designPolicy),
      { action: 'deploy', where: 'prod:shop/web', user: 'U0ANN', images: ['nginx'] },
      summer,
    )
    expect(report).toMatchObject({
      exitCode: 0,
      found: {
        decision: { verdict: 'deny' },
        roles: ['viewer', 'developer'],
        grants: [
          {
            rule: { line: 6 },
            held: true,
            matches: false,
            limits: [{ text: 'environments: [test]', answer: 'failed' }],
          },
          {
            rule: { line: 8 },
            held: true,
            matches: false,
            approval: { names: ['prod-change'] },
            limits: [
              { text: 'clusters: [prod]', answer: 'met' },
              { text: 'namespaces: [shop]', answer: 'met' },
              { text: 'images: [registry.example/shop/*]', answer: 'failed' },
            ],
          },
          { rule: { line: 9 }, held: false, matches: true },
        ],
        guards: [{ rule: { name: 'guard 2' }, reaches: false, effect: 'deny' }],
        freezes: [
          { rule: { name: 'freeze year-end' }, reaches: true, active: false, except: ['rollback', 'scale-up'] },
        ],
      },
    })
  })

  test('takes a role instead of a person, numbers as they are typed, and a moment', async () => {
    const report = await explainPolicy(
      await file(designPolicy),
      { action: 'scale', where: 'prod:shop/web', role: 'sre', replicas: '0', at: '2026-12-31T12:00+08:00' },
      summer,
    )
    expect(report).toMatchObject({
      found: {
        guards: [{ rule: { name: 'guard 1' }, reaches: true }, { reaches: false }],
        freezes: [{ active: true }],
      },
    })
  })

  test.each([
    [
      { action: 'dploy', where: 'prod:shop/web', user: 'U0ANN' },
      { field: 'may', near: ['deploy'] },
    ],
    [
      { action: 'deploy', where: 'prd:shop/web', user: 'U0ANN' },
      { code: 'file_unknown_name', kind: 'cluster', near: ['prod'] },
    ],
    [
      { action: 'deploy', where: 'prod:shop/web', role: 'sre2' },
      { code: 'file_unknown_name', kind: 'role', near: ['sre'] },
    ],
    [{ action: 'deploy', where: 'prod:shop/web' }, { expected: { kind: 'user_or_role' } }],
    [
      { action: 'deploy', where: 'prod:shop/web', user: 'ann' },
      { field: 'who.user', expected: { kind: 'user_id' } },
    ],
    [
      { action: 'scale', where: 'prod:shop/web', user: 'U1', replicas: 'ten' },
      { field: 'with.replicas', expected: { kind: 'number_or_range' } },
    ],
  ])('%j cannot be asked', async (asked, problem) => {
    expect(await explainPolicy(await file(designPolicy), asked, summer)).toMatchObject({
      exitCode: 2,
      problems: [problem],
    })
  })
})
