import { expect, test } from 'vitest'
import { createStory, firstMinute, type Sight } from '../../src/sandbox/story.ts'

const card = (name: string, action: string) => ({
  blocks: [{ type: 'actions', elements: [{ action_id: action }] }, { text: `shop/${name} (Deployment)` }],
})

function aStory() {
  const tags: Record<string, { tag: string; settled: boolean }> = {
    'test/web': { tag: '1.5.0-rc1', settled: true },
    'prod/web': { tag: '1.4.2', settled: true },
  }
  let waiting: readonly string[] = []
  let called = false
  const ended: Record<string, readonly string[]> = {}
  const typed: string[] = []
  const sight: Sight = {
    workload: (cluster, name) => tags[`${cluster}/${name}`],
    typed: () => typed,
    messages: (channel) => [
      ...(channel === 'C0OPS' ? waiting.map((name) => card(name, 'operation.approve')) : []),
      ...(channel === 'C0ALERTS' && called
        ? [{ blocks: [{ action_id: 'order.retype', value: 'rollback test:shop/deployment/web --to-revision 2' }] }]
        : []),
      ...(ended[channel] ?? []).map((name) => card(name, 'operation.undo')),
    ],
  }
  const story = createStory(firstMinute, sight)
  const now = () => {
    story.notice()
    return story.look().find(({ done }) => !done)
  }
  return {
    tags,
    ended,
    typed,
    story,
    now,
    wait: (names: readonly string[]) => (waiting = names),
    call: () => (called = true),
  }
}

test('each step is done by what became of the cluster, not by what was clicked', () => {
  const { tags, ended, typed, now, wait, call, story } = aStory()
  expect(now()).toMatchObject({ id: 'deploy', line: '/deploy web 1.5.0', as: 'U0ANN' })
  tags['test/web'] = { tag: '1.5.0', settled: false }
  expect(now()?.id).toBe('deploy')
  tags['test/web'] = { tag: '1.5.0', settled: true }
  expect(now()?.id, 'the bot has not seen its end yet').toBe('deploy')
  ended['C0SHOP'] = ['web']
  expect(now()?.id).toBe('hang')

  tags['test/web'] = { tag: '1.6.0-missing', settled: false }
  expect(now()).toMatchObject({ id: 'hang', scene: 'hung' })
  tags['test/web'] = { tag: '1.5.0', settled: true }
  expect(now()?.id).toBe('ask')

  wait(['web'])
  expect(now()).toMatchObject({ id: 'approve', as: 'U0BO', channel: 'C0OPS' })
  wait([])
  tags['prod/web'] = { tag: '1.5.0', settled: true }
  expect(now()).toMatchObject({ id: 'approve', scene: 'approve' })
  ended['C0OPS'] = ['web']
  expect(now()).toMatchObject({ id: 'approve', scene: 'back', line: '/rollback web to prod' })
  tags['prod/web'] = { tag: '1.4.2', settled: true }
  expect(now()).toMatchObject({ id: 'void', line: '/deploy orders 2.9.0 to prod' })
  wait(['orders'])
  expect(now()).toMatchObject({ accident: { kind: 'meddle', name: 'orders' } })
  story.remember('meddled')
  expect(now()).toMatchObject({ id: 'void', as: 'U0BO' })
  wait([])
  expect(now()).toMatchObject({ id: 'alert', scene: 'alert_break', line: '/deploy web 1.7.0-crash' })
  tags['test/web'] = { tag: '1.7.0-crash', settled: false }
  expect(now()).toMatchObject({ id: 'alert', scene: 'alert_wait', channel: 'C0ALERTS', as: 'U0BO' })
  call()
  expect(now()).toMatchObject({ id: 'alert', scene: 'alert_thread' })
  tags['test/web'] = { tag: '1.5.0', settled: true }
  expect(now()).toMatchObject({ id: 'audit', line: '/ops audit' })
  typed.push('/ops audit')
  expect(now()).toMatchObject({ id: 'audit', accident: { kind: 'check_audit', of: 'trail' } })
  story.remember('verified')
  expect(now()).toBeUndefined()
})

test('a step once done stays done, and news is told once', () => {
  const { tags, ended, story } = aStory()
  ended['C0SHOP'] = ['web']
  tags['test/web'] = { tag: '1.5.0', settled: true }
  expect(story.notice()).toBe(true)
  expect(story.notice()).toBe(false)
  tags['test/web'] = { tag: '1.4.0', settled: true }
  expect(story.notice()).toBe(false)
  expect(story.look()[0]?.done).toBe(true)
})
