import { onTestFailed } from 'vitest'
import type { Disk } from '../../src/disk/durable-file.ts'
import { readbackYaml, rolesYaml } from '../../src/sandbox/company/files.ts'
import type { Message } from '../../src/sandbox/slack/world/state.ts'
import { aNamespace, anObserver } from './clusters.ts'
import type { Observer } from './clusters.ts'
import { aHouse } from './house.ts'
import type { House } from './house.ts'

/** All that a message shows, as one text. */
export const shownText = ({ text, blocks, attachments }: Pick<Message, 'text' | 'blocks' | 'attachments'>): string =>
  [text, JSON.stringify(blocks ?? []), JSON.stringify(attachments ?? [])].join('\n')

export interface Scene {
  readonly house: House
  readonly test: Observer
  readonly prod: Observer
  /** On both clusters, and the default of #shop. */
  readonly namespace: string
  /** Types a line in #shop; resolves once it is acknowledged. */
  type(user: string, line: string): Promise<void>
  /** The first message in #shop that shows all of these words, as soon as there is one. */
  card(...words: readonly string[]): Promise<Message>
  /** The same in another channel. */
  cardIn(channel: string, ...words: readonly string[]): Promise<Message>
  /** The same among messages that only this person sees. */
  whispered(user: string, ...words: readonly string[]): Promise<Message>
  /** In whichever channel the message stands, once it has that button. */
  click(user: string, message: Message, label: string): Promise<void>
  /** Presses a button that may be gone by now, as somebody does whose screen is late. */
  clickOld(user: string, message: Message, label: string): Promise<void>
  image(observer: Observer, name: string): Promise<string | undefined>
}

/** A bot, a chat, two clusters, and a namespace for one test. */
export async function aScene(
  kubeconfig: string,
  {
    impersonate = 'nobody',
    disk,
    painter,
    settings = (yaml) => yaml,
    rules = (yaml) => yaml,
  }: {
    readonly impersonate?: 'nobody' | 'everybody'
    readonly disk?: Disk
    /** Draws charts; without one there is none. */
    readonly painter?: URL
    /** Changes readback.yaml. */
    readonly settings?: (yaml: string) => string
    /** Changes roles.yaml. */
    readonly rules?: (yaml: string) => string
  } = {},
): Promise<Scene> {
  const test = anObserver(kubeconfig, 'test')
  const prod = anObserver(kubeconfig, 'prod')
  const namespace = await aNamespace([test, prod])
  const house = await aHouse({
    kubeconfig,
    ...(disk ? { disk } : {}),
    ...(painter ? { painter } : {}),
    yaml: settings(readbackYaml)
      .replace('namespace: shop', `namespace: ${namespace}`)
      .replaceAll('environment: ', impersonate === 'everybody' ? 'impersonate: true, environment: ' : 'environment: '),
    roles: rules(rolesYaml)
      .replace('namespaces: [shop]', `namespaces: [${namespace}]`)
      .replaceAll('prod:shop/', `prod:${namespace}/`),
  })
  const { slack } = house
  const among = (messages: () => readonly Message[], words: readonly string[]) =>
    slack.waitFor(() => messages().find((message) => words.every((word) => shownText(message).includes(word))))
  // Somebody who waits in vain says what they saw meanwhile.
  onTestFailed(() => {
    const channels = ['C0SHOP', 'C0OPS', 'C0AUDIT'].map(
      (channel) => [channel, slack.driver.messagesIn(channel)] as const,
    )
    const people = ['U0ANN', 'U0BO'].map((person) => [person, slack.driver.ephemeralsFor(person)] as const)
    const seen = [...channels, ...people].map(([where, messages]) => [where, ...messages.map(({ text }) => text)])
    console.error({ seen, faults: house.faults, findings: slack.findings.all() })
  })
  // Two channels may have messages of the same time; what a message is tagged with is its own.
  const channelOf = ({ ts, metadata, channel: shownIn }: Message): string =>
    shownIn ??
    ['C0SHOP', 'C0OPS'].find((channel) =>
      slack.driver
        .messagesIn(channel)
        .some((one) => one.ts === ts && JSON.stringify(one.metadata) === JSON.stringify(metadata)),
    ) ??
    'C0SHOP'
  const acked = (delivery: { readonly kind: string }, what: string): void => {
    if (delivery.kind !== 'acked') throw new Error(`${what}: ${JSON.stringify(delivery)}`)
  }
  return {
    house,
    test,
    prod,
    namespace,
    type: async (user, line) => acked(await slack.driver.typeCommand(user, 'C0SHOP', line), line),
    card: (...words) => among(() => slack.driver.messagesIn('C0SHOP'), words),
    cardIn: (channel, ...words) => among(() => slack.driver.messagesIn(channel), words),
    whispered: (user, ...words) => among(() => slack.driver.ephemeralsFor(user), words),
    click: async (user, old, label) => {
      const { ts } = old
      const channel = channelOf(old)
      const offers = (message: Message) =>
        message.ts === ts && shownText(message).includes(`"text":${JSON.stringify(label)}`)
      await slack.waitFor(() => [...slack.driver.messagesIn(channel), ...slack.driver.ephemeralsFor(user)].find(offers))
      acked(await slack.driver.click(user, { channel, ts }, { label, confirm: 'yes' }), label)
    },
    clickOld: async (user, old, label) => {
      await slack.driver.click(user, { channel: channelOf(old), ts: old.ts }, { label, confirm: 'yes' })
    },
    image: async ({ apps }, name) =>
      (await apps.readNamespacedDeployment({ name, namespace })).spec?.template.spec?.containers[0]?.image,
  }
}
