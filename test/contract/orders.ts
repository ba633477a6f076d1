import { expect, test } from 'vitest'
import { allowGroup, allowGroupToRead, deploymentNamed } from '../support/clusters.ts'
import { aScene, shownText } from '../support/scene.ts'

/** What somebody types and what becomes of it, on clusters of any make: `kubeconfig` leads to `test` and `prod`. */
export function ordersOn(kubeconfig: () => Promise<string>): void {
  test('a deploy to test runs at once, is watched to its end, and can be undone from its card', async () => {
    const scene = await aScene(await kubeconfig())
    const { namespace } = scene
    await scene.test.apps.createNamespacedDeployment({ namespace, body: deploymentNamed('web') })
    await scene.type('U0ANN', '/deploy web 1.5.0')
    const done = await scene.card('Deploy web on test', 'Rolled out.')
    expect(await scene.image(scene.test, 'web')).toBe('registry.example/shop/web:1.5.0')

    await scene.click('U0ANN', done, 'Undo')
    await scene.card('Undo web on test', 'Rolled out.')
    expect(await scene.image(scene.test, 'web')).toBe('registry.example/shop/web:1.4.2')
    expect(scene.house.faults).toEqual([])
  })

  test('an image that cannot be pulled shows its reason and a way back while it hangs, and ends as failed', async () => {
    const scene = await aScene(await kubeconfig())
    const { namespace } = scene
    await scene.test.apps.createNamespacedDeployment({ namespace, body: deploymentNamed('web') })
    await scene.type('U0ANN', '/deploy web missing-2')
    await scene.card('ImagePull', 'Undo')
    const failed = await scene.card('The rollout failed')
    await scene.click('U0ANN', failed, 'Undo')
    await scene.card('Undo web on test', 'Rolled out.')
    expect(await scene.image(scene.test, 'web')).toBe('registry.example/shop/web:1.4.2')
    expect(scene.house.faults).toEqual([])
  })

  test('a rollback to a revision whose rollout failed says so, and revisions say which order made them', async () => {
    const scene = await aScene(await kubeconfig())
    const { namespace, test: cluster } = scene
    await cluster.apps.createNamespacedDeployment({ namespace, body: deploymentNamed('web') })
    await scene.type('U0BO', '/deploy web crash-1')
    const failed = await scene.card('Deploy web on test', 'The rollout failed')
    const id = /· ([2-9A-Z]{4,})/.exec(shownText(failed))?.[1] ?? ''
    await scene.type('U0BO', '/deploy web 1.5.0')
    await scene.card(':1.5.0', 'Rolled out.')
    await scene.type('U0BO', '/rollback web --to-revision 2')
    await scene.card('Roll back web on test', `revision 2 failed before (${id})`)
    const sets = await cluster.apps.listNamespacedReplicaSet({ namespace })
    const causes = sets.items.map(({ metadata }) => metadata?.annotations?.['kubernetes.io/change-cause'] ?? '')
    expect(causes).toContain(`readback ${id}: deploy web=registry.example/shop/web:crash-1`)
    expect(scene.house.faults).toEqual([])
  })

  test('somebody who needs no approval in production confirms the plan on the card before it happens', async () => {
    const scene = await aScene(await kubeconfig())
    const { namespace } = scene
    await scene.prod.apps.createNamespacedDeployment({ namespace, body: deploymentNamed('web') })
    await scene.type('U0BO', '/deploy web 1.5.0 to prod --reason "fix 1432"')
    const card = await scene.card('Deploy web on prod', 'Confirm', 'fix 1432')
    expect(await scene.image(scene.prod, 'web')).toBe('registry.example/shop/web:1.4.2')

    await scene.click('U0ANN', card, 'Confirm')
    await scene.whispered('U0ANN', 'Only the person who asked')
    expect(await scene.image(scene.prod, 'web')).toBe('registry.example/shop/web:1.4.2')

    await scene.click('U0BO', card, 'Confirm')
    await scene.card('Deploy web on prod', 'Rolled out.')
    expect(await scene.image(scene.prod, 'web')).toBe('registry.example/shop/web:1.5.0')
    expect(scene.house.faults).toEqual([])
  })

  test('a developer asks, the approvals channel sees the plan, and only an approver other than the requester can let it happen', async () => {
    const scene = await aScene(await kubeconfig())
    const { namespace } = scene
    await scene.prod.apps.createNamespacedDeployment({ namespace, body: deploymentNamed('web') })
    await scene.type('U0ANN', '/deploy web 1.5.0 to prod')
    await scene.card('Deploy web on prod', 'waiting for approval')
    const card = await scene.cardIn('C0OPS', 'Deploy web on prod', 'Approve', 'S0SRE', '1 of sre')

    await scene.click('U0ANN', card, 'Approve')
    await scene.whispered('U0ANN', 'your own approval does not count')
    await scene.click('U0VERA', card, 'Approve')
    await scene.whispered('U0VERA', 'Only sre may decide')
    expect(await scene.image(scene.prod, 'web')).toBe('registry.example/shop/web:1.4.2')

    await scene.click('U0BO', card, 'Approve')
    await scene.cardIn('C0OPS', 'Rolled out.', 'Approved by')
    await scene.card('Deploy web on prod', 'Rolled out.')
    expect(await scene.image(scene.prod, 'web')).toBe('registry.example/shop/web:1.5.0')
    expect(scene.house.faults).toEqual([])
  })

  test('one rejection with its reason ends an order; a text command does the same as the button', async () => {
    const scene = await aScene(await kubeconfig())
    const { namespace } = scene
    await scene.prod.apps.createNamespacedDeployment({ namespace, body: deploymentNamed('web') })
    await scene.type('U0ANN', '/deploy web 1.5.0 to prod')
    const card = await scene.cardIn('C0OPS', 'Deploy web on prod', 'Approve')
    const id = /· ([2-9A-Z]{4,})/.exec(shownText(card))?.[1] ?? ''
    await scene.type('U0BO', `/ops approve ${id}`)
    await scene.whispered('U0BO', 'Deploy web on prod', 'Approve')
    expect(await scene.image(scene.prod, 'web')).toBe('registry.example/shop/web:1.4.2')
    await scene.type('U0BO', `/ops reject ${id} "not before the weekend"`)
    const rejected = await scene.cardIn('C0OPS', 'rejected', 'not before the weekend')
    await scene.clickOld('U0CHEN', card, 'Approve')
    expect(await scene.image(scene.prod, 'web')).toBe('registry.example/shop/web:1.4.2')

    await scene.click('U0ANN', rejected, 'Plan again')
    const again = await scene.cardIn(
      'C0OPS',
      'Such an order was rejected',
      'not before the weekend',
      `(${id})`,
      'Approve',
    )
    await scene.click('U0BO', again, 'Approve')
    await scene.cardIn('C0OPS', 'Rolled out.', 'Approved by')
    await scene.type('U0ANN', '/deploy web 1.6.0 to prod')
    const next = await scene.cardIn('C0OPS', ':1.6.0', 'Approve')
    expect(shownText(next)).not.toContain('not before the weekend')
    expect(scene.house.faults).toEqual([])
  })

  test('a plan that no longer fits the object is void when it is approved, and nothing is changed', async () => {
    const scene = await aScene(await kubeconfig())
    const { namespace } = scene
    await scene.prod.apps.createNamespacedDeployment({ namespace, body: deploymentNamed('web') })
    await scene.type('U0ANN', '/deploy web 1.5.0 to prod')
    const card = await scene.cardIn('C0OPS', 'Deploy web on prod', 'Approve')
    const image = 'registry.example/shop/web:1.4.3'
    await scene.prod.apps.patchNamespacedDeployment({
      name: 'web',
      namespace,
      body: [{ op: 'replace', path: '/spec/template/spec/containers/0/image', value: image }],
    })
    await scene.click('U0BO', card, 'Approve')
    await scene.cardIn('C0OPS', 'The object has changed since this plan was made', '/spec/template')
    expect(await scene.image(scene.prod, 'web')).toBe(image)
  })

  test('a freeze from chat holds changes back, but not the way back', async () => {
    const scene = await aScene(await kubeconfig())
    const { namespace } = scene
    await scene.test.apps.createNamespacedDeployment({ namespace, body: deploymentNamed('web') })
    await scene.type('U0ANN', '/deploy web 1.5.0')
    await scene.card('Deploy web on test', 'Rolled out.')
    await scene.type('U0BO', '/ops freeze test 2h "incident 88"')
    await scene.card('frozen: incident 88')
    await scene.type('U0ANN', '/deploy web 1.6.0')
    await scene.whispered('U0ANN', 'incident 88')
    await scene.type('U0ANN', '/rollback web')
    await scene.card('Roll back web on test', 'Rolled out.')
    await scene.type('U0BO', '/ops unfreeze test')
    await scene.card('possible again')
    expect(await scene.image(scene.test, 'web')).toBe('registry.example/shop/web:1.4.2')
    expect(scene.house.faults).toEqual([])
  })

  test('scale, restart, pause, resume and roll back each do what they say', async () => {
    const scene = await aScene(await kubeconfig())
    const { namespace, test: cluster } = scene
    await cluster.apps.createNamespacedDeployment({ namespace, body: deploymentNamed('web') })
    const read = () => cluster.apps.readNamespacedDeployment({ name: 'web', namespace })

    await scene.type('U0BO', '/scale web +1')
    await scene.card('Scale web on test', 'Rolled out.')
    expect((await read()).spec?.replicas).toBe(3)

    await scene.type('U0BO', '/ops restart web')
    await scene.card('Restart web on test', 'Rolled out.')
    expect(Object.keys((await read()).spec?.template.metadata?.annotations ?? {})).toContain(
      'kubectl.kubernetes.io/restartedAt',
    )

    await scene.type('U0BO', '/ops pause web')
    await scene.card('Pause web on test', 'Stored by the server.')
    expect((await read()).spec?.paused).toBe(true)
    await scene.type('U0BO', '/rollback web')
    await scene.whispered('U0BO', 'resume it first')
    await scene.type('U0BO', '/ops resume web')
    await scene.card('Resume web on test', 'done')
    expect((await read()).spec?.paused ?? false).toBe(false)

    await scene.type('U0BO', '/deploy web 1.6.0')
    await scene.card('Deploy web on test', 'Rolled out.')
    await scene.type('U0BO', '/rollback web')
    await scene.card('Roll back web on test', 'Rolled out.')
    expect(await scene.image(cluster, 'web')).toBe('registry.example/shop/web:1.4.2')
    expect(scene.house.faults).toEqual([])
  })

  test('status over both clusters names what is not as wanted; history, events and logs answer for one workload', async () => {
    const scene = await aScene(await kubeconfig())
    const { namespace } = scene
    await scene.test.apps.createNamespacedDeployment({ namespace, body: deploymentNamed('web') })
    await scene.prod.apps.createNamespacedDeployment({
      namespace,
      body: deploymentNamed('web', { image: 'registry.example/shop/web:crash-1' }),
    })
    await scene.type('U0BO', '/deploy web 1.5.0')
    const deployed = await scene.card('Deploy web on test', 'Rolled out.')
    const [, id = ''] = /Deploy web on test · (\w+)/.exec(shownText(deployed)) ?? []
    await scene.type('U0BO', '/scale web 3')
    await scene.card('Scale web on test', 'Rolled out.')

    await scene.type('U0BO', '/ops status --cluster test,prod')
    await scene.card('Status of all clusters', `${namespace}/web`, 'failing')
    await scene.type('U0BO', '/ops status --cluster prod')
    await scene.card('Status of prod', `${namespace}/web`, 'failing')
    await scene.type('U0BO', '/ops status web')
    await scene.card(`Status of ${namespace}/web on test`, 'as wanted', 'registry.example/shop/web:1.5.0')
    await scene.type('U0BO', '/ops history web')
    const history = await scene.card(`History of ${namespace}/web on test`, '#2', 'current')
    const [, second = ''] = /#2(.*?)#1/s.exec(shownText(history)) ?? []
    expect(second, 'who scaled it later did not make its revision').toContain(id)
    await scene.type('U0BO', '/ops events web')
    await scene.card(`Events of ${namespace}/web on test`, 'ScalingReplicaSet')
    await scene.type('U0BO', '/logs web --tail 5')
    await scene.card(`Logs of ${namespace}/web on test`, '3 containers')
    await scene.type('U0BO', '/ops clusters')
    await scene.card('Clusters', 'test', 'prod', 'nodes ready')
    expect(scene.house.faults).toEqual([])
  })

  test('with impersonation the cluster hears the person and their roles, and its own RBAC has the last word', async () => {
    const scene = await aScene(await kubeconfig(), { impersonate: 'everybody' })
    const { namespace, test: cluster } = scene
    await cluster.apps.createNamespacedDeployment({ namespace, body: deploymentNamed('web') })
    await scene.type('U0ANN', '/deploy web 1.5.0')
    await scene.whispered('U0ANN', 'does not allow that (RBAC)', 'readback:U0ANN')
    expect(await scene.image(cluster, 'web')).toBe('registry.example/shop/web:1.4.2')

    await allowGroup(cluster, namespace, 'readback:developer')
    await scene.type('U0ANN', '/deploy web 1.5.0')
    await scene.card('Deploy web on test', 'Rolled out.')
    expect(await scene.image(cluster, 'web')).toBe('registry.example/shop/web:1.5.0')
    expect(scene.house.faults).toEqual([])
  })

  test('an order that the cluster would refuse its requester is refused before anybody is asked to approve it', async () => {
    const scene = await aScene(await kubeconfig(), { impersonate: 'everybody' })
    const { namespace, prod: cluster } = scene
    await cluster.apps.createNamespacedDeployment({ namespace, body: deploymentNamed('web') })
    await allowGroupToRead(cluster, namespace, 'readback:viewer')
    await scene.type('U0ANN', '/deploy web 1.5.0 to prod')
    await scene.whispered(
      'U0ANN',
      'prod would refuse this: it hears you as readback:U0ANN',
      `may not patch deployments in ${namespace} (RBAC)`,
    )
    expect(scene.house.slack.driver.messagesIn('C0OPS')).toEqual([])

    await allowGroup(cluster, namespace, 'readback:developer')
    await scene.type('U0ANN', '/deploy web 1.5.0 to prod')
    await scene.cardIn('C0OPS', 'Deploy web on prod', 'Approve')
    expect(scene.house.faults).toEqual([])
  })

  test('in the thread of a card a mention means its workload', async () => {
    const scene = await aScene(await kubeconfig())
    const { namespace } = scene
    await scene.test.apps.createNamespacedDeployment({ namespace, body: deploymentNamed('web') })
    await scene.type('U0ANN', '/deploy web 1.5.0')
    const { ts } = await scene.card('Deploy web on test', 'Rolled out.')
    const { driver, waitFor } = scene.house.slack
    await driver.mention({ user: 'U0ANN', channel: 'C0SHOP', text: 'status', thread: ts })
    await waitFor(() =>
      driver.thread('C0SHOP', ts).some((message) => shownText(message).includes(`Status of ${namespace}/web on test`)),
    )
    expect(scene.house.faults).toEqual([])
  })

  test('logs are followed in a thread until somebody stops them', async () => {
    const scene = await aScene(await kubeconfig())
    const { namespace } = scene
    await scene.test.apps.createNamespacedDeployment({ namespace, body: deploymentNamed('web') })
    await scene.type('U0ANN', '/logs web --follow')
    const head = await scene.card(`Logs of ${namespace}/web on test`, 'following 2 pods', 'Stop')
    const { slack } = scene.house
    await slack.waitFor(() => slack.driver.thread('C0SHOP', head.ts).length > 1)
    await scene.click('U0ANN', head, 'Stop')
    await scene.card(`Logs of ${namespace}/web on test`, 'stopped')
    expect(scene.house.faults).toEqual([])
  })

  test('whoever may not, or means what is not there, is told so alone and nothing changes', async () => {
    const scene = await aScene(await kubeconfig())
    const { namespace } = scene
    await scene.test.apps.createNamespacedDeployment({ namespace, body: deploymentNamed('web') })
    await scene.type('U0VERA', '/deploy web 1.5.0')
    await scene.whispered('U0VERA', 'Your role viewer does not allow that')
    await scene.type('U0GUEST', '/deploy web 1.5.0')
    await scene.whispered('U0GUEST', 'Guests are not served here')
    await scene.type('U0ANN', '/deploy wbe 1.5.0')
    await scene.whispered('U0ANN', 'There is no workload wbe', 'Did you mean web?')
    await scene.type('U0ANN', '/ops deplyo web 1.5.0')
    await scene.whispered('U0ANN', 'Did you mean deploy?')
    await scene.type('U0ANN', '/scale web 1.5')
    await scene.whispered('U0ANN', 'replicas are whole')
    await scene.type('U0ANN', '/scale web 11')
    await scene.whispered('U0ANN', 'developer')
    expect(await scene.image(scene.test, 'web')).toBe('registry.example/shop/web:1.4.2')
    expect(scene.house.slack.driver.messagesIn('C0SHOP')).toEqual([])
    expect(scene.house.faults).toEqual([])
  })
}
