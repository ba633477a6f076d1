import { expect, test } from 'vitest'
import { createCommandLine } from '../../../src/command-line/command-line.ts'
import { createCompletion } from '../../../src/sandbox/page/completion.ts'
import { commands } from '../../../commands/index.ts'
import { slash } from './a-page.ts'

const complete = createCompletion({
  commandLine: createCommandLine({ commands, slash }),
  clusters: [
    { name: 'test', workloads: () => [{ namespace: 'shop', name: 'web', kind: 'Deployment', tag: '1.5.0-rc1' }] },
    {
      name: 'prod',
      workloads: () => [
        { namespace: 'shop', name: 'web', kind: 'Deployment', tag: '1.4.2' },
        { namespace: 'pay', name: 'payments', kind: 'Deployment', tag: '3.1.0' },
      ],
    },
  ],
  placeOf: (channel) => (channel === 'C0SHOP' ? { cluster: 'test', namespace: 'shop' } : {}),
  tags: { web: ['1.5.0'] },
})
const texts = (typed: string, channel: string) => complete(typed, channel).candidates.map(({ text }) => text)

test('a slash offers the commands with what they do', () => {
  expect(complete('/de', 'C0SHOP')).toMatchObject({
    from: 0,
    candidates: [{ text: '/deploy', kind: 'slash', about: expect.stringMatching(/./) }],
  })
})

test("names of what runs are short where the channel's defaults say the rest", () => {
  expect(texts('/deploy w', 'C0SHOP')).toEqual(['web', 'test:shop/web', 'prod:shop/web'])
  expect(texts('/deploy pay', 'C0SHOP')).toEqual(['prod:pay/payments'])
  expect(texts('/deploy pay', 'C0OPS')).toContain('payments')
})

test('a workload that was named brings its own tags', () => {
  expect(texts('/deploy web ', 'C0SHOP')).toEqual(expect.arrayContaining(['1.5.0', '1.5.0-rc1', '1.4.2']))
  expect(texts('/deploy prod:pay/payments ', 'C0SHOP')).toEqual(['3.1.0'])
})

test('a name says what is known of the workload', () => {
  const [web] = complete('/deploy web', 'C0SHOP').candidates
  expect(web?.about).toBe('Deployment in test, now 1.5.0-rc1')
})
