import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { aSandbox, executable, message, say } from './a-sandbox.ts'

test.skipIf(executable === undefined)(
  'over clusters of one’s own nothing changes until it is allowed, cluster by cluster, under a lasting banner (needs chromium)',
  async () => {
    // Another trial's clusters are the visitor's own ones here: to the gate they are API servers like any.
    const theirs = await aSandbox()
    const [run = ''] = readdirSync(join(theirs.folder, 'sandbox'))
    const { open, faults } = await aSandbox(['--kubeconfig', join(theirs.folder, 'sandbox', run, 'kubeconfig')])
    const page = await open({ at: '#/U0BO/C0OPS', viewport: { width: 1500, height: 900 } })
    await page.getByText('These are your own clusters. Nothing can be changed').waitFor()
    await page.getByText('bot connected').waitFor()
    expect(await page.locator('.story').count(), 'the guide is about the simulated shop').toBe(0)

    await say(page, '/deploy prod:shop/web 1.5.0')
    await message(page, 'Deploy web on prod').getByRole('button', { name: 'Confirm' }).click()
    await page.locator('dialog .dialog-buttons .button').last().click()
    await message(page, 'not allowed yet: allow changes of prod in the control room').waitFor()

    await page.getByRole('region', { name: 'Cluster prod' }).getByRole('switch', { name: 'Allow changes' }).click()
    await page.getByText('Changes are allowed on prod: what you order here really happens.').waitFor()
    await say(page, '/deploy prod:shop/web 1.5.0')
    await page.getByRole('button', { name: 'Confirm' }).last().click()
    await page.locator('dialog .dialog-buttons .button').last().click()
    await message(page, 'Rolled out.').waitFor({ timeout: 40_000 })

    await say(page, '/deploy test:shop/web 1.5.0')
    await page.getByRole('button', { name: 'Confirm' }).last().click()
    await page.locator('dialog .dialog-buttons .button').last().click()
    await message(page, 'not allowed yet: allow changes of test in the control room').waitFor()
    expect(faults).toEqual([])
  },
)
