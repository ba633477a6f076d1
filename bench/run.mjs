// `npm run bench [-- ROW…]`: bundles the rows and runs them. Plain Node, like everything that builds.
import { mkdirSync } from 'node:fs'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { build } from 'esbuild'

const root = fileURLToPath(new URL('..', import.meta.url))
const outfile = `${root}dist/bench/bench.mjs`
mkdirSync(`${root}dist/bench`, { recursive: true })
await build({
  entryPoints: [`${root}bench/bench.ts`],
  outfile,
  bundle: true,
  packages: 'external',
  platform: 'node',
  target: 'node20.19',
  format: 'esm',
  sourcemap: 'inline',
  logLevel: 'warning',
})
const { bench } = await import(pathToFileURL(outfile).href)
process.exitCode = await bench({ root, words: process.argv.slice(2) })
