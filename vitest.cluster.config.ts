import { defineConfig } from 'vitest/config'

/** The contract suites and the whole path against real clusters: needs KUBECONFIG with contexts `test` and `prod`. */
export default defineConfig({
  test: {
    include: ['test/**/*.cluster.test.ts'],
    testTimeout: 120_000,
    hookTimeout: 60_000,
    fileParallelism: false,
  },
})
