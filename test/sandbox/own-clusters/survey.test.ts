import { expect, onTestFinished, test, vi } from 'vitest'
import { createLink } from '../../../src/clusters/direct/link.ts'
import { loadKubeconfig } from '../../../src/clusters/direct/kubeconfig.ts'
import { defaultLimits } from '../../../src/clusters/direct/settings.ts'
import { shop } from '../../../src/sandbox/company/workloads.ts'
import { createKubernetesSimulation } from '../../../src/sandbox/kubernetes/simulation.ts'
import { createSurvey } from '../../../src/sandbox/own-clusters/survey.ts'
import { systemClock } from '../../../src/time/clock.ts'
import { createManualClock } from '../../support/manual-clock.ts'
import { temporaryFolder } from '../../support/temporary-folder.ts'
import { join } from 'node:path'
import { writeFileSync } from 'node:fs'

async function aSurvey() {
  const simulation = createKubernetesSimulation({ clock: systemClock, name: 'real', seed: shop('test') })
  const { url } = await simulation.listen()
  const file = join(temporaryFolder(), 'config')
  writeFileSync(file, simulation.kubeconfig(url, 'admin'))
  const clock = createManualClock()
  const link = createLink(await loadKubeconfig([file]), { clock, environment: {}, limits: defaultLimits })
  const onChange = vi.fn<() => void>()
  const survey = createSurvey(link, { clock, onChange })
  onTestFinished(async () => {
    survey.close()
    await link.close()
    await simulation.close()
  })
  return { simulation, survey, clock, onChange }
}

test('the version stands there once the cluster has answered, and that it is away when it is', async () => {
  const { simulation, survey, clock, onChange } = await aSurvey()
  expect(survey.version()).toBe('')
  await vi.waitFor(() => expect(survey.version()).toBe(simulation.version))
  expect(survey.answers()).toBe(true)
  expect(onChange).toHaveBeenCalledTimes(1)
  await simulation.faults.goDown()
  await clock.advance(15_000)
  await vi.waitFor(() => expect(survey.answers()).toBe(false))
  await simulation.faults.comeBack()
  await clock.advance(15_000)
  await vi.waitFor(() => expect(survey.answers()).toBe(true))
  expect(onChange).toHaveBeenCalledTimes(3)
})

test('names are listed when somebody wants them, and not again so soon', async () => {
  const { simulation, survey, clock } = await aSurvey()
  const lists = () => simulation.requests().filter(({ url }) => url.includes('/apis/apps/v1/deployments')).length
  expect(lists()).toBe(0)
  expect(survey.workloads()).toEqual([])
  await vi.waitFor(() =>
    expect(survey.workloads()).toContainEqual(
      expect.objectContaining({ namespace: 'shop', name: 'web', kind: 'Deployment', pods: [] }),
    ),
  )
  expect(survey.workloads().some(({ namespace }) => namespace === 'kube-system')).toBe(false)
  expect(lists()).toBe(1)
  await clock.advance(16_000)
  survey.workloads()
  await vi.waitFor(() => expect(lists()).toBe(2))
})
