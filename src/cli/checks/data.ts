import { access, constants, readdir, readFile, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { z } from 'zod'
import { verifyChain } from '../../audit/verify.ts'
import { readChunks } from '../../disk/byte-lines.ts'
import type { Clock } from '../../time/clock.ts'
import type { Config } from '../../config/config.ts'
import { openDatabase } from '../../store/postgres/database.ts'
import { isAlive, thisProcess } from '../../store/embedded/process-identity.ts'
import { fileName } from '../terminal.ts'
import type { Check } from './check.ts'

/** The database where there is one; else the data folder, its owner, and the whole audit trail. Nothing is written or locked. */
export async function checkData(
  config: Config,
  parts: { readonly clock: Clock; readonly cwd: string },
): Promise<readonly Check[]> {
  const { databaseUrl, dataFolder: folder } = config
  if (databaseUrl !== undefined) return [await checkDatabase(databaseUrl, parts.clock)]
  return [await checkFolder(folder, fileName(folder, parts.cwd)), await checkTrail(folder, parts.cwd)]
}

async function checkDatabase(url: string, clock: Clock): Promise<Check> {
  const database = await openDatabase({ url, clock, connections: 1 })
  try {
    await database.query('select 1')
    return { part: 'database', state: 'good', fact: { code: 'database_good' } }
  } catch (error) {
    return { part: 'database', state: 'bad', fact: { code: 'database_bad', detail: wordsOf(error) } }
  } finally {
    await database.close()
  }
}

async function checkFolder(path: string, folder: string): Promise<Check> {
  try {
    const there = await stat(path).catch(() => undefined)
    if (there?.isDirectory() === false) return unusable(folder, 'ENOTDIR')
    await access(there === undefined ? await nearestParent(path) : path, constants.R_OK | constants.W_OK)
    if (there === undefined)
      return { part: 'data', state: 'good', fact: { code: 'data_free', folder, made: 'at-start' } }
    const holder = await holderOf(path)
    return holder === undefined
      ? { part: 'data', state: 'good', fact: { code: 'data_free', folder, made: 'there' } }
      : { part: 'data', state: 'good', fact: { code: 'data_held', folder, ...holder } }
  } catch (error) {
    return unusable(folder, wordsOf(error))
  }
}

const unusable = (folder: string, detail: string): Check => ({
  part: 'data',
  state: 'bad',
  fact: { code: 'data_unusable', folder, detail },
})

async function nearestParent(path: string): Promise<string> {
  const parent = dirname(path)
  const there = await stat(parent).catch(() => undefined)
  return there !== undefined || parent === path ? parent : nearestParent(parent)
}

const Lock = z.object({ pid: z.number(), started: z.string(), host: z.string(), released: z.boolean() })

/** The process whose folder it is now, as far as it can be seen from here. */
async function holderOf(path: string): Promise<{ readonly pid: number; readonly host?: string } | undefined> {
  const numbers = (await readdir(path)).flatMap((file) =>
    /^lock\.\d{1,12}$/.test(file) ? [Number(file.slice(5))] : [],
  )
  if (numbers.length === 0) return undefined
  const text = await readFile(join(path, `lock.${Math.max(...numbers)}`), 'utf8')
  const raw: unknown = JSON.parse(text)
  const { released, ...holder } = Lock.parse(raw)
  if (released) return undefined
  if (holder.host !== thisProcess().host) return { pid: holder.pid, host: holder.host.split(' ')[0] ?? '' }
  return isAlive(holder) ? { pid: holder.pid } : undefined
}

async function checkTrail(folder: string, cwd: string): Promise<Check> {
  const path = join(folder, 'audit.jsonl')
  const file = fileName(path, cwd)
  const there = await stat(path).catch(() => undefined)
  if (there === undefined) return { part: 'audit', state: 'good', fact: { code: 'audit_absent', file } }
  try {
    const found = await verifyChain(readChunks(path))
    // The running bot may be in the middle of a line; a start cuts what a crash left.
    const state = found.ok ? 'good' : found.why === 'torn' ? 'warning' : 'bad'
    return { part: 'audit', state, fact: { code: 'audit_looked', file, found } }
  } catch (error) {
    return { part: 'audit', state: 'bad', fact: { code: 'audit_unread', file, detail: wordsOf(error) } }
  }
}

const wordsOf = (error: unknown): string => (error instanceof Error ? error.message : String(error))
