import { expect, test } from 'vitest'
import { nearNames } from '../src/near-names.ts'

const names = ['deploy', 'scale', 'rollback', 'restart', 'resume', 'status']

test.each([
  ['dploy', ['deploy']],
  ['DEPLOY', ['deploy']],
  ['roll', ['rollback']],
  ['stats', ['status']],
  ['xyz', []],
  ['', []],
])('near to %j: %j', (word, near) => {
  expect(nearNames(word, names)).toEqual(near)
})

test('at most three are named, nearest first', () => {
  expect(nearNames('aaaa', ['aaab', 'aabb', 'aaaa1', 'aaac', 'aaad'])).toHaveLength(3)
})
