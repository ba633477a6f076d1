import { createContext } from 'preact'
import { useContext } from 'preact/hooks'
import type { JsonObject } from '../../../json.ts'
import type { DeedAnswer, PagePerson } from '../protocol.ts'
import type { OwnDeed } from './connection.ts'
import type { Place } from './place.ts'
import type { Known } from './state.ts'

/** What every part of the page needs. */
export interface Scene {
  readonly known: Known
  readonly place: Place
  readonly go: (place: Partial<Place>) => void
  readonly deed: (deed: OwnDeed) => Promise<DeedAnswer>
  /** Puts a confirm object's question; it stays though the message that asked is redrawn meanwhile. */
  readonly ask: (confirm: JsonObject) => Promise<'yes' | 'no'>
  /** Words that are put into the composer of the channel. */
  readonly offer: Offer | undefined
  readonly suggest: (line: string) => void
}

export interface Offer {
  readonly line: string
  /** Another number is another offer, though its words be the same. */
  readonly number: number
}

export const SceneContext = createContext<Scene | undefined>(undefined)

export function useScene(): Scene {
  const scene = useContext(SceneContext)
  if (scene === undefined) throw new Error('outside of the scene')
  return scene
}

/** The visitor's own clusters, not the simulated company's. */
export const isOwn = (clusters: Known['clusters']): boolean =>
  clusters.some(({ changesAllowed }) => changesAllowed !== undefined)

const nobody: PagePerson = {
  id: '',
  name: 'unknown',
  realName: 'Unknown',
  kind: 'member',
  locale: 'en-US',
  deactivated: false,
}

export const personOf = (known: Known, id: string): PagePerson =>
  known.people.find((person) => person.id === id) ?? { ...nobody, id }

/** `Ann (developer)` is `Ann` wherever space is short. */
export const shortName = ({ realName }: PagePerson): string => realName.replace(/\s*\(.*\)$/, '')

export function channelTitle(known: Known, id: string): string {
  const channel = known.channels.find((one) => one.id === id)
  if (channel === undefined) return id
  if (channel.kind !== 'direct') return channel.name
  const other = channel.members.find((member) => member !== known.you) ?? known.you
  return shortName(personOf(known, other))
}
