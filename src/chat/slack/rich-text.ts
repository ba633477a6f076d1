import type { Rich, Span } from '../message.ts'
import type { RichTextElement } from '@slack/types'
import { shortened } from '../../shortened.ts'
import { escaped, escapedWithin, oneLine, visible } from './visible-text.ts'

const longestMrkdwn = 3000
const dateFormat = '{date_short_pretty} {time}'

/** Text as structure: nothing in it is parsed. `max` counts UTF-16 units of what people read. */
export function richElements(rich: Rich, max = 3000): RichTextElement[] {
  const elements: RichTextElement[] = []
  let left = max
  for (const span of rich) {
    if (left <= 0) break
    const element = richElement(span, left)
    if (element === undefined) continue
    elements.push(element)
    left -= spanText(span).length
  }
  return elements
}

function richElement(span: Span, max: number): RichTextElement | undefined {
  if (typeof span === 'string') return textElement(span, max)
  if ('bold' in span) return textElement(span.bold, max, { bold: true })
  if ('code' in span) return textElement(span.code, max, { code: true })
  if ('strike' in span) return textElement(span.strike, max, { strike: true })
  if ('muted' in span) return textElement(span.muted, max, { italic: true })
  if ('person' in span) return { type: 'user', user_id: span.person }
  if ('group' in span) return { type: 'usergroup', usergroup_id: span.group }
  if ('channel' in span) return { type: 'channel', channel_id: span.channel }
  if ('moment' in span)
    return isMoment(span.moment)
      ? { type: 'date', timestamp: seconds(span.moment), format: dateFormat, fallback: utc(span.moment) }
      : textElement(utc(span.moment), max)
  const { url, text } = span.link
  if (!isWebAddress(url)) return textElement(text, max)
  return { type: 'link', url, text: shortened(oneLine(text) || url, max) }
}

function textElement(
  text: string,
  max: number,
  style?: { readonly bold?: true; readonly code?: true; readonly strike?: true; readonly italic?: true },
): RichTextElement | undefined {
  const shown = shortened(visible(text), max)
  if (shown === '') return undefined
  return { type: 'text', text: shown, ...(style === undefined ? {} : { style }) }
}

/** What people read of a span, about: for lengths and widths. */
export function spanText(span: Span): string {
  if (typeof span === 'string') return visible(span)
  if ('bold' in span) return visible(span.bold)
  if ('code' in span) return visible(span.code)
  if ('strike' in span) return visible(span.strike)
  if ('muted' in span) return visible(span.muted)
  if ('person' in span) return span.person
  if ('group' in span) return span.group
  if ('channel' in span) return span.channel
  if ('moment' in span) return utc(span.moment)
  return visible(span.link.text)
}

/** In UTF-16 units of what people read, about. */
export function richLength(rich: Rich): number {
  return rich.reduce((sum, span) => sum + spanText(span).length, 0)
}

/** The few spans of small print that plain text cannot say. Escaped, so that nothing else in them is parsed. */
export function mrkdwnSpan(span: Span): string | undefined {
  if (typeof span === 'string') return undefined
  if ('person' in span) return `<@${span.person}>`
  if ('group' in span) return `<!subteam^${span.group}>`
  if ('channel' in span) return `<#${span.channel}>`
  if ('moment' in span)
    return isMoment(span.moment) ? `<!date^${seconds(span.moment)}^${dateFormat}|${utc(span.moment)}>` : undefined
  if ('link' in span && isWebAddress(span.link.url)) {
    const url = escaped(span.link.url).replaceAll('|', '%7C')
    const room = longestMrkdwn - url.length - '<|>'.length
    // Cut in the middle it would be no link, and what is left of it would be read as text.
    return room < 1 ? undefined : `<${url}|${escapedWithin(oneLine(span.link.text) || span.link.url, room)}>`
  }
  return undefined
}

function isWebAddress(url: string): boolean {
  return /^https?:\/\/[^\s<>]+$/.test(url) && url.length <= 3000 && URL.canParse(url)
}

const seconds = (moment: number): number => Math.floor(moment / 1000)

/** A time that somebody else has told may be none, or lie beyond all calendars. */
const isMoment = (moment: number): boolean => !Number.isNaN(new Date(moment).getTime())

function utc(moment: number): string {
  if (!isMoment(moment)) return '–'
  return `${new Date(moment).toISOString().slice(0, 16).replace('T', ' ')} UTC`
}
