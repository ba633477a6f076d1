import { expect, test } from 'vitest'
import { commands } from '../../commands/index.ts'
import { en } from '../../src/cards/texts/en.ts'
import type { Texts } from '../../src/cards/texts/en.ts'
import { zh } from '../../src/cards/texts/zh.ts'
import { helpOf } from '../../src/command-line/help.ts'
import { anyValue } from '../support/any-value.ts'
import { samples } from '../support/sample-arguments.ts'

/** Every entry with its path. */
function entries(value: unknown, path = ''): readonly (readonly [path: string, entry: unknown])[] {
  if (typeof value !== 'object' || value === null) return [[path, value]]
  return Object.entries(value).flatMap(([key, each]) => entries(each, path === '' ? key : `${path}.${key}`))
}

const withoutCommands = ({ commands: _, ...rest }: Texts) => rest
const paths = (texts: Texts): readonly string[] => entries(withoutCommands(texts)).map(([path]) => path)

/** All that an entry says, for each of its samples; a function is called with as many arguments as any language wants. */
function said(path: string, entry: unknown): readonly string[] {
  if (typeof entry !== 'function') return [String(entry)]
  const lists = samples[path] ?? [[anyValue(), anyValue(), anyValue()]]
  return lists.map((list) => flat(Reflect.apply(entry, undefined, list)))
}

function flat(result: unknown): string {
  if (typeof result !== 'object' || result === null || Symbol.toPrimitive in result) return String(result)
  return Object.values(result).map(flat).join(' ')
}

const chinese = entries(withoutCommands(zh)).flatMap(([path, entry]) =>
  said(path, entry).map((text) => [path, text] as const),
)

/** What has no words of its own: names, commands, figures. */
const wordless =
  /^(alerts\.(counted|inYourLanguage|summary|thread\.because)|audit\.(readback|verify|said\.other)|metrics\.language|operation\.(workload|because|summary|confirmAgain\.title)|reads\.(pods|times)|shared\.(colon|comma|semicolon)|self\.whoami\.you|terminal\.(doctor\.parts\.(slack|http)|audit\.record|explain\.limit\.(met|failed)))$/

/** Typed or named as it stands in every language. */
const verbatim =
  /`[^`]*`|https?:\S+|OAuth & Permissions|Basic Information → App-Level Tokens|readback (audit|policy|slack|doctor)( [a-z]+)?|invite @readback|web-1/g

test('a language has an entry for each of the English ones, and no other', () => {
  expect(paths(zh)).toEqual(expect.arrayContaining([...paths(en)]))
  expect(paths(en)).toEqual(expect.arrayContaining([...paths(zh)]))
})

test('an entry that is missing or too many does not pass the type check', () => {
  const { working, ...others } = en.shared
  // @ts-expect-error an entry is missing
  const fewer: Texts['shared'] = { ...others }
  // @ts-expect-error there is no such entry
  const more: Texts['shared'] = { ...others, working, extra: '' }
  const what = { ...en.self.doctor.what }
  // @ts-expect-error there is no such entry in a part of a part
  const deeper: Texts['self']['doctor'] = { summary: String, what: { ...what, moon: '' } }
  expect([fewer, more, deeper]).toHaveLength(3)
})

test('every entry says something, and nothing that was not there', () => {
  const broken = chinese.filter(([, text]) => text.trim() === '' || /undefined|NaN|\[object|=>/.test(text))
  expect(broken.filter(([path]) => !path.endsWith('.one_of'))).toEqual([])
})

test('every entry is in Chinese, and no English sentence is left in one', () => {
  const foreign = chinese.filter(([path, text]) => !wordless.test(path) && !/\p{Script=Han}/u.test(text))
  expect(foreign, 'not a Chinese word in it').toEqual([])
  const english = chinese.filter(([, text]) =>
    /\b[a-z]+,? (?:[a-z]+,? ){2,}/i.test(`${text.replaceAll(verbatim, '·')} `),
  )
  expect(english, 'four English words in a row').toEqual([])
})

test('Chinese sentences end as Chinese ones do', () => {
  const mixed = chinese.filter(([, text]) => /\p{Script=Han}[,;:?!.](?:\s|$|\p{Script=Han})/u.test(text))
  expect(mixed, 'half-width punctuation after a Chinese word').toEqual([])
})

test('help explains every command and every argument in Chinese, and none that is not there', () => {
  const declared = commands.map(helpOf)
  expect(Object.keys(zh.commands).sort()).toEqual(declared.map(({ name }) => name).sort())
  for (const { name, arguments: all } of declared) {
    const own = zh.commands[name]?.arguments ?? {}
    expect(Object.keys(own).sort(), name).toEqual(all.map((argument) => argument.name).sort())
  }
})
