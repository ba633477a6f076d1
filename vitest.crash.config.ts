import { defineConfig } from 'vitest/config'

/** Processes that die at any instant. READBACK_CRASH_POINTS and READBACK_KILLS say how many times; DATABASE_URL adds PostgreSQL. */
export default defineConfig({
  test: {
    include: ['test/crash/**/*.crash.test.ts'],
    testTimeout: 7_200_000,
    hookTimeout: 60_000,
    fileParallelism: false,
  },
})
