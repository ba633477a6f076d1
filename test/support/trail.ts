import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { AuditRecord } from '../../src/audit/record.ts'
import { parseRecord } from '../../src/audit/record.ts'
import { verifyChain } from '../../src/audit/verify.ts'
import { readChunks } from '../../src/disk/byte-lines.ts'
import type { House } from './house.ts'

const pathOf = ({ folder }: Pick<House, 'folder'>): string => join(folder, 'data', 'audit.jsonl')

/** Every record of a house's trail, oldest first. */
export const trailOf = (house: Pick<House, 'folder'>): readonly AuditRecord[] =>
  readFileSync(pathOf(house), 'utf8')
    .trimEnd()
    .split('\n')
    .map(parseRecord)
    .filter((record) => record !== undefined)

export const verifyTrail = (house: Pick<House, 'folder'>) => verifyChain(readChunks(pathOf(house)))

/** A record in a few words: what, and what became of it. */
export function told({ what, details = {} }: AuditRecord): string {
  const parts = [
    'verdict',
    'refused',
    'gate',
    'at',
    'state',
    'why',
    'change',
    'attempt',
    'code',
    'click',
    'problem',
  ].map((name) => details[name])
  return [what, ...parts.filter((part) => typeof part === 'string' || typeof part === 'number')].join(' ')
}
