import { expect, test } from 'vitest'
import { faultOf } from '../../src/reception/fault.ts'
import { StoreError } from '../../src/store/problems.ts'
import type { StoreProblem } from '../../src/store/problems.ts'

const cases: readonly (readonly [StoreProblem, string])[] = [
  [{ code: 'store_unreachable', detail: 'connect ECONNREFUSED' }, 'storage_away'],
  [{ code: 'store_unwritable', file: 'journal-1.jsonl', detail: 'ENOSPC' }, 'storage_away'],
  [{ code: 'store_outcome_unknown', detail: 'connection lost' }, 'storage_lost'],
  [{ code: 'store_bad_commit', collection: 'operations', id: '7F3K', why: 'twice' }, 'bug'],
]

test.each(cases)('a store that says %j is told to the person as %s', (problem, code) => {
  expect(faultOf(new StoreError(problem), 'ab12')).toEqual({ code, reference: 'ab12' })
})

test('whatever else is thrown is a fault of ours', () => {
  expect(faultOf(new TypeError('undefined is not a function'), 'ab12')).toEqual({ code: 'bug', reference: 'ab12' })
})
