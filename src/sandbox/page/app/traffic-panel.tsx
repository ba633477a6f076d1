import { useEffect, useState } from 'preact/hooks'
import type { PageTrafficEntry } from '../protocol.ts'
import { traffic } from './connection.ts'
import { exactTime } from './dates.ts'
import { useTexts } from './texts/use-texts.ts'

/** Each call and envelope between chat and bot, newest first. */
export function TrafficPanel({ count }: { readonly count: number }) {
  const texts = useTexts()
  const { room } = texts.trial
  const [entries, setEntries] = useState<readonly PageTrafficEntry[]>([])
  useEffect(() => {
    let current = true
    traffic().then(
      (found) => (current ? setEntries(found) : undefined),
      // The sandbox is gone, as the banner says: what was told last stays.
      () => {},
    )
    return () => {
      current = false
    }
  }, [count])
  return (
    <ol class="traffic">
      {entries.map((entry) => (
        <li key={`${entry.at} ${entry.what} ${entry.about}`} class={entry.good ? '' : 'bad'}>
          <details>
            <summary>
              <time title={exactTime(entry.at, texts)}>{preciseTime(entry.at)}</time>
              <span
                class={`direction ${entry.direction}`}
                role="img"
                aria-label={entry.direction === 'in' ? room.toBot : room.fromBot}
                title={entry.direction === 'in' ? room.toBot : room.fromBot}
              >
                {entry.direction === 'in' ? '→' : '←'}
              </span>
              <b>{entry.what}</b>
              <span class="muted">{entry.about}</span>
            </summary>
            {entry.detail !== '' && <pre class="code">{entry.detail}</pre>}
          </details>
        </li>
      ))}
      {entries.length === 0 && <li class="muted">{room.nothing}</li>}
    </ol>
  )
}

/** `14:03:27.081`: which came first is what one looks for here. */
const preciseTime = (ms: number): string =>
  new Date(ms - new Date(ms).getTimezoneOffset() * 60_000).toISOString().slice(11, 23)
