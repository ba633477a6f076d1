import { run } from './run.ts'

// Whoever reads our output may have enough of it: `readback audit export | head`.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  process.exit(error.code === 'EPIPE' ? 0 : 2)
})

async function main(): Promise<void> {
  try {
    const code = await run(process.argv.slice(2))
    if (code !== undefined) process.exitCode = code
    // Whatever a part that could not be closed still holds must not keep the process alive.
    if (code === 2) process.exit()
  } catch (error) {
    console.error(error)
    process.exit(2)
  }
}

void main()
