import { describe, expect, test } from 'vitest'
import { createCommandLine } from '../../src/command-line/command-line.ts'
import { defineCommand } from '../../src/command-line/command.ts'
import { recordingContext } from './recording-context.ts'
import { commandLine, ordered, refused, typed, underlined } from './typing.ts'

describe('what is typed', () => {
  test.each([
    ['/deploy web 1.5.0 to prod', 'deploy prod:web 1.5.0'],
    ['/deploy web 1.10', 'deploy web 1.10'],
    ['deploy web 1.5.0 in shop on prod', 'deploy prod:shop/web 1.5.0'],
    ['/ops deploy shop/web 1.5.0 --cluster=prod', 'deploy prod:shop/web 1.5.0'],
    ['/deploy web 1.5.0 —reason “fix &amp; go”', 'deploy web 1.5.0 --reason "fix & go"'],
    [
      '/deploy <http://web.prod|web.prod> <http://registry.example/web:1|registry.example/web:1>',
      'deploy web.prod registry.example/web:1',
    ],
    ['/deploy `web` `1.5.0` –c app', 'deploy web 1.5.0 --container app'],
    ['/DEPLOY web 1.5.0', 'deploy web 1.5.0'],
    ['Deploy web 1.5.0', 'deploy web 1.5.0'],
    ['/deploy web 1 -container app', 'deploy web 1 --container app'],
    ['/deploy web --image 1.5.0', 'deploy web 1.5.0'],
    ['/scale web 5', 'scale web 5'],
    ['/scale web +2', 'scale web +2'],
    ['/scale web -1', 'scale web -1'],
    ['/scale web −5 to prod', 'scale prod:web -5'],
    ['/scale web to 5', 'scale web 5'],
    ['/scale web to 5 on prod', 'scale prod:web 5'],
    ['/scale to 5 web to prod', 'scale prod:web 5'],
    ['/scale web to +2', 'scale web +2'],
    ['/scale web 4–12', 'scale web 4..12'],
    ['/rollback web --to-revision 12', 'rollback web --to-revision 12'],
    ['/rollback web to 12 to prod', 'rollback prod:web --to-revision 12'],
    ['/ops restart to', 'restart "to"'],
    ['/ops restart "to" to prod', 'restart prod:to'],
    ['/ops restart web in "to"', 'restart to/web'],
    ['/ops restart web -n shop --cluster prod', 'restart prod:shop/web'],
    ['/ops restart web -n deploy', 'restart web --namespace deploy'],
    ['/ops status', 'status'],
    ['/ops status in shop on prod,test', 'status --cluster prod,test --namespace shop'],
    ['/ops status to', 'status "to"'],
    ['/logs web -f --grep "time out" --since 90m', 'logs web --follow --since 1h30m --grep "time out"'],
    ['/logs web -p --tail 50 --private', 'logs web --previous --tail 50 --private'],
    ['/ops log web', 'logs web'],
    ['/logs prod:web,deploy/api,pay/db in shop', 'logs prod:shop/web,deployment/api,pay/db'],
    ['/ops reject 7f3k not in time, see #1432', 'reject 7F3K "not in time, see #1432"'],
    ['/ops reject 7F3K "not today"', 'reject 7F3K "not today"'],
    ['/ops reject 7F3K it is "not" good', String.raw`reject 7F3K "it is \"not\" good"`],
    ['/ops reject 7F3K --reason "not today"', 'reject 7F3K "not today"'],
    ['/ops freeze prod 2h "incident 88"', 'freeze prod 2h "incident 88"'],
    [
      '/ops freeze on test,prod for 30m waiting for the fix on prod',
      'freeze test,prod 30m "waiting for the fix on prod"',
    ],
    ['/ops can deploy web to prod', 'can deploy prod:web'],
    ['/ops can scale web --replicas 0', 'can scale web --replicas 0'],
    ['/ops audit --by <@U0ANN|ann> --since 7d', 'audit --by <@U0ANN> --since 7d'],
    ['/ops help deploy', 'help deploy'],
    ['/ops ?', 'help'],
    ['/ops', 'help'],
    ['', 'help'],
    [': status web', 'status web'],
    [', status web', 'status web'],
    ['/ops deploy --help', 'help deploy'],
    ['/deploy web -h', 'help deploy'],
    ['/deploy help', 'help deploy'],
    ['/ops --help', 'help'],
    ['/ops /deploy web 1.5.0', 'deploy web 1.5.0'],
    ['/scale ｗｅｂ　５', 'scale web 5'],
  ])('%s is read as %s', (line, canonical) => {
    expect(typed(line).canonical).toBe(canonical)
  })

  test.each([
    ['/ops deplyo web 1', { code: 'command_unknown', found: 'deplyo', nearest: ['deploy'] }, 'deplyo'],
    ['/ops undo web', { code: 'command_unknown', nearest: ['rollback'] }, 'undo'],
    ['/ops get pods', { code: 'command_unknown', nearest: ['status'] }, 'get'],
    ['web 1.5.0', { code: 'command_unknown', found: 'web' }, 'web'],
    ['/ops constructor', { code: 'command_unknown', nearest: [] }, 'constructor'],
    ['/ops __proto__', { code: 'command_unknown' }, '__proto__'],
    ['/unknown web', { code: 'command_unknown', found: '/unknown' }, '/unknown'],
    ['/ops --private', { code: 'command_unknown', found: '--private' }, '--private'],
    [
      '/deploy web 1 --contaner app',
      { code: 'command_unknown_flag', verb: 'deploy', found: '--contaner', nearest: ['--container'] },
      '--contaner',
    ],
    [
      '/scale web 5 --constructor 2',
      { code: 'command_unknown_flag', found: '--constructor', nearest: [] },
      '--constructor',
    ],
    [
      '/deploy web',
      {
        code: 'command_missing',
        missing: [{ name: 'image', usage: 'IMAGE', kind: 'image' }],
        form: true,
        given: { target: 'web' },
      },
      '',
    ],
    [
      '/deploy web to 1.5.0',
      {
        code: 'command_missing',
        read: [{ words: 'to 1.5.0', as: '--cluster 1.5.0' }],
        given: { target: 'web', cluster: '1.5.0' },
      },
      '',
    ],
    ['/ops restart to prod', { code: 'command_missing', missing: [{ name: 'target' }], form: false }, ''],
    ['/ops restart', { code: 'command_missing', missing: [{ name: 'target', usage: 'WORKLOAD' }] }, ''],
    ['/ops reject 7F3K', { code: 'command_missing', missing: [{ name: 'reason' }] }, ''],
    ['/deploy to in', { code: 'command_two_words', first: 'to', second: 'in' }, 'to in'],
    ['/ops restart to to prod', { code: 'command_two_words', first: 'to', second: 'to' }, 'to to'],
    ['/deploy web to', { code: 'command_word_without_value', word: 'to', flag: '--cluster' }, 'to'],
    ['/deploy web 1.5.0 to', { code: 'command_word_without_value', word: 'to' }, 'to'],
    ['/scale web 5 in', { code: 'command_word_without_value', word: 'in', flag: '--namespace' }, 'in'],
    ['/scale web 5 6', { code: 'command_extra', found: '6', quote: undefined }, '6'],
    ['/scale web 5 --reason more load', { code: 'command_extra', found: 'load', quote: '--reason' }, 'load'],
    ['/ops clusters prod', { code: 'command_extra', found: 'prod' }, 'prod'],
    [
      '/scale web 5 --reason a --reason b',
      { code: 'command_repeated', argument: { name: 'reason' }, first: 'a', second: 'b' },
      '--reason b',
    ],
    [
      '/scale web 5 to prod to test',
      { code: 'command_repeated', argument: { name: 'cluster' }, first: 'prod', second: 'test' },
      'to test',
    ],
    [
      '/scale web to 5 --replicas 6',
      { code: 'command_repeated', argument: { name: 'replicas' }, first: '5', second: '6' },
      '--replicas 6',
    ],
    ['/logs web --follow -f', { code: 'command_repeated', argument: { name: 'follow' } }, '-f'],
    [
      '/logs web --tail',
      { code: 'command_flag_without_value', flag: '--tail', argument: { usage: '--tail NUMBER' } },
      '--tail',
    ],
    ['/logs web --tail --follow', { code: 'command_flag_without_value', flag: '--tail' }, '--tail'],
    ['/logs web --follow=yes', { code: 'command_flag_takes_no_value', flag: '--follow', found: 'yes' }, '--follow=yes'],
    [
      '/logs web --follow --previous',
      { code: 'command_exclusive', flags: ['--follow', '--previous'] },
      '/logs web --follow --previous',
    ],
    [
      '/scale web 1.5',
      { code: 'command_bad_value', argument: { name: 'replicas' }, found: '1.5', fault: { why: 'fraction' } },
      '1.5',
    ],
    ['/scale web 1e9', { code: 'command_bad_value', fault: { why: 'too-many' } }, '1e9'],
    ['/scale web ten', { code: 'command_bad_value', fault: { why: 'not-a-number', like: '10' } }, 'ten'],
    ['/scale web to prod', { code: 'command_missing', missing: [{ name: 'replicas' }] }, ''],
    [
      '/scale prod:web 5 to test',
      {
        code: 'command_bad_value',
        argument: { name: 'cluster' },
        found: 'test',
        fault: { why: 'contradiction', one: 'prod', other: 'test' },
      },
      'to test',
    ],
    [
      '/scale web 5 --cluster a,b',
      { code: 'command_bad_value', fault: { why: 'cluster', part: 'a,b' } },
      '--cluster a,b',
    ],
    [
      '/logs web --grep "(a"',
      { code: 'command_bad_value', argument: { usage: '--grep REGEX' }, fault: { kind: 'regex', why: 'syntax' } },
      '--grep "(a"',
    ],
    ['/logs web --grep ""', { code: 'command_bad_value', fault: { kind: 'regex', why: 'empty' } }, '--grep ""'],
    ['/scale web 5 --reason=', { code: 'command_bad_value', fault: { kind: 'text', why: 'empty' } }, '--reason='],
    [
      '/deploy web registry.example/Web:1',
      { code: 'command_bad_value', fault: { kind: 'image', why: 'upper-case', like: 'registry.example/web:1' } },
      'registry.example/Web:1',
    ],
    ['/ops freeze prod 31d x', { code: 'command_bad_value', fault: { why: 'too-long', limit: '30d' } }, '31d'],
    [
      '/ops freeze prod 9999999d x',
      { code: 'command_bad_value', fault: { kind: 'duration', why: 'shape' } },
      '9999999d',
    ],
    ['/ops reject 7F3K "not today', { code: 'command_unclosed_quote', quote: '"' }, '"'],
    ['/deploy web 1.5.0\n/scale web 0', { code: 'command_bad_character', what: 'newline' }, undefined],
  ])('%s is refused', (line, problem, under) => {
    const found = refused(line)
    expect(found).toMatchObject(problem)
    expect(underlined(found)).toBe(under)
  })
})

describe('what a command makes of it', () => {
  test.each([
    [
      '/deploy prod:shop/web 1.5.0 -c app --reason "fix 1432" --break-glass "site down"',
      'orders.propose',
      [
        {
          action: 'deploy',
          target: { cluster: 'prod', namespace: 'shop', name: 'web' },
          image: '1.5.0',
          container: 'app',
          reason: 'fix 1432',
          breakGlass: 'site down',
        },
      ],
    ],
    ['/scale web -1', 'orders.propose', [{ action: 'scale', target: { name: 'web' }, replicas: { by: -1 } }]],
    ['/rollback web to 12', 'orders.propose', [{ action: 'rollback', target: { name: 'web' }, toRevision: 12 }]],
    ['/ops restart sts/web', 'orders.propose', [{ action: 'restart', target: { kind: 'StatefulSet', name: 'web' } }]],
    ['/ops pause web', 'orders.propose', [{ action: 'pause', target: { name: 'web' } }]],
    ['/ops resume web', 'orders.propose', [{ action: 'resume', target: { name: 'web' } }]],
    ['/ops status on everywhere', 'reads.show', [{ read: 'status', scope: { clusters: ['everywhere'] } }]],
    ['/ops history web', 'reads.show', [{ read: 'history', target: { name: 'web' } }]],
    [
      '/ops events in shop --since 30m',
      'reads.show',
      [{ read: 'events', scope: { clusters: [], namespace: 'shop' }, since: { ago: 1_800_000 } }],
    ],
    ['/ops clusters', 'reads.show', [{ read: 'clusters' }]],
    [
      '/logs web --tail 5',
      'logs.show',
      [{ target: { workloads: [{ name: 'web' }] }, tail: 5, private: false, of: 'current' }],
    ],
    ['/logs web -p', 'logs.show', [{ target: { workloads: [{ name: 'web' }] }, private: false, of: 'previous' }]],
    [
      '/logs web -f --grep timeout',
      'logs.follow',
      [{ target: { workloads: [{ name: 'web' }] }, grep: 'timeout', private: false }],
    ],
    [
      '/logs prod:shop/web,api,pay/sts/db -f --level warn --exclude healthz -C 2 --for 30m',
      'logs.follow',
      [
        {
          target: {
            cluster: 'prod',
            namespace: 'shop',
            workloads: [
              { cluster: 'prod', namespace: 'shop', name: 'web' },
              { cluster: 'prod', namespace: 'shop', name: 'api' },
              { cluster: 'prod', namespace: 'pay', kind: 'StatefulSet', name: 'db' },
            ],
          },
          level: 'warn',
          exclude: 'healthz',
          context: 2,
          lasting: 1_800_000,
          private: false,
        },
      ],
    ],
    [
      '/logs -n shop --selector app=web,tier!=db --container all',
      'logs.show',
      [
        {
          target: { namespace: 'shop', workloads: [] },
          selector: 'app=web,tier!=db',
          container: 'all',
          private: false,
          of: 'current',
        },
      ],
    ],
    ['/ops cancel 7f3k', 'operations.cancel', ['7F3K', undefined]],
    ['/ops cancel 7F3K wrong version', 'operations.cancel', ['7F3K', 'wrong version']],
    ['/ops approvals on prod', 'approvals.list', [{ clusters: ['prod'] }]],
    ['/ops approve 7F3K', 'approvals.approve', ['7F3K', undefined]],
    ['/ops reject 7F3K "not today"', 'approvals.reject', ['7F3K', 'not today']],
    [
      '/ops freeze prod 2h incident 88',
      'freezes.freeze',
      [{ clusters: ['prod'], lasting: 7_200_000, reason: 'incident 88' }],
    ],
    ['/ops unfreeze prod', 'freezes.unfreeze', [{ clusters: ['prod'] }]],
    [
      '/ops can scale web --replicas 0',
      'policy.can',
      [{ action: 'scale', scope: { clusters: [], name: 'web' }, replicas: { to: 0 } }],
    ],
    ['/ops whoami', 'self.whoami', []],
    ['/ops doctor', 'self.doctor', []],
    ['/ops help deplyo', 'self.help', ['deplyo']],
    [
      '/ops audit --by U0ANN --action deploy',
      'reads.show',
      [{ read: 'audit', filters: { scope: { clusters: [] }, by: 'U0ANN', action: 'deploy' } }],
    ],
    ['/deploy', 'forms.open', ['deploy', {}]],
    ['/ops scale', 'forms.open', ['scale', {}]],
    ['rollback', 'forms.open', ['rollback', {}]],
  ])('%s calls %s', async (line, port, given) => {
    expect(await ordered(line)).toEqual({ port, with: given })
  })

  test('says which action the policy is asked about and who sees the answer', () => {
    expect(typed('/deploy web 1')).toMatchObject({ verb: 'deploy', action: 'deploy', audience: 'channel' })
    expect(typed('/ops whoami')).toMatchObject({ action: 'none', audience: 'person' })
    expect(typed('/ops status')).toMatchObject({ action: 'status', audience: 'channel' })
    expect(typed('/ops status --private')).toMatchObject({ audience: 'person' })
    expect(typed('/ops unfreeze prod')).toMatchObject({ action: 'freeze' })
  })
})

const one = (name: string, aliases: readonly string[] = []) =>
  defineCommand({
    name,
    aliases,
    summary: '',
    action: 'none',
    args: {},
    examples: [name],
    run: (_, { self }) => self.whoami(),
  })

const inThread = (text: string) => {
  const reading = commandLine.read({ text, about: 'prod:shop/sts/orders' })
  return reading.ok ? reading.command.canonical : reading.problem.code
}

describe('in a conversation about a workload', () => {
  test.each([
    ['restart', 'restart prod:shop/statefulset/orders'],
    ['status', 'status prod:shop/statefulset/orders'],
    ['logs --follow', 'logs prod:shop/statefulset/orders --follow'],
    ['scale 5', 'scale prod:shop/statefulset/orders 5'],
    ['scale to 5', 'scale prod:shop/statefulset/orders 5'],
    ['scale +2 --reason load', 'scale prod:shop/statefulset/orders +2 --reason load'],
    ['deploy 1.5.0', 'deploy prod:shop/statefulset/orders 1.5.0'],
    ['deploy registry.example/web:1', 'deploy prod:shop/statefulset/orders registry.example/web:1'],
    ['rollback to 12', 'rollback prod:shop/statefulset/orders --to-revision 12'],
    ['can restart', 'can restart prod:shop/statefulset/orders'],
  ])('%s means that workload', (text, canonical) => {
    expect(inThread(text)).toBe(canonical)
  })

  test.each([
    ['restart web', 'restart web'],
    ['scale web 5', 'scale web 5'],
    ['status on test', 'status --cluster test'],
    ['whoami', 'whoami'],
    ['approve 7F3K', 'approve 7F3K'],
    ['deploy web', 'command_missing'],
    ['restart on test', 'command_bad_value'],
    ['scale 5 6 7', 'command_extra'],
  ])('%s means what it says', (text, answer) => {
    expect(inThread(text)).toBe(answer)
  })

  test('opens a form with that workload in it', async () => {
    const reading = commandLine.read({ slash: '/deploy', text: '', about: 'prod:shop/web' })
    expect(reading.ok && (await reading.command.run(recordingContext()))).toEqual({
      port: 'forms.open',
      with: ['deploy', { target: 'prod:shop/web' }],
    })
  })
})

describe('a command line', () => {
  test('refuses commands that share a name, and short forms of no command', () => {
    const slash = { main: '/ops', short: {} }
    expect(() => createCommandLine({ commands: [one('a'), one('b', ['a'])], slash })).toThrow(
      'two commands are called a',
    )
    expect(() => createCommandLine({ commands: [one('a')], slash: { main: '/ops', short: { '/b': 'b' } } })).toThrow(
      '/b stands for b',
    )
  })

  test('takes its slash commands by any name', async () => {
    const renamed = createCommandLine({ commands: [one('a')], slash: { main: '/kube', short: { '/aa': 'a' } } })
    expect(renamed.read({ slash: '/kube', text: 'a' })).toMatchObject({ ok: true, command: { verb: 'a' } })
    expect(renamed.read({ slash: '/aa', text: '' })).toMatchObject({ ok: true, command: { verb: 'a' } })
    expect(renamed.read({ slash: '/ops', text: 'a' })).toMatchObject({
      ok: false,
      problem: { code: 'command_unknown' },
    })
  })

  test('tells the chat which slash commands there are, and what each is for', () => {
    const [main, deploy] = commandLine.slashCommands()
    expect(main).toEqual({ slash: '/ops' })
    expect(deploy).toMatchObject({
      slash: '/deploy',
      help: { name: 'deploy', summary: 'Put another image into a workload' },
    })
  })

  test('reads canonical lines as they are, entities and all', () => {
    const line = 'reject 7F3K "&amp; <http://a|b>"'
    expect(commandLine.readCanonical(line)).toMatchObject({ ok: true, command: { canonical: line } })
  })

  test('finds help by name, alias and slash command, and suggests where there is none', () => {
    expect(commandLine.help('log')).toMatchObject({ ok: true, help: { name: 'logs' } })
    expect(commandLine.help('/scale')).toMatchObject({ ok: true, help: { name: 'scale' } })
    expect(commandLine.help('scael')).toMatchObject({
      ok: false,
      problem: { code: 'command_unknown', nearest: ['scale'] },
    })
    expect(commandLine.helpForAll().map(({ name }) => name)).toContain('deploy')
  })
})
