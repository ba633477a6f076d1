// Loads a bundle with the code that V8 compiled for it at build time. Without that file, or with one that this V8 does not
// take (another Node, another flag), everything is compiled as usual: slower and larger, else the same.
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname } from 'node:path'
import { Script } from 'node:vm'

const head = Buffer.from('(function (exports, require, module, __filename, __dirname) {')
const tail = Buffer.from('\n})')

/** The build's own mark on the bundle's last line: V8 only compares lengths, and would run the code of another build. */
export const markOf = (bundle) =>
  /^\/\/ build ([0-9a-f]{16})\s*$/.exec(bundle.subarray(-26).toString('latin1').split('\n').at(-2) ?? '')?.[1]

export const cacheFile = (path, mark) => path.replace(/\.cjs$/, `.${mark}.cache`)

export function compile(path) {
  const bundle = readFileSync(path)
  // ASCII, as esbuild writes it: kept outside the heap, one byte a character.
  const source = Buffer.concat([head, bundle, tail]).latin1Slice()
  const cachedData = cacheOf(path, markOf(bundle))
  const script = new Script(source, { filename: path, ...(cachedData && { cachedData }) })
  return { script, run: () => script.runInThisContext()({}, createRequire(path), { exports: {} }, path, dirname(path)) }
}

function cacheOf(path, mark) {
  try {
    return mark === undefined ? undefined : readFileSync(cacheFile(path, mark))
  } catch {
    return undefined
  }
}
