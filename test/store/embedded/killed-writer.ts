/** Commits and records in a loop and prints what was acknowledged, until killed. */
import { writeSync } from 'node:fs'
import { join } from 'node:path'
import { openFileTrail } from '../../../src/audit/file-trail.ts'
import { systemClock } from '../../../src/time/clock.ts'
import { openEmbeddedStore } from '../../../src/store/embedded/embedded-store.ts'
import type { Collection } from '../../../src/store/store.ts'
import { put } from '../../../src/store/store.ts'

const texts: Collection<string> = { name: 'texts', parse: String }
const [folder = '', run = ''] = process.argv.slice(2)
const { store } = await openEmbeddedStore({ folder, clock: systemClock, compactAt: 20_000 })
const { trail } = await openFileTrail({ path: join(folder, 'audit.jsonl'), clock: systemClock })
const say = (line: string) => writeSync(1, `${line}\n`)
say('ready')

async function writer(name: number): Promise<never> {
  for (let index = 0; ; index += 1) {
    const id = `${run}-${name}-${index}`
    const changes = [`${id}-a`, `${id}-b`].map((id) =>
      put(texts, { id, value: 'x'.repeat(index % 300), expect: 'absent' }),
    )
    const { ok } = await store.commit(changes)
    if (ok) say(`commit ${id}`)
    const { count, hash } = await trail.record({ what: 'intent', who: 'readback', target: id })
    say(`record ${count}:${hash}`)
  }
}

await Promise.all([0, 1, 2, 3, 4].map(writer))
