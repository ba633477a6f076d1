// Runs a tool of ours (`node scripts/run.mjs vitest run …`), installing first what is missing.
import { spawn } from 'node:child_process'
import { ensureInstalled, root } from './installed.mjs'

ensureInstalled()
const [tool, ...rest] = process.argv.slice(2)
const bin = tool === 'build' ? `${root}scripts/build.mjs` : `${root}node_modules/${tool}/${tool}.mjs`
const child = spawn(process.execPath, [bin, ...rest], { cwd: root, stdio: 'inherit' })
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal))
child.on('exit', (code, signal) => process.exit(signal ? 1 : (code ?? 1)))
