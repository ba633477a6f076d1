import type { WorldSeed } from '../../../../src/sandbox/slack/world/seed.ts'
import { worldFrom } from '../../../../src/sandbox/slack/world/seed.ts'

/** Two members, a guest, a stranger; one channel with the app in it, one without, one archived, one shared. */
export function aWorld(more: WorldSeed = {}) {
  const app = 'U0READBACK'
  return worldFrom({
    foreignTeams: [{ id: 'T0OTHER', name: 'Other', domain: 'other', plan: 'paid' }],
    commands: [
      { command: '/ops', description: 'Operations', usageHint: 'help' },
      { command: '/deploy', description: 'Deploy', usageHint: 'web 1.5.0' },
    ],
    people: [
      { id: 'U0ANN', name: 'ann', locale: 'en-GB', zone: 'Europe/London' },
      { id: 'U0BO', name: 'bo', locale: 'zh-CN', zone: 'Asia/Shanghai' },
      { id: 'U0GUEST', name: 'guest', kind: 'guest' },
      { id: 'U0FAR', name: 'far', team: 'T0OTHER' },
      { id: 'U0GONE', name: 'gone', deactivated: true },
    ],
    groups: [{ id: 'S0SRE', handle: 'sre', members: ['U0BO'] }],
    channels: [
      { id: 'C0OPS', name: 'ops', members: [app, 'U0ANN', 'U0BO', 'U0GUEST'] },
      { id: 'C0TALK', name: 'talk', members: ['U0ANN', 'U0BO'] },
      { id: 'C0OLD', name: 'old', members: [app, 'U0ANN'], archived: true },
      { id: 'C0SHARED', name: 'shared', members: [app, 'U0ANN', 'U0FAR'], sharedWith: ['T0OTHER'] },
      { id: 'C0SECRET', name: 'secret', kind: 'private', members: ['U0ANN'] },
    ],
    ...more,
  })
}
