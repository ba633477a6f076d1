import { defineConfig } from 'vitest/config'

/** The sandbox's page in a real browser, driven through playwright-core; skipped with a plain word where there is none. */
export default defineConfig({
  test: {
    include: ['test/**/*.browser.test.ts'],
    testTimeout: 120_000,
    hookTimeout: 60_000,
    fileParallelism: false,
  },
})
