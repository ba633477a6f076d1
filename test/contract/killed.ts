import { expect, test } from 'vitest'
import { operationAnnotation } from '../../src/plans/bookkeeping.ts'
import { readbackYaml, rolesYaml } from '../../src/sandbox/company/files.ts'
import { builtBot, startBot } from '../support/bot.ts'
import { aNamespace, anObserver, deploymentNamed } from '../support/clusters.ts'
import { aWorkspace } from '../support/house.ts'
import { shownText } from '../support/scene.ts'

/** The bot as a process that is killed, on clusters of any make: `kubeconfig` leads to `test` and `prod`. */
export function killedOn(kubeconfig: () => Promise<string>): void {
  test('killed in the middle of a rollout it comes back, watches on, and ends the same card; the change was made once', async () => {
    const file = await kubeconfig()
    const cluster = anObserver(file, 'test')
    const namespace = await aNamespace([cluster])
    const { slack, folder, environment } = await aWorkspace({
      kubeconfig: file,
      yaml: readbackYaml.replace('namespace: shop', `namespace: ${namespace}`),
      roles: rolesYaml,
    })
    const body = deploymentNamed('web', { replicas: 3, readyAfter: '2500ms' })
    await cluster.apps.createNamespacedDeployment({ namespace, body })
    const read = () => cluster.apps.readNamespacedDeployment({ name: 'web', namespace })
    const shows = (...words: readonly string[]) =>
      slack.waitFor(() =>
        slack.driver.messagesIn('C0SHOP').find((message) => words.every((word) => shownText(message).includes(word))),
      )

    const bundle = await builtBot()
    const first = startBot(bundle, { environment, folder })
    await first.ready
    await slack.driver.typeCommand('U0ANN', 'C0SHOP', '/deploy web 1.5.0')
    const card = await shows('Deploy web on test')
    let marked = await read()
    while (marked.metadata?.generation === 1) marked = await read()
    await first.kill()
    expect((await read()).status?.updatedReplicas ?? 0).toBeLessThan(3)

    const second = startBot(bundle, { environment, folder })
    const ended = await shows('Deploy web on test', 'Rolled out.')
    expect(ended.ts).toBe(card.ts)
    expect(slack.driver.messagesIn('C0SHOP')).toHaveLength(1)
    const after = await read()
    expect(after.spec?.template.spec?.containers[0]?.image).toBe('registry.example/shop/web:1.5.0')
    expect(after.metadata?.generation).toBe(2)
    expect(after.metadata?.annotations?.[operationAnnotation]).toBe(marked.metadata?.annotations?.[operationAnnotation])
    expect(await second.stop()).toBe(0)
    expect([...first.faults, ...second.faults]).toEqual([])
  }, 60_000)
}
