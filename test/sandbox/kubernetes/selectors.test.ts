import { expect, test } from 'vitest'
import { parseLabelSelector } from '../../../src/sandbox/kubernetes/selectors.ts'

test.each([
  ['constructor', {}, false],
  ['!constructor', {}, true],
  ['constructor in ()', {}, false],
  ['constructor notin (a)', {}, true],
  ['app', { app: '' }, true],
])('a label is there only where the object has it itself: %s', (selector, labels, wanted) => {
  expect(parseLabelSelector(selector)(labels)).toBe(wanted)
})
