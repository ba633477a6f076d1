import { mkdtempSync, rmSync } from 'node:fs'
import { cpus, release, tmpdir, totalmem } from 'node:os'
import { join } from 'node:path'
import type { Bench, Measure } from './row.ts'
import { rows } from './rows.ts'
import { table } from './table.ts'

/** Runs the rows that are named, or all, one after another, and prints one table. Returns the exit code: figures are told, not judged. */
export async function bench({
  root,
  words,
}: {
  readonly root: string
  readonly words: readonly string[]
}): Promise<number> {
  const unknown = words.filter((word) => rows.every(({ name }) => name !== word))
  if (unknown.length > 0) {
    const known = rows.map(({ name, about }) => `  ${name.padEnd(10)} ${about}`).join('\n')
    console.error(`no row called ${unknown.join(', ')}; there are\n${known}`)
    return 2
  }
  const folder = mkdtempSync(join(tmpdir(), 'readback-bench-'))
  const begun = performance.now()
  const parts: Bench = {
    root,
    folder,
    count: (name, usual) => Number(process.env[`BENCH_${name}`] ?? usual),
    say: (what) => console.error(`  ${((performance.now() - begun) / 1000).toFixed(0).padStart(3)} s  ${what}`),
  }
  const measures: Measure[] = []
  let broken = 0
  try {
    for (const row of rows.filter(({ name }) => words.length === 0 || words.includes(name))) {
      parts.say(`${row.name}: ${row.about}`)
      try {
        measures.push(...(await row.run(parts)))
      } catch (error) {
        broken += 1
        console.error(error)
        measures.push({ what: row.name, ours: '', against: '', note: `broke: ${String(error)}` })
      }
    }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
  const [cpu] = cpus()
  console.log(`\n${table(measures)}\n`)
  console.log(
    `Node ${process.version}, ${process.platform} ${release()}, ${cpus().length} × ${cpu?.model ?? 'unknown processor'}, ` +
      `${(totalmem() / 2 ** 30).toFixed(0)} GiB; ${((performance.now() - begun) / 1000).toFixed(0)} s. ` +
      'Each pair was measured in turns within this run; a ratio is the middle of those of its rounds, p99 is over all samples.',
  )
  return broken === 0 ? 0 : 1
}
