import { createHash } from 'node:crypto'
import { closeSync, createReadStream, fdatasync, openSync, statSync, writeSync } from 'node:fs'
import { mkdtempSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { AuditEntry } from '../../src/audit/audit.ts'
import type { Disk } from '../../src/disk/durable-file.ts'
import { realDisk } from '../../src/disk/durable-file.ts'
import { openFileTrail } from '../../src/audit/file-trail.ts'
import { verifyChain } from '../../src/audit/verify.ts'
import { readChunks } from '../../src/disk/byte-lines.ts'
import { systemClock } from '../../src/time/clock.ts'
import { median, pairedRatio, rounds, timed } from '../numbers.ts'
import type { Row } from '../row.ts'
import { atLeast, atMost, mebibytes, ms, perSecond } from '../row.ts'

const entry: AuditEntry = {
  what: 'command',
  who: 'T0SHOP/U0ANN',
  channel: 'C0SHOP',
  action: 'deploy',
  cluster: 'prod',
  target: 'shop/web (Deployment)',
  details: {
    line: 'deploy prod:shop/web registry.example/shop/web:1.5.0 --reason "fix 1432"',
    rule: 'developer, roles.yaml:9',
  },
}
const sync = promisify(fdatasync)
const writers = 100

export const audit: Row = {
  name: 'audit',
  about: 'append with 1 and 100 writers, and verify',
  run: async (bench) => {
    const folder = mkdtempSync(join(bench.folder, 'audit-'))
    const path = join(folder, 'audit.jsonl')
    let flushed = 0
    const disk: Disk = {
      ...realDisk,
      sync: (fd) => {
        flushed += 1
        return realDisk.sync(fd)
      },
    }
    const { trail } = await openFileTrail({ path, clock: systemClock, disk })
    const plain = openSync(join(folder, 'plain'), 'a')
    const line = Buffer.from(`${JSON.stringify(entry).padEnd(456)}\n`)
    const flush = async (): Promise<void> => {
      writeSync(plain, line)
      await sync(plain)
    }
    const each = (count: number, work: () => Promise<unknown>) => async (): Promise<number> => {
      const taken = await timed(async () => {
        for (let at = 0; at < count; at += 1) await work()
      })
      return taken / count
    }
    const crowd = async (): Promise<number> => {
      const records = bench.count('RECORDS', 20_000)
      const taken = await timed(() =>
        Promise.all(
          Array.from({ length: writers }, async () => {
            for (let at = 0; at < records / writers; at += 1) await trail.record(entry)
          }),
        ),
      )
      return records / (taken / 1000)
    }
    await crowd()
    const [one = [], bare = []] = await rounds(15, [each(100, () => trail.record(entry)), each(100, flush)])
    const before = { flushed, records: trail.head().count }
    const [many = [], flushes = []] = await rounds(9, [crowd, async () => 1000 / (await each(200, flush)())])
    const single = pairedRatio(one, bare)
    const together = (trail.head().count - before.records) / (flushed - before.flushed)

    while (statSync(path).size < bench.count('VERIFY_MIB', 96) * 1_048_576) await crowd()
    await trail.close()
    closeSync(plain)
    const { size } = statSync(path)
    const [walks = [], hashes = []] = await rounds(5, [
      () =>
        timed(async () => {
          const found = await verifyChain(readChunks(path))
          if (!found.ok) throw new Error(`the trail does not verify: ${found.why}`)
        }),
      () =>
        timed(async () => {
          const hash = createHash('sha256')
          for await (const chunk of createReadStream(path, { highWaterMark: 1_048_576 })) hash.update(chunk)
          return hash.digest('hex')
        }),
    ])
    const speed = pairedRatio(hashes, walks)
    const speedOf = (taken: readonly number[]): string => `${mebibytes(size / (median(taken) / 1000))}/s`
    return [
      {
        what: 'audit append, 1 writer',
        ours: ms(median(one)),
        against: `write and fdatasync ${ms(median(bare))}`,
        ratio: single,
        reach: atMost(1.3, single),
      },
      {
        what: `audit append, ${writers} writers`,
        ours: `${perSecond(median(many))}, ${together.toFixed(0)} a flush`,
        against: `fdatasyncs of the disk ${perSecond(median(flushes))}`,
        ratio: pairedRatio(many, flushes),
        reach: atLeast(50, together, 'records a flush'),
      },
      {
        what: `audit verify, ${mebibytes(size)}`,
        ours: speedOf(walks),
        against: `SHA-256 of the file ${speedOf(hashes)}`,
        ratio: speed,
        reach: atLeast(0.3, speed),
      },
    ]
  },
}
