import type { ComponentChildren } from 'preact'
import type { Json, JsonObject } from '../../../json.ts'
import { listOf, objectOf, textOf } from '../../slack/json-values.ts'
import { ChannelMention, DateText, emojiOf, GroupMention, Link, Mention } from './mrkdwn.tsx'

/** A `rich_text` block: structure all the way down, so nothing in it is parsed. */
export function RichText({ elements }: { readonly elements: readonly Json[] }) {
  return (
    <div class="rich">
      {elements.map(objectOf).map((element, index) => (
        <RichPart key={index} element={element} />
      ))}
    </div>
  )
}

function RichPart({ element }: { readonly element: JsonObject }) {
  const children = listOf(element['elements'])
  switch (element['type']) {
    case 'rich_text_list': {
      const items = children.map((item, index) => (
        <li key={index}>
          <Runs runs={listOf(objectOf(item)['elements'])} />
        </li>
      ))
      const style = { marginInlineStart: `${Number(element['indent'] ?? 0) * 24}px` }
      return element['style'] === 'ordered' ? <ol style={style}>{items}</ol> : <ul style={style}>{items}</ul>
    }
    case 'rich_text_preformatted':
      return (
        <pre class="code" tabIndex={0}>
          <Runs runs={children} />
        </pre>
      )
    case 'rich_text_quote':
      return (
        <blockquote>
          <Runs runs={children} />
        </blockquote>
      )
    default:
      return (
        <p>
          <Runs runs={children} />
        </p>
      )
  }
}

function Runs({ runs }: { readonly runs: readonly Json[] }) {
  return <>{runs.map((run, index) => runNode(objectOf(run), index))}</>
}

function runNode(run: JsonObject, key: number): ComponentChildren {
  const text = textOf(run['text']) ?? ''
  switch (run['type']) {
    case 'text':
      return styled(text, objectOf(run['style']), key)
    case 'user':
      return <Mention key={key} user={textOf(run['user_id']) ?? ''} />
    case 'usergroup':
      return <GroupMention key={key} group={textOf(run['usergroup_id']) ?? ''} />
    case 'channel':
      return <ChannelMention key={key} channel={textOf(run['channel_id']) ?? ''} />
    case 'link': {
      const url = textOf(run['url']) ?? ''
      return (
        <Link key={key} url={url}>
          {text === '' ? url : text}
        </Link>
      )
    }
    case 'date':
      return (
        <DateText
          key={key}
          ms={Number(run['timestamp']) * 1000}
          template={textOf(run['format']) ?? ''}
          fallback={textOf(run['fallback'])}
        />
      )
    case 'emoji':
      return emojiOf(textOf(run['name']) ?? '')
    case 'broadcast':
      return (
        <span key={key} class="mention you">
          @{textOf(run['range'])}
        </span>
      )
    default:
      return text
  }
}

function styled(text: string, style: JsonObject, key: number): ComponentChildren {
  let node: ComponentChildren = text
  if (style['code'] === true) node = <code>{node}</code>
  if (style['italic'] === true) node = <i>{node}</i>
  if (style['bold'] === true) node = <b>{node}</b>
  if (style['strike'] === true) node = <s>{node}</s>
  return <span key={key}>{node}</span>
}
