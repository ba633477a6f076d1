import { describe, expect, it } from 'vitest'
import { createMemory } from '../../../src/chat/slack/memory.ts'
import { createManualClock } from '../../support/manual-clock.ts'

function world() {
  const clock = createManualClock()
  const memory = createMemory<string>({ clock, most: 10 })
  const answers: ((answer: string) => void)[] = []
  const ask = () => new Promise<string>((resolve) => answers.push(resolve))
  return { clock, memory, answers, ask }
}

describe('what was asked lately', () => {
  it('is asked once by all who ask at the same time, and is as old as the asking', async () => {
    const { clock, memory, answers, ask } = world()
    const asOf = clock.now()
    const all = Promise.all([1, 2, 3].map(() => memory.recall('ann', 60_000, ask)))
    await clock.advance(500)
    expect(answers).toHaveLength(1)
    answers[0]?.('member')
    expect(await all).toEqual([1, 2, 3].map(() => ({ value: 'member', asOf })))
  })

  it('is asked anew once it is too old, and where the clock was set back', async () => {
    const { clock, memory } = world()
    let asked = 0
    const ask = async () => String((asked += 1))
    const recall = async () => (await memory.recall('ann', 60_000, ask)).value
    expect(await recall()).toBe('1')
    await clock.advance(60_000)
    expect(await recall()).toBe('1')
    await clock.advance(1)
    expect(await recall()).toBe('2')
    clock.setBack(3_600_000)
    expect(await recall()).toBe('3')
  })

  it('is not remembered where it was forgotten on its way', async () => {
    const { memory, answers, ask } = world()
    const first = memory.recall('ann', 60_000, ask)
    memory.forget('ann')
    const second = memory.recall('ann', 60_000, ask)
    answers[0]?.('old')
    answers[1]?.('new')
    expect([(await first).value, (await second).value]).toEqual(['old', 'new'])
    expect((await memory.recall('ann', 60_000, ask)).value).toBe('new')
  })

  it('is not remembered where the asking failed', async () => {
    const { memory } = world()
    await expect(memory.recall('ann', 60_000, () => Promise.reject(new Error('away')))).rejects.toThrow('away')
    expect((await memory.recall('ann', 60_000, async () => 'member')).value).toBe('member')
  })
})
