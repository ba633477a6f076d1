import { execFileSync } from 'node:child_process'
import { readFileSync, readlinkSync } from 'node:fs'
import { hostname } from 'node:os'

/** Which process this is, for good: a pid alone comes again after a reboot or in another container. */
export interface ProcessIdentity {
  readonly pid: number
  /** When it was started, as the system tells it; empty where it does not. */
  readonly started: string
  /** Within which pids mean something: machine and pid namespace. */
  readonly host: string
}

export function thisProcess(): ProcessIdentity {
  return { pid: process.pid, started: startOf(process.pid), host: `${hostname()}${pidNamespace()}` }
}

/** Whether that process of this host runs still. */
export function isAlive({ pid, started }: ProcessIdentity): boolean {
  try {
    process.kill(pid, 0)
  } catch (error) {
    // EPERM: it is there and belongs to somebody else.
    if (!(error instanceof Error && 'code' in error && error.code === 'EPERM')) return false
  }
  const now = startOf(pid)
  return now === '' || started === '' || now === started
}

function startOf(pid: number): string {
  if (process.platform === 'linux') {
    const stat = text(() => readFileSync(`/proc/${pid}/stat`, 'utf8'))
    // The name in brackets may hold spaces and brackets; field 22 counts from the last one. A zombie has ended.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    if (fields[0] === 'Z') return 'ended'
    const ticks = fields[19]
    return ticks === undefined
      ? ''
      : `${text(() => readFileSync('/proc/sys/kernel/random/boot_id', 'utf8')).trim()} ${ticks}`
  }
  if (process.platform === 'win32') return ''
  return text(() =>
    execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8', timeout: 5000 }),
  ).trim()
}

function pidNamespace(): string {
  const link = text(() => readlinkSync('/proc/self/ns/pid'))
  return link === '' ? '' : ` ${link}`
}

function text(read: () => string): string {
  try {
    return read()
  } catch {
    return ''
  }
}
