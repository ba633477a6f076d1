import type { PageStep } from './page/protocol.ts'

/** What the guide looks at. */
export interface Sight {
  /** The image tag that a workload is set to, and whether all its pods run it and are ready. */
  workload(cluster: string, name: string): { readonly tag: string; readonly settled: boolean } | undefined
  /** Lines that were typed so far, without their leading blanks. */
  typed(): readonly string[]
}

interface Step extends Omit<PageStep, 'done'> {
  /** Looked at after each change; once true it stays true. */
  readonly isDone: (sight: Sight, memory: Set<string>) => boolean
}

const shop = { as: 'U0ANN', channel: 'C0SHOP' }

const steps: readonly Step[] = [
  {
    ...shop,
    id: 'deploy',
    title: 'Ship to test',
    about: 'One line in the team channel. The bot reads it back, makes one patch and watches it to the end.',
    line: '/deploy web 1.5.0',
    isDone: (sight) => rolledOut(sight, 'test', '1.5.0'),
  },
  {
    ...shop,
    id: 'hang',
    title: 'Hang a rollout',
    about: 'That image was never pushed. See the reason on the card while it hangs, then press Undo on it.',
    line: '/deploy web 1.6.0-missing',
    isDone: (sight, memory) => {
      const web = sight.workload('test', 'web')
      if (web?.tag.includes('missing')) memory.add('hung')
      return memory.has('hung') && web !== undefined && web.settled && !web.tag.includes('missing')
    },
  },
  {
    ...shop,
    id: 'production',
    title: 'Go to production',
    about: 'Production asks back: read the card, then confirm on it. Nothing else than what stands there will happen.',
    line: '/deploy web 1.5.0 to prod',
    isDone: (sight) => rolledOut(sight, 'prod', '1.5.0'),
  },
  {
    as: 'U0BO',
    channel: 'C0OPS',
    id: 'status',
    title: 'Look around',
    about: 'Both clusters at once, worst first, as the on-call engineer sees them.',
    line: '/ops status',
    isDone: (sight) => sight.typed().some((line) => /^(\/ops|@readback) status/.test(line)),
  },
  {
    ...shop,
    id: 'back',
    title: 'Roll it back',
    about: 'The pod template of the revision before, as one more order on the same path. Confirm it on the card.',
    line: '/rollback web to prod',
    isDone: (sight, memory) => {
      if (rolledOut(sight, 'prod', '1.5.0')) memory.add('shipped')
      return memory.has('shipped') && rolledOut(sight, 'prod', '1.4.2')
    },
  },
]

const rolledOut = (sight: Sight, cluster: string, tag: string): boolean => {
  const web = sight.workload(cluster, 'web')
  return web !== undefined && web.tag === tag && web.settled
}

export interface Story {
  look(): readonly PageStep[]
  /** Looks around again; true when a step became done by it. */
  notice(): boolean
}

/** The guided first minute: each step notices by itself that it was done, in whatever order. */
export function createStory(sight: Sight): Story {
  const done = new Set<string>()
  const memory = new Set<string>()
  return {
    look: () => steps.map(({ isDone: _isDone, ...step }) => ({ ...step, done: done.has(step.id) })),
    notice: () => {
      const before = done.size
      for (const step of steps) if (!done.has(step.id) && step.isDone(sight, memory)) done.add(step.id)
      return done.size > before
    },
  }
}
