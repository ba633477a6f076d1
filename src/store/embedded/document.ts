import { deflateRawSync, inflateRawSync } from 'node:zlib'
import type { Row } from '../commit-rules.ts'

/** One document as it lies in memory. Never altered: a write puts another in its place. */
export interface Document extends Row {
  readonly keys: readonly string[]
  readonly due: number | undefined
}

/** Shorter texts gain nothing; longer ones are pictures and other things on their way out, which are packed already. */
const worthwhile = { from: 1024, to: 64 * 1024 }

/**
 * The document as it is kept in memory: a year of operations lies there, and their JSON packs to about a fifth. Unpacked each time it is read,
 * in some ten microseconds.
 */
export function atRest(document: Document): Document {
  const { json, ...rest } = document
  if (json.length < worthwhile.from || json.length > worthwhile.to) return document
  const packed = deflateRawSync(json, { level: 1 })
  // The packer's own buffers are larger than what they hold.
  const held = Buffer.allocUnsafeSlow(packed.length)
  packed.copy(held)
  return {
    ...rest,
    get json() {
      return inflateRawSync(held).toString('utf8')
    },
  }
}
