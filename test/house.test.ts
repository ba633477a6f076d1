import { readFileSync, readdirSync, statSync } from 'node:fs'
import { basename, dirname, join, relative, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { breaches } from './support/room-rules.ts'
import type { SourceFile } from './support/room-rules.ts'

const root = fileURLToPath(new URL('..', import.meta.url))

function sources(folder: string): SourceFile[] {
  return readdirSync(join(root, folder)).flatMap((name) => {
    const path = join(folder, name)
    if (statSync(join(root, path)).isDirectory()) return sources(path)
    return /\.tsx?$/.test(name) ? [{ path, text: readFileSync(join(root, path), 'utf8') }] : []
  })
}

const files = [...sources('src'), ...sources('commands')]

describe('the house', () => {
  test('rooms import only what their place on the path lets them', () => {
    expect(breaches(files)).toEqual([])
  })

  test('the check of rooms can fail: a planted edge is named with its rule and reason', () => {
    const planted = { path: 'src/policy/planted.ts', text: "import { createSlack } from '../chat/slack/slack.ts'\n" }
    const [found] = breaches([...files, planted])
    expect(found).toContain('src/policy/planted.ts → src/chat/slack/slack.ts')
    expect(found).toContain('policy')
  })

  test('an edge that is drawn only while it runs is one too', () => {
    const planted = { path: 'src/policy/planted.ts', text: "const late = await import('../chat/slack/slack.ts')\n" }
    expect(breaches([planted])).toHaveLength(1)
  })

  test('a file is one thing: none is longer than 250 lines', () => {
    const long = files.filter(({ text }) => text.split('\n').length > 251).map(({ path }) => path)
    expect(long, 'cut it where its name stops fitting').toEqual([])
  })

  test('names are kebab-case nouns, and no room is called utils, helpers, common, core, lib, services or managers', () => {
    const odd = files
      .map(({ path }) => path)
      .filter(
        (path) =>
          !/^[a-z0-9-]+(\.d)?\.tsx?$/.test(basename(path)) ||
          /(^|\/)(utils?|helpers?|common|core|lib|services|managers|misc)(\/|\.)/.test(path),
      )
    expect(odd).toEqual([])
  })

  test('nothing re-exports a folder: only commands/index.ts lists a folder, because a bundle cannot walk it', () => {
    const barrels = files
      .map(({ path }) => path)
      .filter((path) => basename(path) === 'index.ts' && path !== 'commands/index.ts')
    expect(barrels).toEqual([])
  })

  test('only src/chat/slack and the sandbox know Slack', () => {
    const knowing = files
      .filter(({ text }) => /from '@slack\//.test(text))
      .map(({ path }) => path)
      .filter((path) => !path.startsWith('src/chat/slack/') && !path.startsWith('src/sandbox/'))
    expect(knowing, 'speak of messages, people and channels: src/chat has the words').toEqual([])
  })

  test('only src/config reads the environment', () => {
    const reading = files
      .filter(({ text }) => /process\.env/.test(text.replace(/\/\*[\s\S]*?\*\/|\/\/.*/g, '')))
      .map(({ path }) => path)
    expect(reading, 'take a value from Config instead').toEqual(['src/config/environment.ts'])
  })

  test('only operations write to a cluster', () => {
    const writing = files
      .filter(({ text }) => /\.patch\([^)]*'write'\)/.test(text))
      .map(({ path }) => path)
      .filter((path) => !path.startsWith('src/sandbox/'))
    expect(writing, 'DESIGN promise 1: propose an operation instead').toEqual(['src/operations/changes.ts'])
  })

  test('every import of ours names a file that exists', () => {
    const known = new Set(files.map(({ path }) => path))
    const missing = files.flatMap(({ path, text }) =>
      [...text.matchAll(/from '(\.[^']+\.tsx?)'/g)]
        .map(([, to = '']) => relative(root, resolve(root, dirname(path), to)))
        .filter((to) => !known.has(to))
        .map((to) => `${path} → ${to}`),
    )
    expect(missing).toEqual([])
  })
})
