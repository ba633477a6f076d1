import { expect, test } from 'vitest'
import { createStory, firstMinute, type Sight } from '../../src/sandbox/story.ts'

function aStory() {
  const tags: Record<string, { tag: string; settled: boolean }> = {
    'test/web': { tag: '1.5.0-rc1', settled: true },
    'prod/web': { tag: '1.4.2', settled: true },
  }
  let waiting: readonly string[] = []
  const typed: string[] = []
  const sight: Sight = {
    workload: (cluster, name) => tags[`${cluster}/${name}`],
    typed: () => typed,
    messages: () =>
      waiting.map((name) => ({
        blocks: [
          { type: 'actions', elements: [{ action_id: 'operation.approve' }] },
          { text: `shop/${name} (Deployment)` },
        ],
      })),
  }
  const story = createStory(firstMinute, sight)
  const now = () => {
    story.notice()
    return story.look().find(({ done }) => !done)
  }
  return { tags, typed, story, now, wait: (names: readonly string[]) => (waiting = names) }
}

test('each step is done by what became of the cluster, not by what was clicked', () => {
  const { tags, typed, now, wait, story } = aStory()
  expect(now()).toMatchObject({ id: 'deploy', line: '/deploy web 1.5.0', as: 'U0ANN' })
  tags['test/web'] = { tag: '1.5.0', settled: false }
  expect(now()?.id).toBe('deploy')
  tags['test/web'] = { tag: '1.5.0', settled: true }
  expect(now()?.id).toBe('hang')

  tags['test/web'] = { tag: '1.6.0-missing', settled: false }
  expect(now()).toMatchObject({ id: 'hang', about: expect.stringContaining('Undo') })
  tags['test/web'] = { tag: '1.5.0', settled: true }
  expect(now()?.id).toBe('ask')

  wait(['web'])
  expect(now()).toMatchObject({ id: 'approve', as: 'U0BO', channel: 'C0OPS' })
  wait([])
  tags['prod/web'] = { tag: '1.5.0', settled: true }
  expect(now()?.id).toBe('status')
  typed.push('/ops status')
  expect(now()?.id).toBe('back')
  tags['prod/web'] = { tag: '1.4.2', settled: true }
  expect(now()).toMatchObject({ id: 'void', line: '/deploy orders 2.9.0 to prod' })
  wait(['orders'])
  expect(now()).toMatchObject({ accident: { deed: { kind: 'meddle', name: 'orders' } } })
  story.remember('meddled')
  expect(now()).toMatchObject({ id: 'void', as: 'U0BO' })
  wait([])
  expect(now()).toBeUndefined()
})

test('a step once done stays done, and news is told once', () => {
  const { tags, story } = aStory()
  tags['test/web'] = { tag: '1.5.0', settled: true }
  expect(story.notice()).toBe(true)
  expect(story.notice()).toBe(false)
  tags['test/web'] = { tag: '1.4.0', settled: true }
  expect(story.notice()).toBe(false)
  expect(story.look()[0]?.done).toBe(true)
})
