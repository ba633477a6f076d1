import type { PageMessage, PageStep, StepId } from './page/protocol.ts'

/** What the guide looks at. */
export interface Sight {
  /** The image tag that a workload is set to, and whether all its pods run it and are ready. */
  workload(cluster: string, name: string): { readonly tag: string; readonly settled: boolean } | undefined
  /** Lines that were typed so far, without their leading blanks. */
  typed(): readonly string[]
  messages(channel: string): readonly Pick<PageMessage, 'blocks'>[]
}

type Scene = Pick<PageStep, 'scene' | 'as' | 'channel' | 'line' | 'accident'>

export interface Step {
  readonly id: StepId
  /** What to do now: a step may have more than one act. */
  readonly scene: (sight: Sight, memory: ReadonlySet<string>) => Scene
  /** Looked at after each change; once true it stays true. */
  readonly isDone: (sight: Sight, memory: Set<string>) => boolean
}

const asDeveloper = { as: 'U0ANN', channel: 'C0SHOP' } as const
const calledIn = { as: 'U0BO', channel: 'C0ALERTS' } as const
const onCall = { as: 'U0BO', channel: 'C0OPS' } as const

/** The guided first minute of the trial. */
export const firstMinute: readonly Step[] = [
  {
    id: 'deploy',
    scene: () => ({ ...asDeveloper, scene: 'deploy', line: '/deploy web 1.5.0' }),
    isDone: (sight) => rolledOut(sight, 'test', '1.5.0') && ended(sight, asDeveloper.channel, 'web'),
  },
  {
    id: 'hang',
    scene: (_sight, memory) =>
      memory.has('hung')
        ? { ...asDeveloper, scene: 'hung' }
        : { ...asDeveloper, scene: 'hang', line: '/deploy web 1.6.0-missing' },
    isDone: (sight, memory) => {
      const web = sight.workload('test', 'web')
      if (web?.tag.includes('missing')) memory.add('hung')
      return memory.has('hung') && web !== undefined && web.settled && !web.tag.includes('missing')
    },
  },
  {
    id: 'ask',
    scene: () => ({ ...asDeveloper, scene: 'ask', line: '/deploy web 1.5.0 to prod' }),
    isDone: (sight) => waits(sight, 'web') || rolledOut(sight, 'prod', '1.5.0'),
  },
  {
    id: 'approve',
    scene: (_sight, memory) =>
      memory.has('shipped')
        ? { ...onCall, scene: 'back', line: '/rollback web to prod' }
        : { ...onCall, scene: 'approve' },
    isDone: (sight, memory) => {
      if (rolledOut(sight, 'prod', '1.5.0') && ended(sight, onCall.channel, 'web')) memory.add('shipped')
      return memory.has('shipped') && rolledOut(sight, 'prod', '1.4.2')
    },
  },
  {
    id: 'void',
    scene: (sight, memory) => {
      if (memory.has('meddled')) return { ...onCall, scene: 'void_approve' }
      if (waits(sight, 'orders'))
        return {
          ...onCall,
          scene: 'void_meddle',
          accident: { kind: 'meddle', cluster: 'prod', namespace: 'shop', name: 'orders' },
        }
      return { ...asDeveloper, scene: 'void_ask', line: '/deploy orders 2.9.0 to prod' }
    },
    isDone: (sight, memory) => {
      if (waits(sight, 'orders')) memory.add('asked')
      return memory.has('asked') && memory.has('meddled') && !waits(sight, 'orders')
    },
  },
  {
    id: 'alert',
    scene: (sight, memory) => {
      if (!memory.has('crashed')) return { ...asDeveloper, scene: 'alert_break', line: '/deploy web 1.7.0-crash' }
      return isCalled(sight) ? { ...calledIn, scene: 'alert_thread' } : { ...calledIn, scene: 'alert_wait' }
    },
    isDone: (sight, memory) => {
      const web = sight.workload('test', 'web')
      if (web?.tag.includes('crash')) memory.add('crashed')
      if (memory.has('crashed') && isCalled(sight)) memory.add('called')
      return memory.has('called') && web !== undefined && web.settled && !web.tag.includes('crash')
    },
  },
  {
    id: 'audit',
    scene: (sight) =>
      askedForAudit(sight)
        ? { ...onCall, scene: 'audit_verify', accident: { kind: 'check_audit', of: 'trail' } }
        : { ...onCall, scene: 'audit', line: '/ops audit' },
    isDone: (sight, memory) => askedForAudit(sight) && memory.has('verified'),
  },
]

/** The alert stands there, with what is known in its thread. */
const isCalled = (sight: Sight): boolean =>
  sight.messages(calledIn.channel).some(({ blocks }) => {
    const shown = JSON.stringify(blocks)
    return shown.includes('"order.retype"') && shown.includes('rollback test:shop/deployment/web')
  })

const askedForAudit = (sight: Sight): boolean => sight.typed().some((line) => /^(\/ops|@readback) audit/.test(line))

const rolledOut = (sight: Sight, cluster: string, tag: string): boolean => {
  const web = sight.workload(cluster, 'web')
  return web !== undefined && web.tag === tag && web.settled
}

/** A card of it stands there with its Approve button. */
const waits = (sight: Sight, name: string): boolean =>
  offers(sight, onCall.channel, { action: 'operation.approve', name })

/** Its card says so, too: pods are ready a moment before the bot has seen it, and who orders again in that moment supersedes it. */
const ended = (sight: Sight, channel: string, name: string): boolean =>
  offers(sight, channel, { action: 'operation.undo', name })

const offers = (
  sight: Sight,
  channel: string,
  { action, name }: { readonly action: string; readonly name: string },
): boolean =>
  sight.messages(channel).some(({ blocks }) => {
    const shown = JSON.stringify(blocks)
    return shown.includes(`"${action}"`) && shown.includes(`/${name} (`)
  })

export interface Story {
  look(): readonly PageStep[]
  /** Looks around again; true when there is something else to tell. */
  notice(): boolean
  /** Something happened that no object shows. */
  remember(what: 'meddled' | 'verified'): void
}

/** Each step notices by itself that it was done, in whatever order. */
export function createStory(steps: readonly Step[], sight: Sight): Story {
  const done = new Set<string>()
  const memory = new Set<string>()
  let told = ''
  const look = (): readonly PageStep[] =>
    steps.map(({ id, scene }) => ({ id, ...scene(sight, memory), done: done.has(id) }))
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
