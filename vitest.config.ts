import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    exclude: ['test/**/*.cluster.test.ts', 'test/**/*.browser.test.ts', 'test/**/*.crash.test.ts'],
    testTimeout: 60_000,
    reporters: ['default'],
  },
})
