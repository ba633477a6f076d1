#!/usr/bin/env node
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { compile } from './bundle.mjs'

const bundle = fileURLToPath(new URL('../dist/readback.cjs', import.meta.url))
if (!existsSync(bundle)) {
  console.error('Readback is not built yet: npm run build')
  process.exit(2)
}
compile(bundle).run()
