import { defineConfig } from 'vitest/config'

/**
 * Processes that die at any instant. READBACK_CRASH_POINTS and READBACK_KILLS say how many times, READBACK_STORM_SECONDS and READBACK_STORM_KILLS how long two
 * replicas are under orders and how many die meanwhile, READBACK_CRASH_SEED which instants; DATABASE_URL adds PostgreSQL.
 */
export default defineConfig({
  test: {
    include: ['test/crash/**/*.crash.test.ts'],
    testTimeout: 7_200_000,
    hookTimeout: 60_000,
    fileParallelism: false,
  },
})
