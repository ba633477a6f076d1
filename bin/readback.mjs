#!/usr/bin/env node
import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { fileURLToPath } from 'node:url'

const bundle = fileURLToPath(new URL('../dist/readback.cjs', import.meta.url))
if (!existsSync(bundle)) {
  console.error('Readback is not built yet: npm run build')
  process.exit(2)
}
createRequire(import.meta.url)(bundle)
