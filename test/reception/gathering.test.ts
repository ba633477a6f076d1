import { expect, it } from 'vitest'
import { createGathering } from '../../src/reception/gathering.ts'
import { createManualClock } from '../support/manual-clock.ts'

function aGathering(most = 100) {
  const clock = createManualClock(0)
  const handed: (readonly string[])[] = []
  const handOn = async (items: readonly string[]): Promise<void> => void handed.push(items)
  return { clock, handed, gathering: createGathering<string>({ clock, waitMs: 50, most, handOn }) }
}

it('hands on together what comes within the wait of the first', async () => {
  const { clock, handed, gathering } = aGathering()
  await gathering.add('one')
  await clock.advance(30)
  await gathering.add('two')
  expect(handed).toEqual([])
  await clock.advance(20)
  expect(handed).toEqual([['one', 'two']])
  await gathering.add('three')
  await clock.advance(50)
  expect(handed).toEqual([['one', 'two'], ['three']])
})

it('waits no longer once there are many', async () => {
  const { handed, gathering } = aGathering(2)
  await gathering.add('one')
  await gathering.add('two')
  expect(handed).toEqual([['one', 'two']])
})

it('leaves nothing behind when it closes, and makes nobody wait after that', async () => {
  const { handed, gathering } = aGathering()
  await gathering.add('one')
  await gathering.close()
  expect(handed).toEqual([['one']])
  await gathering.add('two')
  expect(handed).toEqual([['one'], ['two']])
})
