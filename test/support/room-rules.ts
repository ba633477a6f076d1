import { dirname, normalize, join } from 'node:path'

export interface SourceFile {
  /** From the repository's root. */
  readonly path: string
  readonly text: string
}

/**
 * What each room may use of other rooms while it runs. Types of another room's nouns and ports may be imported by everybody but where
 * `sealed` says no. An entry is a room, or one file of it. The path of an order is the direction: chat → reception → plans → operations → clusters; cards speak about all nouns.
 */
const mayUse: Readonly<Record<string, readonly string[]>> = {
  alerts: [
    'chat/identity.ts',
    'clusters',
    'logs/entry.ts',
    'logs/tail.ts',
    'operations/keys.ts',
    'operations/operation.ts',
    'reads',
    'store',
  ],
  approvals: ['chat/identity.ts', 'policy'],
  assembly: ['*'],
  audit: ['store'],
  cards: [
    'alerts',
    'audit',
    'chat/identity.ts',
    'chat/outbox/card.ts',
    'clusters',
    'logs',
    'metrics',
    'operations',
    'reads',
    'store',
  ],
  chat: ['store'],
  cli: ['*'],
  clusters: [],
  'command-line': [],
  commands: ['command-line'],
  config: ['chat/identity.ts', 'clusters/names.ts'],
  freezes: ['policy/schema.ts', 'store'],
  http: ['config'],
  logs: ['chat/identity.ts', 'clusters', 'store'],
  metrics: [],
  operations: ['approvals', 'audit/owed.ts', 'chat/identity.ts', 'clusters', 'plans', 'policy', 'rollouts', 'store'],
  plans: ['clusters'],
  policy: ['chat/identity.ts'],
  reads: ['clusters', 'targets'],
  reception: [
    'alerts',
    'audit',
    'cards',
    'chat',
    'clusters',
    'command-line',
    'config/channels.ts',
    'logs',
    'metrics',
    'operations',
    'policy',
    'reads',
    'store',
    'targets',
  ],
  rollouts: ['clusters', 'plans'],
  secrets: ['store'],
  sandbox: ['chat', 'clusters', 'command-line', 'commands', 'config', 'policy'],
  store: [],
  targets: ['clusters'],
}

/** Rooms without knowledge of the product, which every room may use. */
const ground: readonly string[] = ['disk', 'documents', 'secrets', 'time']

/** Rooms that nobody may even know by type, but those listed. */
const sealed: Readonly<Record<string, readonly string[]>> = {
  sandbox: ['cli'],
  cli: ['cards'],
  assembly: [],
}

const why: Readonly<Record<string, string>> = {
  policy: 'decide() is pure: it knows nouns, no chat and no cluster',
  cards: 'cards turn data into messages and do nothing',
  sandbox: 'the bot has no line that knows the sandbox',
}

/** The room a file stands in; files directly in src/ are leaves (known by all) or, like main.ts, the roof (knows all). */
function roomOf(path: string): string {
  const [first = '', second = '', ...rest] = path.split('/')
  if (first === 'commands') return 'commands'
  return rest.length === 0 ? '' : second
}

/** Each breach as one line: which edge, which rule, why. */
export function breaches(files: readonly SourceFile[]): string[] {
  return files.flatMap(({ path, text }) => {
    const from = roomOf(path)
    if (from === '') return []
    return [...text.matchAll(/import(?:\(\s*|\s+(type\s+)?(?:[^'"]*?\sfrom\s+)?)'(\.[^']+)'/g)].flatMap(
      ([, type, to = '']) => {
        const target = normalize(join(dirname(path), to))
        const room = roomOf(target)
        if (room === '' || room === from)
          return target === 'src/main.ts' && from !== 'cli' ? [said(path, target, from)] : []
        const open = sealed[room]
        if (open && !open.includes(from) && from !== 'cli') return [said(path, target, room)]
        const allowed = [...ground, ...(mayUse[from] ?? [])]
        const file = target.slice('src/'.length)
        if (type !== undefined || allowed.some((one) => one === '*' || one === room || one === file)) return []
        return [said(path, target, from)]
      },
    )
  })
}

const said = (path: string, target: string, room: string): string =>
  `${path} → ${target}: ${room} may use ${(mayUse[room] ?? []).join(', ') || 'no other room'}${why[room] ? ` (${why[room]})` : ''}; take a port instead`
