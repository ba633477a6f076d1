import { readFile } from 'node:fs/promises'
import { expect, test } from 'vitest'
import { loadPolicy } from '../../src/policy/load.ts'
import { ConfigFile } from '../../src/config/schema.ts'
import { readYaml } from '../../src/documents/yaml-file.ts'

const clusters = new Map([
  ['test', 'test'],
  ['prod', 'production'],
])

async function yamlIn(page: string): Promise<readonly string[]> {
  const text = await readFile(new URL(`../../${page}`, import.meta.url), 'utf8')
  return [...text.matchAll(/^( *)```yaml\n([^]*?)^ *```/gm)].map(([, indent = '', block = '']) =>
    block.replaceAll(new RegExp(`^${indent}`, 'gm'), ''),
  )
}

test('the policy in docs/policy.md is valid and passes its own cases', async () => {
  const [text = '', ...more] = await yamlIn('docs/policy.md')
  expect(more).toEqual([])
  const read = loadPolicy({ text, file: 'docs/policy.md', clusters })
  expect(read.ok ? [] : read.problems).toEqual([])
  expect(read.ok && read.policy.cases.length).toBeGreaterThan(5)
})

test('the readback.yaml in README.md is taken as it stands', async () => {
  const [text = ''] = await yamlIn('README.md')
  const read = readYaml(text, { file: 'README.md', schema: ConfigFile })
  expect(read.ok ? [] : read.problems).toEqual([])
})

test('docs/configuration.md names every key of readback.yaml', async () => {
  const text = await readFile(new URL('../../docs/configuration.md', import.meta.url), 'utf8')
  const minimal = { clusters: { test: { 'in-cluster': true, environment: 'test' } } }
  const keys = [...Object.keys(ConfigFile.parse(minimal)), 'alerts']
  expect(keys.filter((key) => !text.includes(`| \`${key}`))).toEqual([])
})
