import { parseHead } from '../audit/chain.ts'
import { exportRecords, lastRecords } from '../audit/export.ts'
import type { AuditFilter } from '../audit/record.ts'
import { verifyChain } from '../audit/verify.ts'
import { en } from '../cards/texts/en.ts'
import { parseDuration } from '../time/durations.ts'
import { CliError } from './problems.ts'
import type { ExitCode } from './run.ts'
import type { Terminal } from './terminal.ts'
import { json } from './terminal.ts'
import type { OpenTrail } from './trails.ts'
import { openTrail } from './trails.ts'
import { readVerb, readWords } from './words.ts'

const verbs = ['verify', 'export', 'tail'] as const

/** `readback audit verify|export|tail`. Needs no configuration and takes no lock: a running bot is not disturbed. */
export async function audit(words: readonly string[], terminal: Terminal): Promise<ExitCode> {
  const { verb, rest } = readVerb(words, { command: 'readback audit', known: verbs })
  switch (verb) {
    case 'verify':
      return verify(rest, terminal)
    case 'export':
      return exportAll(rest, terminal)
    case 'tail':
      return tail(rest, terminal)
  }
}

/** Opens, works, and closes, however it ends. */
async function withTrail(
  file: string | undefined,
  terminal: Terminal,
  work: (trail: OpenTrail) => Promise<ExitCode>,
): Promise<ExitCode> {
  const trail = await openTrail(file, terminal)
  try {
    return await work(trail)
  } finally {
    await trail.close()
  }
}

async function verify(words: readonly string[], terminal: Terminal): Promise<ExitCode> {
  const command = 'readback audit verify'
  const options = { json: { type: 'boolean' }, head: { type: 'string' } } as const
  const { values, positionals } = readWords(words, { command, options, most: 1 })
  const head = values.head === undefined ? undefined : parseHead(values.head)
  if (values.head !== undefined && head === undefined) {
    const expected = { kind: 'text', values: ['120:9f86d081…, COUNT:HASH as the audit channel shows it'] } as const
    throw new CliError({ code: 'cli_wrong_value', command, option: '--head', found: values.head, expected })
  }
  return withTrail(positionals[0], terminal, async ({ name, read }) => {
    const found = await verifyChain(read(), head)
    if (values.json === true) terminal.out(json({ file: name, ...found }))
    else (found.ok ? terminal.out : terminal.error)(`${en.terminal.audit.verified(name, found)}\n`)
    return found.ok ? 0 : 1
  })
}

const filters = {
  since: { type: 'string' },
  until: { type: 'string' },
  who: { type: 'string' },
  what: { type: 'string' },
  on: { type: 'string' },
  action: { type: 'string' },
  operation: { type: 'string' },
  target: { type: 'string' },
} as const

type FilterWords = { readonly [Name in keyof typeof filters]?: string | undefined }

function filterOf(
  values: FilterWords,
  { command, now }: { readonly command: string; readonly now: number },
): AuditFilter {
  const moment = (option: 'since' | 'until') => {
    const text = values[option]
    if (text === undefined) return undefined
    const ago = parseDuration(text)
    const at = ago === undefined && /T.*(Z|[-+]\d\d:\d\d)$/.test(text) ? Date.parse(text) : now - (ago ?? Number.NaN)
    if (!Number.isNaN(at)) return at
    const expected = { kind: 'moment', values: ['7d', '2026-12-30T18:00+08:00'] } as const
    throw new CliError({ code: 'cli_wrong_value', command, option: `--${option}`, found: text, expected })
  }
  const wanted = {
    who: values.who,
    what: values.what,
    cluster: values.on,
    action: values.action,
    operation: values.operation,
    target: values.target,
    since: moment('since'),
    until: moment('until'),
  }
  return Object.fromEntries(Object.entries(wanted).filter(([, value]) => value !== undefined))
}

async function exportAll(words: readonly string[], terminal: Terminal): Promise<ExitCode> {
  const command = 'readback audit export'
  const options = { ...filters, format: { type: 'string', default: 'jsonl' }, json: { type: 'boolean' } } as const
  const { values, positionals } = readWords(words, { command, options, most: 1 })
  const formats = ['jsonl', 'csv'] as const
  const format = values.json === true ? 'jsonl' : formats.find((each) => each === values.format)
  if (format === undefined) {
    const expected = { kind: 'one_of', values: formats } as const
    throw new CliError({ code: 'cli_wrong_value', command, option: '--format', found: values.format, expected })
  }
  const filter = filterOf(values, { command, now: terminal.now() })
  return withTrail(positionals[0], terminal, async ({ name, read }) => {
    for await (const piece of exportRecords(read(), { format, filter })) await terminal.pour(piece)
    return vouched({ name, read }, terminal)
  })
}

async function tail(words: readonly string[], terminal: Terminal): Promise<ExitCode> {
  const command = 'readback audit tail'
  const options = {
    ...filters,
    lines: { type: 'string', short: 'n', default: '20' },
    json: { type: 'boolean' },
  } as const
  const { values, positionals } = readWords(words, { command, options, most: 1 })
  const limit = /^\d{1,6}$/.test(values.lines) ? Number(values.lines) : 0
  if (limit === 0) {
    const expected = { kind: 'whole_number', values: ['20'] } as const
    throw new CliError({ code: 'cli_wrong_value', command, option: '--lines', found: values.lines, expected })
  }
  const filter = filterOf(values, { command, now: terminal.now() })
  return withTrail(positionals[0], terminal, async ({ name, read }) => {
    const records = await lastRecords(read(), { filter, limit })
    if (values.json === true) terminal.out(json(records))
    else for (const record of records) terminal.out(`${en.terminal.audit.record(record)}\n`)
    return vouched({ name, read }, terminal)
  })
}

/** What is shown of a trail that was altered is no proof: whoever reads it, or a script, has to know. */
async function vouched({ name, read }: Pick<OpenTrail, 'name' | 'read'>, terminal: Terminal): Promise<0 | 1> {
  const found = await verifyChain(read())
  if (found.ok) return 0
  terminal.error(`${en.terminal.audit.verified(name, found)}\n`)
  return 1
}
