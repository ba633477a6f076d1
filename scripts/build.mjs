// src → dist: one file for the bot and all its commands (lazy parts stay lazy inside it), and the sandbox's page as files.
import { readdirSync, statSync, writeFileSync, existsSync, mkdirSync, copyFileSync } from 'node:fs'
import { join } from 'node:path'
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
  return Math.max(...['src', 'commands', 'scripts', 'bin', 'package-lock.json'].map((name) => newest(join(root, name))))
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

export async function buildAll() {
  mkdirSync(join(dist, 'page'), { recursive: true })
  const bundle = join(dist, 'readback.cjs')
  await Promise.all([
    buildBot(bundle).then(() => writeCodeCache(bundle)),
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

// `node scripts/build.mjs FILE [ENTRY]` builds the bot alone, there; tests build it around an entry of their own.
if (process.argv[1] === fileURLToPath(import.meta.url)) {
  if (process.argv[2]) await buildBot(process.argv[2], process.argv[3])
  else await buildAll()
}
