import { expect, test } from 'vitest'
import { chooseTexts } from '../../src/cards/texts/choose.ts'
import { en } from '../../src/cards/texts/en.ts'
import { zh } from '../../src/cards/texts/zh.ts'
import { ChannelId } from '../../src/chat/identity.ts'

const [shop, ops, direct] = [ChannelId.parse('C0SHOP'), ChannelId.parse('C0OPS'), ChannelId.parse('D0CHEN')] as const
const texts = chooseTexts({
  language: 'en',
  channels: new Map([
    [shop, { language: undefined }],
    [ops, { language: 'zh' }],
  ]),
})

test('a channel speaks its own language, else the usual one, whoever reads', () => {
  expect(texts.at({ channel: ops })).toBe(zh)
  expect(texts.at({ channel: shop })).toBe(en)
  expect(chooseTexts({ language: 'zh', channels: new Map() }).at({ channel: shop })).toBe(zh)
})

test.each([
  ['zh-CN', zh],
  ['zh_TW', zh],
  ['zh', zh],
  ['en-GB', en],
])('somebody whose chat is %s reads alone in that language, wherever they are', (locale, expected) => {
  expect(texts.alone({ locale }, { channel: shop })).toBe(expected)
  expect(texts.alone({ locale }, { channel: ops })).toBe(expected)
})

test('where a person’s language is unknown, or has no catalogue, the channel’s is spoken', () => {
  expect(texts.alone({ locale: 'de-DE' }, { channel: ops })).toBe(zh)
  expect(texts.alone({}, { channel: ops })).toBe(zh)
  expect(texts.alone(undefined, { channel: shop })).toBe(en)
})

test('a direct conversation speaks as its one reader does', () => {
  expect(texts.at({ channel: direct, locale: 'zh-CN' })).toBe(zh)
  expect(texts.at({ channel: direct })).toBe(en)
})
