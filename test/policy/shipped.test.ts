import type { Action } from '../../src/policy/decision.ts'
import { readFile } from 'node:fs/promises'
import { describe, expect, test } from 'vitest'
import { decide } from '../../src/policy/decide.ts'
import { lint } from '../../src/policy/lint.ts'
import { loadPolicy } from '../../src/policy/load.ts'
import { clusters, order } from './building.ts'

const text = await readFile(new URL('../../policies/roles.yaml', import.meta.url), 'utf8')
const read = loadPolicy({ text, file: 'policies/roles.yaml', clusters })

describe('the policy that ships', () => {
  test('passes its own cases, and lint finds nothing to say', () => {
    if (!read.ok) throw new Error(JSON.stringify(read.problems))
    expect(read.policy.cases.length).toBeGreaterThan(5)
    expect(lint({ ...read, at: Date.parse('2026-06-01T00:00Z') })).toEqual([])
  })

  const changes: readonly Action[] = ['deploy', 'scale', 'rollback', 'restart', 'pause', 'resume', 'promote', 'abort']
  test.each(changes)('demands approval for every %s in production, whoever asks', (action) => {
    if (!read.ok) throw new Error('unusable')
    const people = [{}, { groups: ['S0SRE'] }, { groups: ['S0SRE', 'S0DEVS'] }, { user: 'U0CY' }]
    for (const person of people) {
      for (const namespace of ['shop', 'billing']) {
        const replicas = { before: { min: 2, max: 2 }, after: { min: 3, max: 3 } }
        expect(
          decide(read.policy, order({ action, cluster: 'prod', namespace, replicas, ...person })).verdict,
        ).not.toBe('allow')
      }
    }
    expect(decide(read.policy, order({ action, cluster: 'prod', groups: ['S0SRE'] })).verdict).toBe('approval')
  })
})
