import { availableParallelism } from 'node:os'
import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    exclude: ['test/**/*.cluster.test.ts', 'test/**/*.browser.test.ts', 'test/**/*.crash.test.ts'],
    testTimeout: 60_000,
    // No module has state and none is mocked, so files share their imports; most of the time is waiting, so two of them run on each core.
    isolate: false,
    maxWorkers: 2 * availableParallelism(),
    reporters: ['default'],
  },
})
