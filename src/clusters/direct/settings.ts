import type { ClusterName } from '../names.ts'

/** One cluster as readback.yaml names it, durations in milliseconds. */
export interface DirectConfig {
  readonly name: ClusterName
  readonly environment: string
  readonly impersonate: boolean
  /** For one question to this cluster, all pages, retries and waiting included. */
  readonly timeoutMs: number
  readonly way: Way
}

/** Where server and credential come from. */
export type Way =
  /** Files as in KUBECONFIG: the first that names a thing wins, missing ones are skipped. Without a context: `current-context`. */
  | { readonly kind: 'kubeconfig'; readonly files: readonly string[]; readonly context?: string }
  /** The pod's own service account. `root` is where its files stand, absent: where Kubernetes mounts them. */
  | { readonly kind: 'in-cluster'; readonly root?: string }
  /** Said outright, without a file. */
  | { readonly kind: 'server'; readonly server: string; readonly token?: string }

/** The part of the environment that this room looks at; exec plugins inherit all of it. */
export type Environment = Readonly<Record<string, string | undefined>>

/** What this room says to operators. pino fits. */
export interface Log {
  debug(fields: object, message: string): void
  warn(fields: object, message: string): void
}

/** Limits of the transport. Absent ones stand as in `defaultLimits`. */
export interface Limits {
  readonly connectMs: number
  readonly idleConnectionMs: number
  /** No connection is used longer than this, so that a round-robin address spreads again. */
  readonly connectionAgeMs: number
  readonly reads: number
  readonly writes: number
  readonly streams: number
  readonly waiting: number
  readonly answerBytes: number
  readonly watchLineBytes: number
  readonly logLineBytes: number
  /** A stream that says nothing for so long is taken for dead and opened again. */
  readonly idleStreamMs: number
}

/** For one API server and one process. */
export const defaultLimits: Limits = {
  connectMs: 3_000,
  // Below the 20 s after which HAProxy in kubeadm's sample configuration closes an idle connection.
  idleConnectionMs: 10_000,
  connectionAgeMs: 300_000,
  reads: 8,
  writes: 2,
  streams: 256,
  waiting: 1_000,
  answerBytes: 64 * 1024 * 1024,
  watchLineBytes: 4 * 1024 * 1024,
  logLineBytes: 64 * 1024,
  idleStreamMs: 75_000,
}
