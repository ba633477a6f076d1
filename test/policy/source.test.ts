import type { PolicyChange, PolicySource } from '../../src/policy/source.ts'
import { execFileSync } from 'node:child_process'
import { mkdir, mkdtemp, rename, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { systemClock } from '../../src/time/clock.ts'
import { decide } from '../../src/policy/decide.ts'
import { PolicyError } from '../../src/policy/problems.ts'
import { createPolicySource } from '../../src/policy/source.ts'
import { createManualClock } from '../support/manual-clock.ts'
import { clusters, order } from './building.ts'

const annMay = 'roles: { a: { allow: [{ actions: [deploy] }] } }\nbindings: [{ role: a, users: [U0ANN] }]\n'
const nobodyMay = 'roles: { a: { allow: [{ actions: [deploy] }] } }\n'

let folder = ''
let path = ''
let source: PolicySource | undefined
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'readback-policy-'))
  path = join(folder, 'roles.yaml')
})
afterEach(async () => {
  await source?.close()
  source = undefined
  await rm(folder, { recursive: true, force: true })
})

/** A source that is looked at by hand: no watcher, a clock that stands still. */
async function open(text: string) {
  await writeFile(path, text)
  const clock = createManualClock()
  const changes: PolicyChange[] = []
  const onChange = (change: PolicyChange) => void changes.push(change)
  let touch: () => void = () => undefined
  const opened = await createPolicySource({
    path,
    clock,
    clusters,
    onChange,
    watch: (_, changed) => {
      touch = changed
      return () => {
        touch = () => undefined
      }
    },
  })
  source = opened
  const annIs = () => decide(opened.current(), order()).verdict
  return { source: opened, clock, changes, annIs, touch: () => touch() }
}

describe('at start', () => {
  test.each([
    ['a file that is not there', async () => undefined, 'file_missing'],
    ['a folder', async () => mkdir(path), 'file_not_a_file'],
    ['an empty file', async () => writeFile(path, ''), 'file_empty'],
    ['a file of 5 MB', async () => writeFile(path, '#'.repeat(5_000_000)), 'file_too_large'],
    ['a file that is no text', async () => writeFile(path, Buffer.from([0xff, 0xfe, 0x00])), 'file_not_text'],
    [
      'a file with a failing case',
      async () => writeFile(path, `${annMay}cases: [{ who: U0ANN, may: deploy, where: test, expect: deny }]`),
      'policy_case_failed',
    ],
  ])('%s ends it', async (_, prepare, code) => {
    await prepare()
    const error: unknown = await createPolicySource({
      path,
      clock: createManualClock(),
      clusters,
      onChange: () => undefined,
    }).catch((reason: unknown) => reason)
    if (!(error instanceof PolicyError)) throw new Error('expected a PolicyError')
    expect(error.problem.problems).toMatchObject([{ code }])
  })
})

describe('while it runs', () => {
  test('a changed file comes into force', async () => {
    const { source, changes, annIs } = await open(annMay)
    expect(annIs()).toBe('allow')
    const before = source.current().digest
    await writeFile(path, nobodyMay)
    await source.check()
    expect(annIs()).toBe('deny')
    expect(changes).toMatchObject([{ kind: 'replaced', before }])
    expect(source.state().kind).toBe('good')
  })

  test.each([
    ['cannot be parsed', async () => writeFile(path, 'roles: {'), 'file_syntax'],
    [
      'fails its own case',
      async () => writeFile(path, `${nobodyMay}cases: [{ who: U0ANN, may: deploy, where: test, expect: allow }]`),
      'policy_case_failed',
    ],
    ['is deleted', async () => rm(path), 'file_missing'],
    ['is emptied', async () => writeFile(path, ''), 'file_empty'],
    ['becomes a folder', async () => rm(path).then(async () => mkdir(path)), 'file_not_a_file'],
    ['grows to 5 MB', async () => writeFile(path, `${nobodyMay}${'#'.repeat(5_000_000)}`), 'file_too_large'],
    ['loses its folder', async () => rm(folder, { recursive: true }), 'file_missing'],
  ])('a file that %s leaves the last good one in force, and says so once', async (_, damage, code) => {
    const { source, clock, changes, annIs } = await open(annMay)
    await clock.advance(5000)
    await damage()
    await source.check()
    await source.check()
    expect(annIs()).toBe('allow')
    expect(source.state()).toMatchObject({ kind: 'stale', since: clock.now(), problems: [{ code }] })
    expect(changes).toMatchObject([{ kind: 'kept', problems: [{ code }] }])
  })

  test('a file mended to what is in force is good again', async () => {
    const { source, changes } = await open(annMay)
    await writeFile(path, 'roles: {')
    await source.check()
    await writeFile(path, annMay)
    await source.check()
    expect(changes.map(({ kind }) => kind)).toEqual(['kept', 'restored'])
    expect(source.state().kind).toBe('good')
  })

  test('another mistake is told again, and the time of the first one stands', async () => {
    const { source, clock, changes } = await open(annMay)
    await writeFile(path, 'roles: {')
    await source.check()
    const { since } = source.state()
    await clock.advance(1000)
    await writeFile(path, '')
    await source.check()
    expect(changes).toHaveLength(2)
    expect(source.state().since).toBe(since)
  })

  test('many touches within a moment make one reading, once it is still', async () => {
    const { clock, touch } = await open(annMay)
    const looking = clock.pending()
    touch()
    touch()
    expect(clock.pending()).toBe(looking + 1)
    await clock.advance(150)
    touch()
    await clock.advance(150)
    expect(clock.pending()).toBe(looking + 1)
    await clock.advance(50)
    expect(clock.pending()).toBe(looking)
  })

  test('a change that nothing tells of is found when the file is looked at anyway', async () => {
    await writeFile(path, annMay)
    const clock = createManualClock()
    let tell: (change: PolicyChange) => void = () => undefined
    const change = new Promise<PolicyChange>((resolve) => {
      tell = resolve
    })
    source = await createPolicySource({
      path,
      clock,
      clusters,
      onChange: (next) => tell(next),
      watch: () => () => undefined,
    })
    await writeFile(path, nobodyMay)
    await clock.advance(10_000)
    expect((await change).kind).toBe('replaced')
  })

  test('close leaves no timer behind', async () => {
    const { source, clock, touch } = await open(annMay)
    touch()
    await source.close()
    expect(clock.pending()).toBe(0)
  })
})

describe('on a real file system', () => {
  /** A source in being, and the first change that it tells of. */
  async function watched() {
    let tell: (change: PolicyChange) => void = () => undefined
    const change = new Promise<PolicyChange>((resolve) => {
      tell = resolve
    })
    source = await createPolicySource({ path, clock: systemClock, clusters, onChange: (next) => tell(next) })
    return { change }
  }

  test('an edited file is noticed', async () => {
    await writeFile(path, annMay)
    const { change } = await watched()
    await writeFile(path, nobodyMay)
    expect((await change).kind).toBe('replaced')
  })

  test('a ConfigMap that is swapped by its link is noticed', async () => {
    const version = async (name: string, text: string) => {
      await mkdir(join(folder, name))
      await writeFile(join(folder, name, 'roles.yaml'), text)
    }
    await version('..1', annMay)
    await symlink('..1', join(folder, '..data'))
    await symlink(join('..data', 'roles.yaml'), path)
    const { change } = await watched()
    await version('..2', nobodyMay)
    await symlink('..2', join(folder, '..data_tmp'))
    await rename(join(folder, '..data_tmp'), join(folder, '..data'))
    expect((await change).kind).toBe('replaced')
  })

  test.each([
    ['deleted', async () => rm(path), 'file_missing'],
    ['emptied', async () => writeFile(path, ''), 'file_empty'],
    ['made a folder', async () => rm(path).then(async () => mkdir(path)), undefined],
    ['made a pipe', async () => rm(path).then(() => execFileSync('mkfifo', [path])), undefined],
    ['made a link to itself', async () => rm(path).then(async () => symlink('roles.yaml', path)), undefined],
  ])(
    'a file that is %s under a running bot is noticed, and the last good one stays in force',
    async (_, damage, code) => {
      await writeFile(path, annMay)
      const { change } = await watched()
      await damage()
      const kept = await change
      expect(kept).toMatchObject({ kind: 'kept', ...(code === undefined ? {} : { problems: [{ code }] }) })
      if (source === undefined) throw new Error('no source')
      expect(decide(source.current(), order()).verdict).toBe('allow')
      // A pipe to which nobody writes is no reason to wait for it.
      await source.close()
    },
  )
})
