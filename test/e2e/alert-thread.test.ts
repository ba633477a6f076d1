import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { openTrialAlerts } from '../../src/sandbox/alerts.ts'
import { openSurroundings } from '../../src/sandbox/surroundings.ts'
import type { Message } from '../../src/sandbox/slack/world/state.ts'
import { systemClock } from '../../src/time/clock.ts'
import { aHouse } from '../support/house.ts'
import type { House } from '../support/house.ts'
import { shownText } from '../support/scene.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

/** The trial's clusters, rules, Alertmanager and readback.yaml, around a bot in this process. */
async function aTrial() {
  const surroundings = await openSurroundings({ clock: systemClock, language: 'en', environment: {} })
  let house: House | undefined
  const alerts = await openTrialAlerts({
    clock: systemClock,
    clusters: [...surroundings.simulated.values()],
    bot: () => house?.bot.address,
    isWatched: () => true,
  })
  onTestFinished(async () => {
    await alerts.close()
    await surroundings.close()
  })
  const kubeconfig = join(temporaryFolder(), 'kubeconfig')
  writeFileSync(kubeconfig, surroundings.files.kubeconfig)
  const { slack } = (house = await aHouse({
    kubeconfig,
    yaml: surroundings.files.readbackYaml + alerts.yaml,
    alertsToken: alerts.token,
  }))
  const card = (channel: string, ...words: readonly string[]): Promise<Message> =>
    slack.waitFor(() =>
      slack.driver.messagesIn(channel).find((message) => words.every((word) => shownText(message).includes(word))),
    )
  return { house, slack, card, surroundings }
}

test('a crash loop becomes one thread with workload, cause, last lines and the change; Roll back from it ends it', async () => {
  const { house, slack, card } = await aTrial()
  await slack.driver.typeCommand('U0ANN', 'C0SHOP', '/deploy web 1.7.0-crash')
  const alert = await card('C0ALERTS', 'KubePodCrashLooping', 'firing', 'shop')
  const thread = await card('C0ALERTS', 'What is known so far', 'shop/web (Deployment) on test', 'CrashLoopBackOff')
  expect(thread.threadTs).toBe(alert.ts)
  const said = shownText(thread)
  expect(said).toContain('What changed')
  expect(said).toContain('"user_id":"U0ANN"')
  expect(said).toContain(':1.7.0-crash')
  expect(said).toMatch(/before it ended/)
  expect(said).toMatch(/panic/)

  await house.restart()
  const label = /Roll back to #\d+/.exec(said)?.[0] ?? ''
  const click = await slack.driver.click('U0BO', { channel: 'C0ALERTS', ts: thread.ts }, { label, confirm: 'yes' })
  expect(click.kind).toBe('acked')
  const back = await card('C0ALERTS', 'Roll back web on test', 'done')
  expect(back.threadTs).toBe(alert.ts)
  const over = await card('C0ALERTS', 'KubePodCrashLooping', '✅', 'resolved')
  expect(over.ts).toBe(alert.ts)
  const firstWords = slack.driver
    .messagesIn('C0ALERTS')
    .filter((one) => shownText(one).includes('What is known so far'))
  expect(firstWords).toHaveLength(1)
  expect(house.faults).toEqual([])
}, 60_000)
