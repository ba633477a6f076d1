import type { ComponentChildren } from 'preact'
import { byTemplate, exactTime } from './dates.ts'
import { channelTitle, personOf, shortName, useScene } from './scene.ts'
import { useTexts } from './texts/use-texts.ts'
import { isOpenable } from './addresses.ts'
import { entryOf } from './reasons.ts'

const entities: Readonly<Record<string, string>> = { '&lt;': '<', '&gt;': '>', '&amp;': '&' }
export const unescaped = (text: string): string =>
  text.replaceAll(/&(?:lt|gt|amp);/g, (found) => entities[found] ?? found)

const emoji: Readonly<Record<string, string>> = {
  eyes: '👀',
  white_check_mark: '✅',
  x: '❌',
  warning: '⚠️',
  hourglass_flowing_sand: '⏳',
  rocket: '🚀',
  '+1': '👍',
}
export const emojiOf = (name: string): string => entryOf(emoji, name) ?? `:${name}:`

export function Mention({ user }: { readonly user: string }) {
  const { known } = useScene()
  return <span class={user === known.you ? 'mention you' : 'mention'}>@{shortName(personOf(known, user))}</span>
}

export function GroupMention({ group }: { readonly group: string }) {
  const { known } = useScene()
  const found = known.groups.find(({ id }) => id === group)
  return <span class={found?.members.includes(known.you) ? 'mention you' : 'mention'}>@{found?.handle ?? group}</span>
}

export function ChannelMention({ channel }: { readonly channel: string }) {
  const { known, go } = useScene()
  const mine = known.channels.some(({ id }) => id === channel)
  return (
    <button type="button" class="mention link" disabled={!mine} onClick={() => go({ channel })}>
      #{channelTitle(known, channel)}
    </button>
  )
}

/** What no click should open is shown and leads nowhere. */
export function Link({ url, children }: { readonly url: string; readonly children: ComponentChildren }) {
  if (!isOpenable(url)) return <span>{children}</span>
  return (
    <a href={url} target="_blank" rel="noopener noreferrer">
      {children}
    </a>
  )
}

const inline =
  /```([\s\S]+?)```|`([^`\n]+)`|<([^<>\n]+)>|(?<![\p{L}\d*])\*([^*\n]+)\*(?![\p{L}\d*])|(?<![\p{L}\d_])_([^_\n]+)_(?![\p{L}\d_])|(?<![\p{L}\d~])~([^~\n]+)~(?![\p{L}\d~])|:([a-z0-9_+-]+):/gu

/** The chat's little markup: references, links, bold, italic, strike, code, quotes. Everything else is letters. */
export function Mrkdwn({ text }: { readonly text: string }) {
  const lines = text.split('\n')
  const quoted = lines.length > 0 && lines.every((line) => line.startsWith('&gt;'))
  if (quoted) return <blockquote>{parse(lines.map((line) => line.replace(/^&gt; ?/, '')).join('\n'))}</blockquote>
  return <>{parse(text)}</>
}

function parse(text: string): ComponentChildren[] {
  const nodes: ComponentChildren[] = []
  let end = 0
  for (const match of text.matchAll(inline)) {
    const [whole, block, code, reference, bold, italic, strike, sign] = match
    if (match.index > end) nodes.push(unescaped(text.slice(end, match.index)))
    end = match.index + whole.length
    if (block !== undefined) nodes.push(<pre class="code">{unescaped(block).replace(/^\n/, '')}</pre>)
    else if (code !== undefined) nodes.push(<code>{unescaped(code)}</code>)
    else if (reference !== undefined) nodes.push(referenceNode(reference))
    else if (bold !== undefined) nodes.push(<b>{parse(bold)}</b>)
    else if (italic !== undefined) nodes.push(<i>{parse(italic)}</i>)
    else if (strike !== undefined) nodes.push(<s>{parse(strike)}</s>)
    else if (sign !== undefined) nodes.push(emojiOf(sign))
  }
  if (end < text.length) nodes.push(unescaped(text.slice(end)))
  return nodes
}

function referenceNode(reference: string): ComponentChildren {
  const [target = '', label] = reference.split('|')
  if (target.startsWith('@')) return <Mention user={target.slice(1)} />
  if (target.startsWith('#')) return <ChannelMention channel={target.slice(1)} />
  if (target.startsWith('!subteam^')) return <GroupMention group={target.slice(9)} />
  if (target.startsWith('!date^')) {
    const [, seconds = '0', template = ''] = target.split('^')
    return <DateText ms={Number(seconds) * 1000} template={template} fallback={label} />
  }
  if (target.startsWith('!')) return <span class="mention you">@{target.slice(1)}</span>
  if (!isOpenable(unescaped(target))) return unescaped(`<${reference}>`)
  return <Link url={unescaped(target)}>{unescaped(label ?? target.replace(/^mailto:/, ''))}</Link>
}

interface DateProps {
  readonly ms: number
  readonly template: string
  /** Shown where `ms` is no moment that a calendar knows. */
  readonly fallback: string | undefined
}

export function DateText({ ms, template, fallback }: DateProps) {
  const texts = useTexts()
  if (Number.isNaN(new Date(ms).getTime())) return <>{fallback ?? template}</>
  return (
    <time dateTime={new Date(ms).toISOString()} title={exactTime(ms, texts)}>
      {byTemplate(template, ms, texts)}
    </time>
  )
}
