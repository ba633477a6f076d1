import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { build } from 'esbuild'
import { beforeAll, expect, test } from 'vitest'
import { openFileTrail } from '../../../src/audit/file-trail.ts'
import { parseHead } from '../../../src/audit/chain.ts'
import { verifyChain } from '../../../src/audit/verify.ts'
import { systemClock } from '../../../src/time/clock.ts'
import { openEmbeddedStore } from '../../../src/store/embedded/embedded-store.ts'
import type { Collection } from '../../../src/store/store.ts'
import { temporaryFolder } from '../../support/temporary-folder.ts'

const texts: Collection<string> = { name: 'texts', parse: String }
/** More by `READBACK_KILLS=500 npx vitest run test/store/embedded/killed.test.ts`. */
const kills = Number(process.env['READBACK_KILLS'] ?? 20)

let script: string
beforeAll(async () => {
  const { outputFiles } = await build({
    entryPoints: [join(import.meta.dirname, 'killed-writer.ts')],
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    write: false,
  })
  script = outputFiles[0]?.text ?? ''
})

/** Runs the writer and kills it in the middle of `lines` acknowledgements; answers all that it acknowledged. */
async function runAndKill(folder: string, run: number): Promise<readonly string[]> {
  const child = spawn(process.execPath, ['--input-type=module', '-', folder, String(run)], {
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  child.stdin.end(script)
  const said: string[] = []
  const enough = 20 + ((run * 37) % 250)
  const lines = createInterface({ input: child.stdout })
  lines.on('line', (line) => {
    said.push(line)
    if (said.length === enough) child.kill('SIGKILL')
  })
  await new Promise((resolve) => lines.on('close', resolve))
  return said
}

test(
  `killed ${kills} times while writing, nothing acknowledged is missing, no commit is there by half, and the audit chain holds`,
  async () => {
    const folder = temporaryFolder()
    const commits: string[] = []
    let head = parseHead(`0:${'0'.repeat(64)}`)
    for (let run = 0; run < kills; run += 1) {
      for (const line of await runAndKill(folder, run)) {
        const [kind, value = ''] = line.split(' ')
        if (kind === 'commit') commits.push(value)
        const said = kind === 'record' ? parseHead(value) : undefined
        if (said !== undefined && said.count > (head?.count ?? 0)) head = said
      }
    }
    expect(commits.length).toBeGreaterThan(kills * 5)
    const { store, findings } = await openEmbeddedStore({ folder, clock: systemClock })
    expect(findings).toContainEqual({ code: 'store_lock_taken_over', pid: expect.any(Number) })
    const found = new Map((await store.list(texts, { limit: 1_000_000 })).map(({ id, version }) => [id, version]))
    expect(commits.filter((id) => !found.has(`${id}-a`))).toEqual([])
    const halves = [...found.keys()].filter(
      (id) => !found.has(id.endsWith('-a') ? id.replace(/a$/, 'b') : id.replace(/b$/, 'a')),
    )
    expect(halves).toEqual([])
    expect([...found.values()].every((version) => version === 1)).toBe(true)
    const { trail } = await openFileTrail({ path: join(folder, 'audit.jsonl'), clock: systemClock })
    expect(await verifyChain(trail.read(), head)).toMatchObject({ ok: true })
    await trail.close()
    await store.close()
  },
  30_000 + kills * 3_000,
)
