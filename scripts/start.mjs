// `npm start`: installs what is missing, builds what is stale, and starts: the sandbox, or the bot where Slack's tokens are set.
import { ensureInstalled } from './installed.mjs'

ensureInstalled()
const { buildAll, isFresh } = await import('./build.mjs')
if (!isFresh()) {
  await buildAll()
  // The builder's service is a process of several hundred megabytes that would stay as long as this one.
  await (await import('esbuild')).stop()
}
process.argv.splice(2, 0, 'npm-start')
await import('../bin/readback.mjs')
