import { stripVTControlCharacters } from 'node:util'

/** A line as people see it: where it came from, when, and its text without colours and secrets. */
export interface ShownLine {
  readonly pod: string
  readonly container: string
  /** As `evenStamp` makes it, so that stamps compare as texts. */
  readonly stamp: string
  readonly text: string
}

/** Characters of one line that are kept; what stands in a chat is shorter still. */
export const longest = 8_192
/** So much more is looked at, so that a secret that begins before the cut is known as one. */
const margin = 1_024

/** Control characters that are left after colours are gone, tabs aside, and those that turn the order of writing. */
// eslint-disable-next-line no-control-regex
const controls = /[\u0000-\u0008\u000a-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g
const carriageReturn = /\r$/

/** Takes colours, control characters and secrets out of a line; one that is too long says how many bytes are gone. */
export function readable(
  { text, cut = 0 }: { readonly text: string; readonly cut?: number },
  mask: (text: string) => string,
): string {
  const looked = text.length > longest + margin ? text.slice(0, longest + margin) : text
  const plain = stripVTControlCharacters(looked).replace(carriageReturn, '').replace(controls, '·')
  const masked = mask(plain)
  const gone = cut + text.length - looked.length + Math.max(0, masked.length - longest)
  return gone === 0 ? masked : `${masked.slice(0, longest)}… (+${gone} B)`
}

/** RFC 3339 in UTC with nine digits: the kubelet leaves zeros off, and some runtimes write their own zone. */
export function evenStamp(stamp: string): string {
  if (stamp.length === 30 && stamp.endsWith('Z')) return stamp
  const [, second = '', fraction = '', zone = ''] = /^([^.Z+]*T[^.Z+-]*)(?:\.(\d+))?(Z|[+-].*)$/.exec(stamp) ?? []
  const at = Date.parse(second + zone)
  if (Number.isNaN(at)) return ''
  return `${new Date(at).toISOString().slice(0, 19)}.${fraction.padEnd(9, '0').slice(0, 9)}Z`
}

/** The stamp of a moment, epoch ms. */
export const stampAt = (ms: number): string => evenStamp(new Date(ms).toISOString())

export const byTime = (a: Pick<ShownLine, 'stamp'>, b: Pick<ShownLine, 'stamp'>): number =>
  a.stamp < b.stamp ? -1 : a.stamp > b.stamp ? 1 : 0

/** Which container a line comes from, for what is kept by source. */
export const sourceOf = ({ pod, container }: Pick<ShownLine, 'pod' | 'container'>): string => `${pod}/${container}`
