import { useEffect, useState } from 'preact/hooks'
import type { PageMessage } from '../protocol.ts'
import { keep, recallJson } from './keep.ts'

type Marks = Readonly<Record<string, string>>

const isMarks = (value: unknown): value is Marks => typeof value === 'object' && value !== null && !Array.isArray(value)

function load(name: string): Marks {
  const value = recallJson(name)
  return isMarks(value) ? value : {}
}

/** Up to which message this person has read each channel, in this browser. */
export function useReading(run: string, user: string) {
  const name = `read.${run}.${user}`
  const [marks, setMarks] = useState<Marks>(() => load(name))
  useEffect(() => setMarks(load(name)), [name])
  return {
    markOf: (channel: string): string => marks[channel] ?? '0',
    read: (channel: string, ts: string): void => {
      setMarks((before) => {
        if (Number(before[channel] ?? '0') >= Number(ts)) return before
        const next = { ...before, [channel]: ts }
        keep(name, JSON.stringify(next))
        return next
      })
    },
  }
}

/** Messages of others after the mark. */
export function unreadIn(list: readonly PageMessage[], mark: string, you: string): readonly PageMessage[] {
  return list.filter(({ ts, user }) => Number(ts) > Number(mark) && user !== you)
}

/** A message speaks to somebody by mentioning them, in whatever way it is written. */
export const mentions = (message: PageMessage, user: string): boolean =>
  message.text.includes(`<@${user}>`) || JSON.stringify(message.blocks).includes(`"user_id":"${user}"`)
