/** A readback.yaml to begin with, shown where there is none. */
export const exampleConfig = `clusters:
  test: { context: test, environment: test }
  prod: { context: prod, environment: production }
channels:
  C0OPS: { approvals: true }
`
