/** When each container of each pod ran, and what else was written into its log. From this a log is computed whenever it is read. */
export interface ContainerRun {
  /** Epoch ms. */
  readonly startedAt: number
  readonly endedAt?: number
  /** Ends with a panic. */
  readonly crashed: boolean
  readonly extra: readonly ExtraLine[]
  /** So many extra lines are forgotten; their places in the log stay empty. */
  readonly forgotten: number
}

/** A line that somebody put into a log, behind the first `after` lines that the container wrote by itself. */
interface ExtraLine {
  readonly at: number
  readonly after: number
  readonly text: string
}

export interface LogBook {
  begin(container: ContainerKey, at: number): void
  end(container: ContainerKey, at: number, how: 'completed' | 'crashed'): void
  /** One more line in the present run; the oldest of them are forgotten. */
  append(container: ContainerKey, line: ExtraLine): void
  current(container: ContainerKey): ContainerRun | undefined
  previous(container: ContainerKey): ContainerRun | undefined
  forget(podUid: string): void
  /** Called whenever a run begins, ends or gets a line. */
  subscribe(listener: (container: ContainerKey) => void): () => void
}

export interface ContainerKey {
  readonly podUid: string
  readonly container: string
}

const extraLimit = 2_000

export function createLogBook(): LogBook {
  const pods = new Map<string, Map<string, readonly [ContainerRun, ContainerRun?]>>()
  const listeners = new Set<(container: ContainerKey) => void>()

  const runs = ({ podUid, container }: ContainerKey) => pods.get(podUid)?.get(container)
  const save = (key: ContainerKey, next: readonly [ContainerRun, ContainerRun?]) => {
    const containers = pods.get(key.podUid) ?? new Map<string, readonly [ContainerRun, ContainerRun?]>()
    containers.set(key.container, next)
    pods.set(key.podUid, containers)
    for (const listener of listeners) listener(key)
  }

  return {
    begin: (key, at) => {
      const [last] = runs(key) ?? []
      const next = { startedAt: at, crashed: false, extra: [], forgotten: 0 }
      save(key, last === undefined ? [next] : [next, last])
    },
    end: (key, at, how) => {
      const [last, before] = runs(key) ?? []
      if (last === undefined || last.endedAt !== undefined) return
      const ended = { ...last, endedAt: at, crashed: how === 'crashed' }
      save(key, before === undefined ? [ended] : [ended, before])
    },
    append: (key, line) => {
      const [last, before] = runs(key) ?? []
      if (last === undefined || last.endedAt !== undefined) return
      const extra = [...last.extra, line]
      const over = Math.max(0, extra.length - extraLimit)
      const next = { ...last, extra: extra.slice(over), forgotten: last.forgotten + over }
      save(key, before === undefined ? [next] : [next, before])
    },
    current: (key) => runs(key)?.[0],
    previous: (key) => {
      const found = runs(key)
      if (found === undefined) return undefined
      // While it waits for its restart, the run that ended last is the previous one, too.
      return found[0].endedAt === undefined ? found[1] : found[0]
    },
    forget: (podUid) => {
      const containers = [...(pods.get(podUid)?.keys() ?? [])]
      pods.delete(podUid)
      for (const container of containers) for (const listener of listeners) listener({ podUid, container })
    },
    subscribe: (listener) => {
      listeners.add(listener)
      return () => {
        listeners.delete(listener)
      }
    },
  }
}
