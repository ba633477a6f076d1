import { expect, test } from 'vitest'
import { readbackYaml, rolesYaml } from '../../src/sandbox/company/files.ts'
import type { Message } from '../../src/sandbox/slack/world/state.ts'
import { aNamespace, anObserver, deploymentNamed } from '../support/clusters.ts'
import { aHouse } from '../support/house.ts'
import { kubelab, observe, observer } from '../support/observe.ts'
import { builtPainter } from '../support/painter.ts'
import { shownText } from '../support/scene.ts'
import { metricsYaml } from '../support/shop-numbers.ts'

const token = 'not-a-secret-of-anybody'

test.skipIf(kubelab === undefined)(
  'a crash loop seen by a real Prometheus becomes one thread with its cause; Roll back from it ends it, and the card resolves itself (needs kubelab)',
  async () => {
    const kubeconfig = process.env['KUBECONFIG']
    if (!kubeconfig || kubelab === undefined)
      throw new Error('test:cluster needs KUBECONFIG with contexts test and prod')
    const cluster = anObserver(kubeconfig, 'test')
    const namespace = await aNamespace([cluster])
    await cluster.apps.createNamespacedDeployment({ namespace, body: deploymentNamed('web') })
    const house = await aHouse({
      kubeconfig,
      painter: await builtPainter(),
      yaml: `${readbackYaml.replace('namespace: shop', `namespace: ${namespace}`)}alerts:
  routes:
    - { match: { namespace: ${namespace} }, channel: C0ALERTS }
    - { channel: C0RANDOM }
${metricsYaml({ test: { url: observer } })}`,
      roles: rolesYaml,
      alertsToken: token,
    })
    await observe(kubelab, { kubeconfig, webhook: `${house.bot.address}/alerts/alertmanager`, token })
    const { slack } = house
    const card = (channel: string, ...words: readonly string[]): Promise<Message> =>
      slack.waitFor(() =>
        slack.driver.messagesIn(channel).find((message) => words.every((word) => shownText(message).includes(word))),
      )

    await slack.driver.typeCommand('U0ANN', 'C0SHOP', '/deploy web 1.5.0-crash')
    const alert = await card('C0ALERTS', 'CrashLooping', 'firing', namespace)
    const thread = await card('C0ALERTS', 'What is known so far', `${namespace}/web (Deployment) on test`)
    expect(thread.threadTs).toBe(alert.ts)
    const said = shownText(thread)
    expect(said).toContain('CrashLoopBackOff')
    expect(said).toContain('before it ended')
    expect(said).toContain('panic')
    expect(said).toContain(':1.5.0-crash')
    expect(said).toContain('"user_id":"U0ANN"')
    expect(said).toMatch(/"type":"image".*"alt_text":"Chart of CrashLooping.*last \d.*threshold/)

    const label = /Roll back to #\d+/.exec(said)?.[0] ?? ''
    await slack.driver.click('U0BO', { channel: 'C0ALERTS', ts: thread.ts }, { label, confirm: 'yes' })
    const back = await card('C0ALERTS', 'Roll back web on test', 'Rolled out.')
    expect(back.threadTs).toBe(alert.ts)
    const image = (await cluster.apps.readNamespacedDeployment({ name: 'web', namespace })).spec?.template.spec
    expect(image?.containers[0]?.image).toBe('registry.example/shop/web:1.4.2')

    // Prometheus' own window of a minute has to pass.
    const over = await card('C0ALERTS', 'CrashLooping', '✅', 'resolved')
    expect(over.ts).toBe(alert.ts)
    const tops = slack.driver
      .messagesIn('C0ALERTS')
      .filter(({ ts, threadTs }) => threadTs === undefined || threadTs === ts)
      .filter((message) => shownText(message).includes('CrashLooping'))
    expect(tops).toHaveLength(1)
    expect(house.faults).toEqual([])
  },
  180_000,
)
