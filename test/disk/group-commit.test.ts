import { expect, test } from 'vitest'
import { createGroupCommit } from '../../src/disk/group-commit.ts'

function begin(limit = 10) {
  const flushed: string[][] = []
  const group = createGroupCommit<string, string>({
    flush: async (items) => {
      await new Promise((resolve) => setImmediate(resolve))
      flushed.push([...items])
      if (items.includes('bad')) throw new Error('disk')
      return items.map((item) => `${item} done`)
    },
    weight: (item) => {
      if (item === 'unweighable') throw new TypeError('no weight')
      return item.length
    },
    limit,
    full: { at: 5, error: () => new Error('full') },
  })
  return { group, flushed }
}

test('whoever waits during a flush shares the next one, in order, and each gets its own answer', async () => {
  const { group, flushed } = begin()
  const first = group.submit('a')
  await new Promise((resolve) => process.nextTick(resolve))
  const rest = [group.submit('b'), group.submit('c'), group.submit('d')]
  expect(await Promise.all([first, ...rest])).toEqual(['a done', 'b done', 'c done', 'd done'])
  expect(flushed).toEqual([['a'], ['b', 'c', 'd']])
})

test('a flush that fails rejects those it carried, and the next go on', async () => {
  const { group } = begin(3)
  const answers = await Promise.allSettled([group.submit('bad'), group.submit('x'), group.submit('y')])
  expect(answers.map(({ status }) => status)).toEqual(['rejected', 'fulfilled', 'fulfilled'])
})

test('a flush takes no more than its limit; something heavier goes alone', async () => {
  const { group, flushed } = begin(4)
  await Promise.all(['aa', 'bb', 'c', 'much too heavy', 'd'].map((item) => group.submit(item)))
  expect(flushed).toEqual([['aa', 'bb'], ['c'], ['much too heavy'], ['d']])
})

test('more than may wait are refused, and one that cannot be weighed harms nobody else', async () => {
  const { group } = begin()
  const answers = await Promise.allSettled(
    ['a', 'unweighable', 'b', 'c', 'd', 'e', 'f'].map((item) => group.submit(item)),
  )
  expect(answers.map(({ status }) => status)).toEqual([
    'fulfilled',
    'rejected',
    'fulfilled',
    'fulfilled',
    'fulfilled',
    'fulfilled',
    'rejected',
  ])
})

test('a task between two flushes runs alone, and idle waits for everything', async () => {
  const { group, flushed } = begin()
  const seen: number[] = []
  const first = group.submit('a')
  const between = group.between(async () => {
    seen.push(flushed.length)
    await new Promise((resolve) => setImmediate(resolve))
    seen.push(flushed.length)
  })
  const second = group.submit('b')
  await group.idle()
  expect(new Set(seen).size).toBe(1)
  await expect(Promise.all([first, between, second])).resolves.toHaveLength(3)
  await expect(group.between(() => Promise.reject(new Error('task')))).rejects.toThrow('task')
  expect(await group.submit('c')).toBe('c done')
})
