import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { stringify } from 'yaml'
import { commands } from '../../commands/index.ts'
import { manifestFor } from '../../src/cli/slack.ts'
import { zh } from '../../src/cards/texts/zh.ts'
import { usage } from '../../src/cli/usage.ts'
import { commandTable } from '../../src/command-line/docs-table.ts'
import { variableTable } from '../../src/config/variable-table.ts'
import { ConfigFile } from '../../src/config/schema.ts'

/**
 * Parts of the docs between `<!-- name -->` and `<!-- /name -->` come from the code. `npx vitest run test/docs -u`
 * writes them anew.
 */
async function filled(path: string, parts: Readonly<Record<string, string>>): Promise<{ text: string; file: string }> {
  const file = fileURLToPath(new URL(`../../${path}`, import.meta.url))
  let text = await readFile(file, 'utf8')
  for (const [name, part] of Object.entries(parts)) {
    const found = new RegExp(`(<!-- ${name} -->\n)[^]*?(<!-- /${name} -->)`)
    if (!found.test(text)) throw new Error(`${path} has no place for ${name}`)
    text = text.replace(found, (_, begin: string, end: string) => `${begin}\n${part.trimEnd()}\n\n${end}`)
  }
  return { text, file }
}

test('the table of commands in README.md is what the declarations say', async () => {
  const { text, file } = await filled('README.md', { commands: commandTable(commands) })
  await expect(text).toMatchFileSnapshot(file)
})

test('the table of commands in README.zh-CN.md is what the declarations and the Chinese catalogue say', async () => {
  const table = commandTable(commands, {
    headings: ['命令', '作用', '策略中的操作', '示例'],
    summaryOf: ({ name, summary }) => zh.commands[name]?.summary ?? summary,
  })
  const { text, file } = await filled('README.zh-CN.md', { commands: table })
  await expect(text).toMatchFileSnapshot(file)
})

test('the table of variables in docs/configuration.md is what the declarations say', async () => {
  const { text, file } = await filled('docs/configuration.md', { variables: variableTable() })
  await expect(text).toMatchFileSnapshot(file)
})

test('the usage in docs/operations.md is what readback help prints', async () => {
  const { text, file } = await filled('docs/operations.md', { usage: `\`\`\`text\n${usage()}\`\`\`` })
  await expect(text).toMatchFileSnapshot(file)
})

test('deploy/slack-manifest.yaml is what readback slack manifest prints', async () => {
  const { commands: names } = ConfigFile.parse({ clusters: { test: { 'in-cluster': true, environment: 'test' } } })
  const manifest = stringify(manifestFor(names, 'Readback'), { lineWidth: 0 })
  await expect(manifest).toMatchFileSnapshot(
    fileURLToPath(new URL('../../deploy/slack-manifest.yaml', import.meta.url)),
  )
})
