// Lets the built bot start and answer once, against the sandbox's chat, and keeps what V8 compiled meanwhile.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { appendFileSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { build } from 'esbuild'
import { cacheFile, compile } from '../bin/bundle.mjs'
import { root } from './installed.mjs'

const patienceMs = 30_000

/** A process of its own does the rehearsal. Where that fails the bot starts without a cache, only slower. */
export function writeCodeCache(bundle) {
  const name = basename(bundle, '.cjs')
  for (const old of readdirSync(dirname(bundle)))
    if (old.startsWith(`${name}.`) && old.endsWith('.cache')) rmSync(join(dirname(bundle), old))
  const mark = createHash('sha256').update(readFileSync(bundle)).digest('hex').slice(0, 16)
  appendFileSync(bundle, `\n// build ${mark}\n`)
  const rehearsal = spawnSync(process.execPath, [fileURLToPath(import.meta.url), bundle, cacheFile(bundle, mark)], {
    stdio: ['ignore', 'ignore', 'pipe'],
    timeout: patienceMs,
    encoding: 'utf8',
  })
  if (rehearsal.status !== 0) console.error(`No code cache, so starts take longer:\n${rehearsal.stderr}`)
}

async function rehearse(bundle, cache) {
  const folder = mkdtempSync(join(tmpdir(), 'readback-rehearsal-'))
  try {
    const { openStage } = await stageIn(folder)
    const stage = await openStage(folder)
    for (const name of Object.keys(process.env))
      if (/^(READBACK|SLACK|DATABASE|ALERTS|HTTPS?_PROXY)/i.test(name)) delete process.env[name]
    Object.assign(process.env, stage.environment)
    process.argv.splice(1, Infinity, bundle, 'start')
    const { script, run } = compile(bundle)
    run()
    await stage.play()
    writeFileSync(cache, script.createCachedData())
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
  process.exit(0)
}

/** The sandbox's chat is TypeScript: bundled for this one use. */
async function stageIn(folder) {
  const outfile = join(folder, 'stage.mjs')
  await build({
    entryPoints: [join(root, 'src/sandbox/stage.ts')],
    outfile,
    bundle: true,
    platform: 'node',
    target: 'node20.19',
    format: 'esm',
    banner: { js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);" },
    logLevel: 'error',
  })
  return import(pathToFileURL(outfile).href)
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await rehearse(process.argv[2], process.argv[3])
