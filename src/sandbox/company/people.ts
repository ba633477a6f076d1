import type { WorldSeed } from '../slack/world/seed.ts'

export interface Visitor {
  /** Everybody's but of those who have their own. */
  readonly locale?: string
  /** Everybody's, so that hours on charts are those of the page; their own where absent. */
  readonly zone?: string
}

/** The workspace of the trial: a shop's small operations team, its channels, and somebody from outside. */
export function company(commands: NonNullable<WorldSeed['commands']>, visitor: Visitor = {}): WorldSeed {
  const everyone = ['U0ANN', 'U0BO', 'U0CHEN', 'U0VERA', 'U0READBACK']
  return {
    team: { id: 'T0SHOP', name: 'Shop', domain: 'shop' },
    foreignTeams: [{ id: 'T0SUPPLIER', name: 'Supplier', domain: 'supplier', plan: 'paid' }],
    commands,
    people: asSeenBy(visitor, [
      { id: 'U0ANN', name: 'ann', realName: 'Ann (developer)', zone: 'Europe/Berlin' },
      { id: 'U0BO', name: 'bo', realName: 'Bo (on call)', zone: 'Europe/Berlin' },
      { id: 'U0CHEN', name: 'chen', realName: '陈 (运维)', locale: 'zh-CN', zone: 'Asia/Shanghai' },
      { id: 'U0VERA', name: 'vera', realName: 'Vera (viewer)', zone: 'Europe/Berlin' },
      { id: 'U0GUEST', name: 'gus', realName: 'Gus (guest)', kind: 'guest' },
      { id: 'U0SUPPLIER', team: 'T0SUPPLIER', name: 'sam', realName: 'Sam (supplier)' },
    ]),
    groups: [
      { id: 'S0DEVS', handle: 'devs', members: ['U0ANN'] },
      { id: 'S0SRE', handle: 'sre', members: ['U0BO', 'U0CHEN'] },
    ],
    channels: [
      { id: 'C0SHOP', name: 'shop', members: [...everyone, 'U0GUEST'] },
      { id: 'C0OPS', name: 'ops', members: everyone },
      { id: 'C0ALERTS', name: 'alerts', members: everyone },
      { id: 'C0AUDIT', name: 'audit', members: everyone },
      { id: 'C0PARTNER', name: 'partner', members: [...everyone, 'U0SUPPLIER'], sharedWith: ['T0SUPPLIER'] },
      { id: 'C0RANDOM', name: 'random', members: everyone.filter((user) => user !== 'U0READBACK') },
    ],
  }
}

type Sketches = NonNullable<WorldSeed['people']>

const asSeenBy = ({ locale = 'en-US', zone }: Visitor, people: Sketches): Sketches =>
  people.map((person) => ({ locale, ...person, ...(zone === undefined ? {} : { zone }) }))
