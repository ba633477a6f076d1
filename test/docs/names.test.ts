import { existsSync } from 'node:fs'
import { readdir, readFile } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

const root = fileURLToPath(new URL('../..', import.meta.url))

async function pages(): Promise<readonly string[]> {
  const inDocs = (await readdir(resolve(root, 'docs'), { recursive: true })).filter((name) => name.endsWith('.md'))
  return ['README.md', 'CHANGELOG.md', ...inDocs.map((name) => `docs/${name}`)]
}

test('every file that docs/architecture.md names exists', async () => {
  const text = await readFile(resolve(root, 'docs/architecture.md'), 'utf8')
  const named = [...text.matchAll(/`((?:src|commands|test|policies)\/[^`\s]*)`/g)].map(([, path]) => path ?? '')
  expect(named.length).toBeGreaterThan(30)
  expect(named.filter((path) => !existsSync(resolve(root, path)))).toEqual([])
})

test('docs/architecture.md says of each room and each decision what it is', async () => {
  const text = await readFile(resolve(root, 'docs/architecture.md'), 'utf8')
  const folders = (await readdir(resolve(root, 'src'), { withFileTypes: true })).filter((entry) => entry.isDirectory())
  expect(folders.filter(({ name }) => !text.includes(`| \`src/${name}/\` |`)).map(({ name }) => name)).toEqual([])
  const decisions = await readdir(resolve(root, 'docs/decisions'))
  expect(decisions.filter((name) => !text.includes(`(decisions/${name})`))).toEqual([])
})

test('every link between the docs leads somewhere', async () => {
  const broken: string[] = []
  for (const page of await pages()) {
    const text = await readFile(resolve(root, page), 'utf8')
    for (const [, link = ''] of text.matchAll(/\]\(([^)#]+)(?:#[^)]*)?\)/g)) {
      if (/^https?:/.test(link)) continue
      if (!existsSync(resolve(root, dirname(page), link))) broken.push(`${page}: ${link}`)
    }
  }
  expect(broken).toEqual([])
})
