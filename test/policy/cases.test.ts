import { describe, expect, test } from 'vitest'
import { runCases } from '../../src/policy/cases.ts'
import { designPolicy, policyOf } from './building.ts'

function outcome(line: string): boolean | undefined {
  return runCases(policyOf(`${designPolicy}cases:\n  - ${line}\n`))[0]?.passed
}

describe('cases', () => {
  test.each([
    ['U0ANN sees bindings by user only', '{ who: U0SAM, may: deploy, where: "test:shop/web", expect: deny }'],
    [
      'groups can be stated',
      '{ who: { user: U0SAM, groups: [S0DEVS] }, may: deploy, where: "test:shop/web", expect: allow }',
    ],
    [
      'a role can be stated, with what it includes',
      '{ who: { role: sre }, may: logs, where: "prod:shop/web", expect: allow }',
    ],
    [
      'a role holds no role that includes it',
      '{ who: { role: developer }, may: restart, where: "prod:shop/web", expect: deny }',
    ],
    [
      'a limit that the case leaves out counts as met',
      '{ who: U0ANN, may: scale, where: "test:shop/web", expect: allow }',
    ],
    [
      'one that it gives is tested',
      '{ who: U0ANN, may: scale, where: "test:shop/web", with: { replicas: 11 }, expect: deny }',
    ],
    [
      'a range stands for the bounds of an autoscaler',
      '{ who: U0ANN, may: scale, where: "test:shop/web", with: { replicas: { min: 2, max: 11 } }, expect: deny }',
    ],
    [
      'images are tested',
      '{ who: U0ANN, may: deploy, where: "prod:shop/web", with: { images: [nginx] }, expect: deny }',
    ],
    ['without a time no freeze counts', '{ who: { role: sre }, may: deploy, where: "prod:shop/web", expect: allow }'],
    [
      'with a time it does',
      '{ who: { role: sre }, may: deploy, where: "prod:shop/web", at: 2026-12-31T12:00+08:00, expect: deny }',
    ],
    [
      'before is known where it is given',
      '{ who: { role: sre }, may: scale, where: "prod:shop/web", with: { before: 2, replicas: 3 }, at: 2026-12-31T12:00+08:00, expect: allow }',
    ],
    [
      'and tested',
      '{ who: { role: sre }, may: scale, where: "prod:shop/web", with: { before: 3, replicas: 2 }, at: 2026-12-31T12:00+08:00, expect: deny }',
    ],
    [
      'an approval is expected by name',
      '{ who: U0ANN, may: deploy, where: "prod:shop/web", expect: { approval: prod-change } }',
    ],
    [
      'a place may be a whole namespace',
      '{ who: { role: sre }, may: restart, where: "prod:kube-system/", expect: deny }',
    ],
    [
      'a kind may stand in the place',
      '{ who: { role: sre }, may: restart, where: "prod:kube-system/deployment/dns", expect: deny }',
    ],
  ])('%s', (_, line) => {
    expect(outcome(line)).toBe(true)
  })

  test.each([
    '{ who: U0ANN, may: deploy, where: "prod:shop/web", expect: allow }',
    '{ who: U0ANN, may: deploy, where: "prod:shop/web", expect: { approval: two-people } }',
    '{ who: U0ANN, may: deploy, where: "prod:shop/web", expect: { approval: [prod-change, two-people] } }',
    '{ who: U0ANN, may: deploy, where: "test:shop/web", expect: { approval: prod-change } }',
    '{ who: U0ANN, may: deploy, where: "test:shop/web", expect: deny }',
  ])('fails when the answer is another one: %s', (line) => {
    expect(outcome(line)).toBe(false)
  })
})
