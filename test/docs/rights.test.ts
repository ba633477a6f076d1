import { readFile } from 'node:fs/promises'
import { expect, test } from 'vitest'
import { parseAllDocuments } from 'yaml'
import { z } from 'zod'
import { rightsNeeded } from '../../src/cli/checks/rights.ts'

const Rule = z.object({
  apiGroups: z.array(z.string()),
  resources: z.array(z.string()),
  verbs: z.array(z.string()),
  resourceNames: z.array(z.string()).optional(),
})
const Manifest = z.object({
  kind: z.string(),
  metadata: z.object({ name: z.string() }),
  rules: z.array(Rule).optional(),
  roleRef: z.object({ name: z.string() }).optional(),
  subjects: z.array(z.object({ kind: z.string(), name: z.string() })).optional(),
})

async function manifests(file: string) {
  const text = await readFile(new URL(`../../deploy/kubernetes/${file}`, import.meta.url), 'utf8')
  return parseAllDocuments(text).map((document) => Manifest.parse(document.toJS()))
}

/** Rules that the bot's service account holds in the whole cluster. */
function rulesOfBot(all: readonly z.output<typeof Manifest>[], without: readonly string[] = []) {
  const roles = all
    .filter(
      ({ kind, subjects }) => kind === 'ClusterRoleBinding' && subjects?.some((one) => one.kind === 'ServiceAccount'),
    )
    .map(({ roleRef }) => roleRef?.name ?? '')
    .filter((name) => !without.includes(name))
  return all
    .filter(({ kind, metadata }) => kind === 'ClusterRole' && roles.includes(metadata.name))
    .flatMap(({ rules = [] }) => rules)
}

function missing(needed: ReturnType<typeof rightsNeeded>, rules: readonly z.output<typeof Rule>[]) {
  return needed.filter(
    ({ verb, group, resource, name }) =>
      !rules.some(
        (rule) =>
          rule.apiGroups.includes(group) &&
          rule.resources.includes(resource) &&
          rule.verbs.includes(verb) &&
          (rule.resourceNames === undefined || (name !== undefined && rule.resourceNames.includes(name))),
      ),
  )
}

test('deploy/kubernetes/bot.yaml gives the bot every right that doctor looks for', async () => {
  const needed = rightsNeeded({ impersonate: false }, { users: [], groups: [] })
  expect(needed.length).toBeGreaterThan(15)
  expect(missing(needed, rulesOfBot(await manifests('bot.yaml')))).toEqual([])
})

test('with impersonation, the bot needs no right to change anything', async () => {
  const all = [...(await manifests('bot.yaml')), ...(await manifests('impersonation.yaml'))]
  const rules = rulesOfBot(all, ['readback-changer'])
  const groups = ['readback:viewer', 'readback:developer', 'readback:sre']
  expect(missing(rightsNeeded({ impersonate: true }, { users: ['readback:U0ANN'], groups }), rules)).toEqual([])
  expect(rules.flatMap(({ verbs }) => verbs)).not.toContain('patch')
})
