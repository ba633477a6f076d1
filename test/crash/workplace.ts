import { onTestFinished } from 'vitest'
import { systemClock } from '../../src/time/clock.ts'
import { operationAnnotation } from '../../src/plans/bookkeeping.ts'
import { readbackYaml } from '../../src/sandbox/company/files.ts'
import type { JournalEntry } from '../../src/sandbox/kubernetes/request-journal.ts'
import type { MessageRef } from '../../src/sandbox/slack/driver/clicking.ts'
import type { SlackServer } from '../../src/sandbox/slack/server.ts'
import { anObserver, deploymentNamed, simulatedPair } from '../support/clusters.ts'
import { aWorkspace } from '../support/house.ts'
import { shownText } from '../support/scene.ts'

/** Where orders are typed in a stream: a chat and two clusters that outlive every bot. */
export interface Workplace {
  readonly slack: SlackServer
  readonly channels: readonly string[]
  readonly folder: string
  readonly environment: Readonly<Record<string, string>>
  /** Tags of images of which the chat's client was told that the bot has them. */
  readonly taken: ReadonlySet<string>
  /** Types the next order: a new image for the next workload, now and then in production, where it is confirmed or approved. */
  order(): Promise<void>
  /** Presses every Confirm and every Approve that is to be seen; one that was acknowledged never again, so that a lost one leaves its order waiting. */
  answer(): Promise<void>
  /** What was pressed there, and what came of it; each once. */
  pressesOn(message: MessageRef): readonly string[]
  /** What people were told alone; that is all that comes of an order that is refused. */
  told(): readonly string[]
  /** Operation ids in the order in which an API server stored their patches, dry runs left out. */
  writes(): readonly string[]
}

const workloads = Array.from({ length: 24 }, (_, at) => `w${at}`)
const namespace = 'shop'
const channels = ['C0SHOP', 'C0OPS', 'C0ALERTS'] as const
const lookEveryMs = 100

interface Press extends MessageRef {
  readonly label: string
  readonly came: string
}

/** People by id: after a start in quick succession Slack answers no more questions about groups, and nobody would hold a role. */
const rolesYaml = `roles:
  developer:
    allow:
      - { actions: [deploy], environments: [test] }
      - { actions: [deploy], clusters: [prod], approval: prod-change }
  sre: { allow: [{ actions: ["*"] }] }
bindings:
  - { role: developer, users: [U0ANN] }
  - { role: sre, users: [U0BO] }
approvals:
  prod-change: { require: [{ role: sre, count: 1 }], expires: 30m }
`
/** Who needs an approval in production, and who gives it and confirms what they order there themselves. */
const [developer, sre] = ['U0ANN', 'U0BO'] as const

export async function aWorkplace(
  more: Readonly<Record<string, string>> = {},
  { pace = 'slack' }: { readonly pace?: 'slack' | 'any' } = {},
): Promise<Workplace> {
  const { kubeconfig, test, prod } = await simulatedPair()
  for (const name of ['test', 'prod'] as const) {
    const { core, apps } = anObserver(kubeconfig, name)
    await core.createNamespace({ body: { metadata: { name: namespace } } })
    for (const workload of workloads) {
      await apps.createNamespacedDeployment({ namespace, body: deploymentNamed(workload, { replicas: 1 }) })
    }
  }
  const { slack, folder, environment } = await aWorkspace({
    kubeconfig,
    yaml: readbackYaml,
    roles: rolesYaml,
    ...(pace === 'any' ? { limits: { tiers: { 1: 1e6, 2: 1e6, 3: 1e6, 4: 1e6 }, burst: 1e6, perSecond: 1e6 } } : {}),
  })
  const taken = new Set<string>()
  const presses: Press[] = []
  let typed = 0

  const order = async (): Promise<void> => {
    typed += 1
    const tag = `2.0.${typed}`
    const cluster = typed % 5 === 0 ? 'prod' : 'test'
    const workload = workloads[typed % workloads.length] ?? 'w0'
    const channel = channels[typed % channels.length] ?? 'C0SHOP'
    const line = `/deploy ${workload} ${tag} --cluster ${cluster} --namespace ${namespace}`
    const delivery = await slack.driver.typeCommand(typed % 2 === 0 ? developer : sre, channel, line)
    if (delivery.kind === 'acked') taken.add(tag)
  }

  /** A `ts` is unique within its channel only: cards posted in the same instant carry the same one. */
  const pressesOn = ({ channel, ts }: MessageRef): readonly Press[] =>
    presses.filter((press) => press.channel === channel && press.ts === ts)

  const answer = async (): Promise<void> => {
    for (const channel of channels) {
      for (const { ts, blocks } of slack.driver.messagesIn(channel)) {
        const shown = JSON.stringify(blocks ?? [])
        const label = ['Confirm', 'Approve'].find((one) => shown.includes(`"operation.${one.toLowerCase()}"`))
        if (label === undefined || pressesOn({ channel, ts }).some(({ came }) => came === 'acked')) continue
        const click = await slack.driver.click(sre, { channel, ts }, { label, confirm: 'yes' })
        presses.push({ channel, ts, label, came: click.kind === 'not_sent' ? click.reason : click.kind })
      }
    }
  }

  const writes: string[] = []
  const seen = new WeakSet<JournalEntry>()
  const collect = (): void => {
    for (const entry of [...test.requests(), ...prod.requests()]) {
      if (seen.has(entry)) continue
      seen.add(entry)
      const { method, url, code, body } = entry
      if (method !== 'PATCH' || url.includes('dryRun') || code !== 200) continue
      const mark = body.split(operationAnnotation.replace('/', '~1'))
      const id = /"value":"([2-9A-Z]+)"/.exec(mark.at(-1) ?? '')?.[1]
      writes.push(id ?? body)
    }
  }
  let cancel = (): void => {}
  const watch = (): void => {
    collect()
    cancel = systemClock.after(lookEveryMs, watch)
  }
  watch()
  onTestFinished(() => cancel())

  return {
    slack,
    channels,
    folder,
    environment: { ...environment, ...more },
    taken,
    order,
    answer,
    pressesOn: (message) => [...new Set(pressesOn(message).map(({ label, came }) => `${label}: ${came}`))],
    told: () => [developer, sre].flatMap((person) => slack.driver.ephemeralsFor(person).map(shownText)),
    writes: () => {
      collect()
      return writes
    },
  }
}
