import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { operations } from '../../src/operations/operation.ts'
import { operationId, readOperationId } from '../../src/operations/operation-id.ts'
import { isEnd, mayFollow, transitions } from '../../src/operations/states.ts'
import { allOperations, everyState } from '../support/operation-builder.ts'

describe('an operation', () => {
  test.each(allOperations)('comes back from the store as it went in: $state', (operation) => {
    expect(operations.parse(JSON.parse(JSON.stringify(operation)))).toEqual(operation)
  })

  test('is found by its object, its workload and what caused it, and among the open ones until it ends', () => {
    const keys = operations.keys?.(everyState.awaiting_approval)
    expect(keys).toEqual(
      expect.arrayContaining(['object:prod/shop/Deployment/web', 'workload:prod/shop/Deployment/web']),
    )
    expect(keys).toEqual(expect.arrayContaining(['cause:slash/1', 'open', 'open:prod']))
    expect(operations.keys?.(everyState.succeeded)).toContain('ended')
    expect(operations.keys?.(everyState.succeeded)).not.toContain('open')
  })

  test('a record of a shape that nobody knows is refused, not guessed', () => {
    expect(() => operations.parse({ ...everyState.running, stage: 'somewhere' })).toThrow()
    expect(() => operations.parse({ ...everyState.planned, deadline: undefined })).toThrow()
  })
})

describe('states', () => {
  test('nothing that has ended begins again, but for a watch that is taken up once more', () => {
    for (const { state } of allOperations) {
      if (isEnd(state)) expect(transitions[state].filter((next) => next !== 'running')).toEqual([])
    }
    expect(transitions.succeeded).toEqual([])
  })

  test('nothing runs without having been approved, and nothing approved skips the run', () => {
    const before = allOperations.map(({ state }) => state).filter((state) => mayFollow(state, 'running'))
    expect(before.sort()).toEqual(['approved', 'failed', 'running', 'unknown'])
    expect(mayFollow('approved', 'succeeded')).toBe(false)
    expect(mayFollow('awaiting_approval', 'running')).toBe(false)
  })
})

describe('an id', () => {
  test('is short, speakable and never comes twice', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 5_000_000 }), fc.integer({ min: 0, max: 5_000_000 }), (one, other) => {
        expect(operationId(one)).toMatch(/^[2-9A-HJ-NP-Z]{4,5}$/)
        expect(operationId(one) === operationId(other)).toBe(one === other)
      }),
    )
    const first = new Set(Array.from({ length: 20_000 }, (_, n) => operationId(n)))
    expect(first.size).toBe(20_000)
  })

  test('is read in lower case and with a leading #', () => {
    expect(readOperationId(' #7f3k ')).toBe('7F3K')
    expect(readOperationId('7F0K')).toBeUndefined()
    expect(readOperationId('')).toBeUndefined()
  })
})
