export type Language = 'en' | 'zh'

/** The readback.yaml of the trial. */
export const readbackYamlIn = (language: Language): string => `language: ${language}
clusters:
  test: { context: test, environment: test }
  prod: { context: prod, environment: production }
groups: { everywhere: [test, prod] }
channels:
  C0SHOP: { cluster: test, namespace: shop }
  C0OPS: { approvals: true }
  C0AUDIT: { audit: true }
`

export const readbackYaml = readbackYamlIn('en')

/** The trial's policy: the shipped one's shape, with this company's people. */
export const rolesYaml = `# Who may do what, where. Default deny. Ids, never names.
roles:
  viewer: { allow: [{ actions: [status, logs, metrics, events, history, clusters] }] }
  developer:
    includes: [viewer]
    allow:
      - { actions: [deploy, rollback, restart, pause, resume], environments: [test] }
      - { actions: [scale], environments: [test], replicas: { max: 10 } }
      - { actions: [deploy, rollback], clusters: [prod], namespaces: [shop], images: ["registry.example/shop/*"], approval: prod-change }
  sre: { includes: [developer], allow: [{ actions: ["*"] }] }
bindings:
  - { role: viewer, users: [U0VERA] }
  - { role: developer, groups: [S0DEVS] }
  - { role: sre, groups: [S0SRE] }
approvals:
  prod-change: { require: [{ role: sre, count: 1 }], expires: 30m }
guards:
  - { actions: [deploy, scale, rollback, restart, pause, resume], namespaces: [kube-system], deny: "platform namespace: use the platform repository" }
cases:
  - { who: { role: developer }, may: deploy, where: "test:shop/web", expect: allow }
  - { who: { role: developer }, may: deploy, where: "prod:shop/web", expect: { approval: prod-change } }
  - { who: { role: viewer }, may: deploy, where: "test:shop/web", expect: deny }
`

/** readback.yaml over clusters of the visitor's own; JSON is YAML. */
export const ownReadbackYaml = (
  clusters: readonly { readonly name: string; readonly environment: string }[],
  language: Language,
): string =>
  JSON.stringify({
    language,
    clusters: Object.fromEntries(clusters.map(({ name, environment }) => [name, { context: name, environment }])),
    groups: { everywhere: clusters.map(({ name }) => name) },
    channels: {
      // With one cluster there is nothing to choose.
      ...(clusters.length === 1 ? { C0SHOP: { cluster: clusters[0]?.name } } : {}),
      C0OPS: { approvals: true },
      C0AUDIT: { audit: true },
    },
  })

/** Over the visitor's own clusters everybody of the team may order everything; production asks back, and the gate is shut. */
export const ownRolesYaml = `roles:
  viewer: { allow: [{ actions: [status, logs, metrics, events, history, clusters] }] }
  sre: { includes: [viewer], allow: [{ actions: ["*"] }] }
bindings:
  - { role: viewer, users: [U0VERA] }
  - { role: sre, groups: [S0DEVS, S0SRE] }
guards:
  - { actions: [deploy, scale, rollback, restart, pause, resume], namespaces: [kube-system], deny: "platform namespace: not from a trial" }
`
