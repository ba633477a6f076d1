import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'

/** Resident bytes of a process and, on Linux, of those it started. */
export function residentBytes(pid: number | undefined): number {
  if (process.platform !== 'linux')
    return Number(execFileSync('ps', ['-o', 'rss=', '-p', String(pid)], { encoding: 'utf8' })) * 1024
  const own = Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) * 1024
  const started = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').split(' ').filter(Boolean)
  return started.reduce((sum, child) => sum + residentBytes(Number(child)), own)
}
