// src → dist: one file for the bot and all its commands (lazy parts stay lazy inside it), and the sandbox's page as files.
import { readdirSync, statSync, writeFileSync, existsSync, mkdirSync, copyFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { basename, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import { root } from './installed.mjs'
import { writeCodeCache } from './code-cache.mjs'
import { lean } from './lean.mjs'

const dist = join(root, 'dist')
const page = join(root, 'src/sandbox/page')

/** When anything that the build reads was last changed. */
export function sourcesChangedAt() {
  const newest = (path) => {
    const found = statSync(path)
    if (!found.isDirectory()) return found.mtimeMs
    return Math.max(found.mtimeMs, ...readdirSync(path).map((name) => newest(join(path, name))))
  }
  return Math.max(
    ...['src', 'assets', 'commands', 'scripts', 'bin', 'package-lock.json'].map((name) => newest(join(root, name))),
  )
}

export const isFresh = () => {
  const stamp = join(dist, 'built')
  return existsSync(stamp) && statSync(stamp).mtimeMs >= sourcesChangedAt()
}

/** The bot and all its commands as one file. */
export const buildBot = (outfile, entry = 'src/cli/readback.ts') =>
  build({
    entryPoints: [join(root, entry)],
    outfile,
    bundle: true,
    platform: 'node',
    target: 'node20.19',
    format: 'cjs',
    // Names stay: in stack traces and of errors. Kept by esbuild's keepNames they would cost a call for each closure made.
    minifyWhitespace: true,
    minifySyntax: true,
    sourcemap: 'linked',
    logLevel: 'warning',
    // Optional parts of libraries that are not installed and never used.
    external: ['pg-native', 'bufferutil', 'utf-8-validate'],
    // A script loaded with a code cache cannot import(); what is imported when needed lies in this file anyway.
    supported: { 'dynamic-import': false },
    plugins: lean,
    define: { 'import.meta.url': '__bundleUrl' },
    banner: { js: "const __bundleUrl = require('node:url').pathToFileURL(__filename).href;" },
  })

/** Charts are painted in a process of their own: one more file, with its wasm and its font beside it. */
export async function buildPainter(outfile) {
  await build({
    entryPoints: [join(root, 'src/metrics/drawing/painter.ts')],
    outfile,
    bundle: true,
    platform: 'node',
    target: 'node20.19',
    format: 'cjs',
    minify: true,
    logLevel: 'warning',
    define: { 'import.meta.url': '__bundleUrl' },
    banner: { js: "const __bundleUrl = require('node:url').pathToFileURL(__filename).href;" },
  })
  const wasm = createRequire(import.meta.url).resolve('@resvg/resvg-wasm/index_bg.wasm')
  copyFileSync(wasm, join(dirname(outfile), 'painter.wasm'))
  copyFileSync(join(root, 'assets/fonts/chart.ttf'), join(dirname(outfile), 'chart.ttf'))
}

export async function buildAll() {
  mkdirSync(join(dist, 'page'), { recursive: true })
  const bundle = join(dist, 'readback.cjs')
  await Promise.all([
    buildBot(bundle).then(() => writeCodeCache(bundle)),
    buildPainter(join(dist, 'painter.cjs')),
    ...(existsSync(join(page, 'app/main.tsx'))
      ? [
          build({
            entryPoints: [join(page, 'app/main.tsx')],
            outdir: join(dist, 'page'),
            bundle: true,
            platform: 'browser',
            target: 'es2022',
            format: 'esm',
            minify: true,
            jsx: 'automatic',
            jsxImportSource: 'preact',
            logLevel: 'warning',
          }),
        ]
      : []),
  ])
  for (const name of existsSync(join(page, 'static')) ? readdirSync(join(page, 'static')) : []) {
    copyFileSync(join(page, 'static', name), join(dist, 'page', name))
  }
  writeFileSync(join(dist, 'built'), '')
}

// `node scripts/build.mjs FILE [ENTRY]` builds the bot alone, there; tests build it around an entry of their own. A FILE named `painter.cjs` is
// the painter of charts, with what it needs beside it.
if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [file, entry] = process.argv.slice(2)
  if (file === undefined) await buildAll()
  else if (basename(file) === 'painter.cjs') await buildPainter(file)
  else await buildBot(file, entry)
}
