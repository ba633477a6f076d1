import type { PageMessage, PageStep } from './page/protocol.ts'

/** What the guide looks at. */
export interface Sight {
  /** The image tag that a workload is set to, and whether all its pods run it and are ready. */
  workload(cluster: string, name: string): { readonly tag: string; readonly settled: boolean } | undefined
  /** Lines that were typed so far, without their leading blanks. */
  typed(): readonly string[]
  messages(channel: string): readonly Pick<PageMessage, 'blocks'>[]
}

type Scene = Pick<PageStep, 'about' | 'as' | 'channel' | 'line' | 'accident'>

export interface Step {
  readonly id: string
  readonly title: string
  /** What to do now: a step may have more than one act. */
  readonly scene: (sight: Sight, memory: ReadonlySet<string>) => Scene
  /** Looked at after each change; once true it stays true. */
  readonly isDone: (sight: Sight, memory: Set<string>) => boolean
}

const asDeveloper = { as: 'U0ANN', channel: 'C0SHOP' } as const
const onCall = { as: 'U0BO', channel: 'C0OPS' } as const

/** The guided first minute of the trial. */
export const firstMinute: readonly Step[] = [
  {
    id: 'deploy',
    title: 'Ship to test',
    scene: () => ({
      ...asDeveloper,
      about: 'One line in the team channel. The bot reads it back, makes one patch and watches it to the end.',
      line: '/deploy web 1.5.0',
    }),
    isDone: (sight) => rolledOut(sight, 'test', '1.5.0'),
  },
  {
    id: 'hang',
    title: 'Hang a rollout, take it back',
    scene: (_sight, memory) =>
      memory.has('hung')
        ? { ...asDeveloper, about: 'It hangs, and the card says why. Press Undo on it.' }
        : {
            ...asDeveloper,
            about: 'That image was never pushed. Watch the card: it finds out why it hangs.',
            line: '/deploy web 1.6.0-missing',
          },
    isDone: (sight, memory) => {
      const web = sight.workload('test', 'web')
      if (web?.tag.includes('missing')) memory.add('hung')
      return memory.has('hung') && web !== undefined && web.settled && !web.tag.includes('missing')
    },
  },
  {
    id: 'ask',
    title: 'Ask for production',
    scene: () => ({
      ...asDeveloper,
      about: 'A developer may ask, not decide: the policy wants a second pair of eyes.',
      line: '/deploy web 1.5.0 to prod',
    }),
    isDone: (sight) => waits(sight, 'web') || rolledOut(sight, 'prod', '1.5.0'),
  },
  {
    id: 'approve',
    title: 'Approve as somebody else',
    scene: () => ({
      ...onCall,
      about: 'Bo is on call. He sees exactly what would change, and approves that and nothing else.',
    }),
    isDone: (sight) => rolledOut(sight, 'prod', '1.5.0'),
  },
  {
    id: 'status',
    title: 'Look around',
    scene: () => ({
      ...onCall,
      about: 'Both clusters at once, worst first, with what waits and what runs.',
      line: '/ops status',
    }),
    isDone: (sight) => sight.typed().some((line) => /^(\/ops|@readback) status/.test(line)),
  },
  {
    id: 'back',
    title: 'Roll it back',
    scene: () => ({
      ...onCall,
      about:
        'The pod template of the revision before. Bo may do it alone, but production asks back: confirm on the card.',
      line: '/rollback web to prod',
    }),
    isDone: (sight, memory) => {
      if (rolledOut(sight, 'prod', '1.5.0')) memory.add('shipped')
      return memory.has('shipped') && rolledOut(sight, 'prod', '1.4.2')
    },
  },
  {
    id: 'void',
    title: 'Change it behind their backs',
    scene: (sight, memory) => {
      if (memory.has('meddled'))
        return {
          ...onCall,
          about: 'Now approve it as Bo: what he saw is no longer what would happen, so nothing happens.',
        }
      if (waits(sight, 'orders'))
        return {
          ...onCall,
          about: 'While it waits, somebody edits the same object with kubectl.',
          accident: {
            label: 'Edit orders by hand',
            deed: { kind: 'meddle', cluster: 'prod', namespace: 'shop', name: 'orders' },
          },
        }
      return {
        ...asDeveloper,
        about: 'Ask for another change of production first.',
        line: '/deploy orders 2.9.0 to prod',
      }
    },
    isDone: (sight, memory) => {
      if (waits(sight, 'orders')) memory.add('asked')
      return memory.has('asked') && memory.has('meddled') && !waits(sight, 'orders')
    },
  },
]

const rolledOut = (sight: Sight, cluster: string, tag: string): boolean => {
  const web = sight.workload(cluster, 'web')
  return web !== undefined && web.tag === tag && web.settled
}

/** A card of it stands there with its Approve button. */
const waits = (sight: Sight, name: string): boolean =>
  sight.messages('C0OPS').some(({ blocks }) => {
    const shown = JSON.stringify(blocks)
    return shown.includes('"operation.approve"') && shown.includes(`/${name} (`)
  })

export interface Story {
  look(): readonly PageStep[]
  /** Looks around again; true when there is something else to tell. */
  notice(): boolean
  /** Something happened that no object shows. */
  remember(what: 'meddled'): void
}

/** Each step notices by itself that it was done, in whatever order. */
export function createStory(steps: readonly Step[], sight: Sight): Story {
  const done = new Set<string>()
  const memory = new Set<string>()
  let told = ''
  const look = (): readonly PageStep[] =>
    steps.map(({ id, title, scene }) => ({ id, title, ...scene(sight, memory), done: done.has(id) }))
  return {
    look,
    notice: () => {
      for (const step of steps) if (!done.has(step.id) && step.isDone(sight, memory)) done.add(step.id)
      const now = JSON.stringify(look())
      const isNews = now !== told
      told = now
      return isNews
    },
    remember: (what) => {
      memory.add(what)
    },
  }
}
