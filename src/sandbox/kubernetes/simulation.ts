import type { Clock } from '../../time/clock.ts'
import type { JsonObject } from '../../json.ts'
import type { Webhook } from './admission.ts'
import type { Tokens } from './authentication.ts'
import type { Fault } from './faults.ts'
import type { JournalEntry } from './request-journal.ts'
import type { CustomResource } from './resources.ts'
import type { Seed } from './seed.ts'
import type { User } from './user.ts'
import type { Change } from './watch-history.ts'
import type { AddressInfo } from 'node:net'
import { createAdmission } from './admission.ts'
import { authenticate, createTokens } from './authentication.ts'
import { createControllers } from './controllers/controllers.ts'
import { createDirectAccess, type DirectAccess } from './direct-access.ts'
import { createEventRecorder } from './events.ts'
import { createFaults } from './faults.ts'
import { createHandler } from './handler.ts'
import { createLogBook } from './log-book.ts'
import { createObjectStore } from './object-store.ts'
import { createOpenStreams } from './open-stream.ts'
import { createRandom } from './random.ts'
import { createAuthorizer } from './rbac.ts'
import { createRequestJournal } from './request-journal.ts'
import { createResources, usualCustomResources } from './resources.ts'
import { nodeManifest, plant } from './seed.ts'
import { createApiServer } from './server.ts'
import { serverVersion } from './server-version.ts'
import { createWire } from './wire.ts'
import { createWrites } from './writes.ts'

export interface SimulationOptions {
  readonly clock: Clock
  readonly name: string
  /** Manifests; nodes `node-1` to `node-3` are added when there is none. */
  readonly seed?: Seed
  /** Bearer tokens; `admin` (system:masters) alone when absent. */
  readonly tokens?: Readonly<Record<string, User>>
  /** Who comes without a token; `system:anonymous` when absent. kubectl sends no credentials over plain HTTP. */
  readonly withoutToken?: User
  /** `v1.24.17` and later; v1.37.2 when absent. */
  readonly version?: string
  readonly customResources?: readonly CustomResource[]
  /** Changes of each kind that a watch may resume from; 1,000 when absent. */
  readonly historyLimit?: number
  readonly eventLimit?: number
  /** `kubelab/log-file` shows any file that this process can read: only for benchmarks and tests. */
  readonly logFiles?: 'allowed'
}

export interface KubernetesSimulation extends DirectAccess {
  readonly name: string
  readonly version: string
  /** Listens on 127.0.0.1; port 0 takes a free one. */
  listen(port?: number): Promise<{ readonly url: string; close(): Promise<void> }>
  /** Stops every controller and timer. */
  close(): Promise<void>
  readonly tokens: Tokens
  /** A kubeconfig for one token, as JSON (which is YAML). */
  kubeconfig(url: string, token: string): string
  onChange(listener: (change: Change) => void): () => void
  /** The last requests with whose credential and as whom they came. */
  requests(): readonly JournalEntry[]
  readonly faults: {
    add(fault: Fault): () => void
    clear(): void
    addWebhook(webhook: Webhook): () => void
    cutStreams(how: 'clean' | 'torn'): void
    freezeStreams(): void
    thawStreams(): void
    /** As a proxy that drops quiet connections; undefined takes it away. */
    setStreamIdleLimit(ms: number | undefined): void
    /** Watches that resume get 410, continue tokens too. */
    expireHistory(): void
    /** The port refuses connections, and those that are open die. */
    goDown(): Promise<void>
    comeBack(): Promise<void>
  }
  openStreams(): number
}

/** One simulated cluster: the API, the controllers and the nodes, all on the clock that is passed in. */
export function createKubernetesSimulation(options: SimulationOptions): KubernetesSimulation {
  const { clock, name } = options
  const version = serverVersion(options.version)
  const random = createRandom(name)
  const resources = createResources(options.customResources ?? usualCustomResources)
  const store = createObjectStore({ historyLimit: options.historyLimit ?? 1000 })
  const admission = createAdmission({ store, resources })
  const writes = createWrites({ clock, random, store, resources, admission, version })
  const event = createEventRecorder({ clock, random, store, resources, limit: options.eventLimit ?? 1000 })
  const logs = createLogBook()
  const tokens = createTokens(
    options.tokens ?? { admin: { name: 'kubernetes-admin', groups: ['system:masters'] } },
    options.withoutToken,
  )
  const authorize = createAuthorizer({ store, resources })
  const faults = createFaults()
  const streams = createOpenStreams(clock)
  const journal = createRequestJournal(500)
  const controllers = createControllers({ clock, store, writes, resources, event, version, logs })
  let oldestContinue = 0

  const namespaces = resources.of('v1', 'Namespace')
  const has = (namespace: string) => store.get(namespaces, '', namespace) !== undefined
  const seed = options.seed ?? []
  const nodes = seed.some((manifest) => manifest['kind'] === 'Node')
    ? []
    : ['node-1', 'node-2', 'node-3'].map((node) => nodeManifest(node, { version: version.git }))
  const system: readonly JsonObject[] = ['default', 'kube-system', 'kube-public', 'kube-node-lease'].map((space) => ({
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: { name: space },
  }))
  plant(
    [
      ...system.filter(
        (space) =>
          !seed.some(
            (one) =>
              one['kind'] === 'Namespace' && JSON.stringify(one['metadata']) === JSON.stringify(space['metadata']),
          ),
      ),
      ...nodes,
      ...seed,
    ],
    { writes, resources, has },
  )

  const handle = createHandler({
    clock,
    store,
    writes,
    resources,
    wire: createWire(version),
    version,
    logs,
    authorize,
    logFiles: options.logFiles ?? 'refused',
    oldestContinue: () => oldestContinue,
  })
  const makeServer = () =>
    createApiServer({
      clock,
      faults,
      streams,
      journal,
      uid: () => random.uid(),
      authenticate: (request) => authenticate(request, tokens, authorize),
      handle,
    })
  let server: ReturnType<typeof makeServer> | undefined
  let port = 0

  const open = (wanted: number) =>
    new Promise<void>((resolve, reject) => {
      const fresh = makeServer()
      fresh.once('error', reject)
      fresh.listen(wanted, '127.0.0.1', () => {
        const address: AddressInfo | string | null = fresh.address()
        port = typeof address === 'object' && address !== null ? address.port : wanted
        server = fresh
        resolve()
      })
    })
  const shut = () =>
    new Promise<void>((resolve) => {
      const closing = server
      server = undefined
      if (closing === undefined) return resolve()
      closing.close(() => resolve())
      closing.closeAllConnections()
    })

  return {
    ...createDirectAccess({ clock, store, writes, resources, controllers, logs }),
    name,
    version: version.git,
    listen: async (wanted = 0) => {
      await open(wanted)
      return { url: `http://127.0.0.1:${port}`, close: shut }
    },
    close: async () => {
      controllers.stop()
      await shut()
    },
    tokens,
    kubeconfig: (url, token) =>
      JSON.stringify({
        apiVersion: 'v1',
        kind: 'Config',
        clusters: [{ name, cluster: { server: url } }],
        users: [{ name, user: { token } }],
        contexts: [{ name, context: { cluster: name, user: name } }],
        'current-context': name,
      }),
    onChange: (listener) => store.subscribe(listener),
    requests: () => journal.entries(),
    faults: {
      add: (fault) => faults.add(fault),
      clear: () => faults.clear(),
      addWebhook: (webhook) => admission.addWebhook(webhook),
      cutStreams: (how) => streams.cut(how),
      freezeStreams: () => streams.freeze(),
      thawStreams: () => streams.thaw(),
      setStreamIdleLimit: (ms) => streams.setIdleLimit(ms),
      expireHistory: () => {
        store.forgetHistory()
        oldestContinue = store.version() + 1
      },
      goDown: shut,
      comeBack: () => open(port),
    },
    openStreams: () => streams.count(),
  }
}
