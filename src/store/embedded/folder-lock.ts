import {
  closeSync,
  fsyncSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
  writeSync,
} from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import type { Clock } from '../../time/clock.ts'
import { StoreError } from '../problems.ts'
import { isAlive } from './process-identity.ts'
import type { ProcessIdentity } from './process-identity.ts'

const Content = z.strictObject({
  readback: z.literal('lock'),
  pid: z.int().positive(),
  started: z.string(),
  host: z.string(),
  released: z.boolean(),
})
type Content = z.infer<typeof Content>

const lockName = /^lock\.(\d{1,12})$/
const beatMs = 10_000
/** A holder that cannot be looked up (another machine or container) is taken for dead after this long without a beat. */
const silentMs = 35_000

export interface FolderLock {
  /** Pid of a holder that ended without letting go. */
  readonly takenOverFrom: number | undefined
  release(): void
}

export interface LockOptions {
  readonly folder: string
  readonly clock: Clock
  readonly self: ProcessIdentity
  /** Somebody else has the folder now (this process slept for long, or its lock was deleted): write no more. */
  readonly onLost: () => void
}

/**
 * Takes the folder for this process. Locks are numbered files and numbers only rise: the highest one counts, the
 * next is taken with an exclusive create, and whoever is not the highest afterwards steps back. So when several find
 * the same stale lock at once, one gets it at most. Throws `store_locked` while a living process has it.
 */
export function lockFolder({ folder, clock, self, onLost }: LockOptions): FolderLock {
  const before = highest(folder)
  const ended = before === undefined ? undefined : endedHolder({ path: before.path, folder, self, now: clock.now() })
  const mine = join(folder, `lock.${(before?.number ?? 0) + 1}`)
  create(mine, folder, { readback: 'lock', ...self, released: false })
  const isMine = () => highest(folder)?.path === mine
  if (!isMine()) {
    rmSync(mine, { force: true })
    throw locked(folder, undefined)
  }
  const touch = () => utimesSync(mine, clock.now() / 1000, clock.now() / 1000)
  touch()
  for (const { path } of locks(folder)) if (path !== mine) rmSync(path, { force: true })

  const beat = () => {
    cancel = clock.after(beatMs, beat)
    try {
      if (isMine()) touch()
      else onLost()
    } catch {
      // A disk that cannot be read now: the store's own writes will say so.
    }
  }
  let cancel = clock.after(beatMs, beat)

  return {
    takenOverFrom: ended,
    release: () => {
      cancel()
      if (!isMine()) return
      // Kept, not deleted: the next holder takes the next number.
      writeFileSync(`${mine}.tmp`, text({ readback: 'lock', ...self, released: true }))
      renameSync(`${mine}.tmp`, mine)
    },
  }
}

interface Lock {
  readonly number: number
  readonly path: string
}

function locks(folder: string): Lock[] {
  return readdirSync(folder).flatMap((file) => {
    const digits = lockName.exec(file)?.[1]
    return digits === undefined ? [] : [{ number: Number(digits), path: join(folder, file) }]
  })
}

function highest(folder: string): Lock | undefined {
  return locks(folder).reduce<Lock | undefined>(
    (found, lock) => (found !== undefined && found.number > lock.number ? found : lock),
    undefined,
  )
}

/** The pid of a holder that ended without releasing, undefined after a release; throws `store_locked` while one lives. */
function endedHolder({
  path,
  folder,
  self,
  now,
}: {
  readonly path: string
  readonly folder: string
  readonly self: ProcessIdentity
  readonly now: number
}): number | undefined {
  const content = read(path, folder)
  if (content?.released === true) return undefined
  if (content?.host === self.host) {
    if (isAlive(content)) throw locked(folder, { pid: content.pid })
    return content.pid
  }
  // Unreadable for the moment, or beyond our sight: only its beat tells.
  const silent = now - (statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0)
  if (silent < silentMs) throw locked(folder, content)
  return content?.pid
}

function locked(folder: string, by: { readonly pid: number; readonly host?: string } | undefined): StoreError {
  const host = by?.host
  return new StoreError({ code: 'store_locked', folder, pid: by?.pid ?? 0, ...(host === undefined ? {} : { host }) })
}

function text(content: Content): string {
  return `${JSON.stringify(content)}\n`
}

function read(path: string, folder: string): Content | undefined {
  let found: string
  try {
    found = readFileSync(path, 'utf8')
  } catch {
    return undefined
  }
  // Created but not written yet, or torn by a power cut: judged by its age alone.
  if (!found.endsWith('\n')) return undefined
  try {
    const raw: unknown = JSON.parse(found)
    return Content.parse(raw)
  } catch (error) {
    throw new StoreError({ code: 'store_alien', file: path.slice(folder.length + 1) }, { cause: error })
  }
}

function create(path: string, folder: string, content: Content): void {
  let fd: number
  try {
    fd = openSync(path, 'wx', 0o600)
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST')
      throw locked(folder, { pid: read(path, folder)?.pid ?? 0 })
    throw new StoreError({ code: 'store_unwritable', file: folder, detail: String(error) }, { cause: error })
  }
  try {
    writeSync(fd, text(content))
    fsyncSync(fd)
  } finally {
    closeSync(fd)
  }
}
