import type { Document, LineCounter, Node, Pair, YAMLMap } from 'yaml'
import type { FilePlace } from './file-problems.ts'
import { isAlias, isMap, isNode, isScalar, isSeq } from 'yaml'

export type YamlPath = readonly PropertyKey[]

/** Where the parts of one parsed file stand. A part that is not there has the place of what it is missing from. */
export interface YamlPlaces {
  readonly file: string
  at(offset: number): FilePlace
  /** Of a value; a list's item counts from its first word. */
  of(path: YamlPath): FilePlace
  /** Of the key that leads to a value. */
  ofKey(path: YamlPath): FilePlace
  has(path: YamlPath): boolean
  /** A value as it is written, one line, at most 80 characters; empty where nothing is. */
  written(path: YamlPath): string
  lineText(line: number): string
}

export function createPlaces(source: {
  readonly document: Document.Parsed
  readonly lines: LineCounter
  readonly file: string
  readonly text: string
}): YamlPlaces {
  const { document, lines, file, text } = source

  const at = (offset: number): FilePlace => {
    const { line, col } = lines.linePos(offset)
    return { file, line: Math.max(1, line), column: Math.max(1, col) }
  }

  const step = (node: unknown, key: PropertyKey): { readonly key: unknown; readonly value: unknown } | undefined => {
    const target = isAlias(node) ? node.resolve(document) : node
    if (isMap(target)) {
      const pair = pairsOf(target).get(String(key))
      return pair === undefined ? undefined : { key: pair.key, value: pair.value }
    }
    if (!isSeq(target) || typeof key !== 'number') return undefined
    const value = target.items[key]
    return value === undefined ? undefined : { key: value, value }
  }

  const known = new WeakMap<YAMLMap, ReadonlyMap<string, Pair>>()
  /** The first of each name. */
  const pairsOf = (map: YAMLMap): ReadonlyMap<string, Pair> => {
    const before = known.get(map)
    if (before) return before
    const pairs = new Map<string, Pair>()
    for (const pair of map.items) {
      const name = isScalar(pair.key) ? String(pair.key.value) : undefined
      if (name !== undefined && !pairs.has(name)) pairs.set(name, pair)
    }
    known.set(map, pairs)
    return pairs
  }

  const find = (path: YamlPath): { readonly key: unknown; readonly value: unknown; readonly whole: boolean } => {
    let here: { readonly key: unknown; readonly value: unknown } = { key: document.contents, value: document.contents }
    for (const part of path) {
      const next = step(here.value, part)
      if (next === undefined) return { ...here, whole: false }
      here = next
    }
    return { ...here, whole: true }
  }

  const written = (node: Node): string => {
    const range = node.range
    const raw = range === null || range === undefined ? '' : text.slice(range[0], range[1])
    const line = raw.replaceAll(/\s+/g, ' ').trim()
    return line.length > 80 ? `${line.slice(0, 79)}…` : line
  }

  return {
    file,
    at,
    of: (path) => {
      const { key, value } = find(path)
      return at(offset(value) ?? offset(key) ?? 0)
    },
    ofKey: (path) => {
      const { key, value } = find(path)
      return at(offset(key) ?? offset(value) ?? 0)
    },
    has: (path) => find(path).whole,
    written: (path) => {
      const { value, whole } = find(path)
      return whole && isNode(value) ? written(value) : ''
    },
    lineText: (line) => (text.split('\n')[line - 1] ?? '').trim().slice(0, 80),
  }
}

function offset(node: unknown): number | undefined {
  return isNode(node) ? node.range?.[0] : undefined
}
