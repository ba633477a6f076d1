import { resolve } from 'node:path'
import { en } from '../cards/texts/en.ts'
import { listProblems } from '../cards/start-problem.ts'
import { variables } from '../config/variables.ts'
import { argumentsFile, explainPolicy } from '../policy/explain-report.ts'
import type { PolicyProblem } from '../policy/problems.ts'
import { PolicyError } from '../policy/problems.ts'
import type { Report, ReportSource } from '../policy/reports.ts'
import { lintPolicy, testPolicy } from '../policy/reports.ts'
import { explanationLines } from './explanation.ts'
import { findClusters } from './known-clusters.ts'
import type { CliProblem } from './problems.ts'
import { CliError, QuestionError } from './problems.ts'
import type { ExitCode } from './run.ts'
import type { Terminal } from './terminal.ts'
import { fileName, json } from './terminal.ts'
import { readVerb, readWords } from './words.ts'

const verbs = ['test', 'lint', 'explain'] as const
const common = {
  json: { type: 'boolean' },
  policy: { type: 'string' },
  cluster: { type: 'string', multiple: true },
} as const

/** `readback policy test|lint|explain`. */
export async function policy(words: readonly string[], terminal: Terminal): Promise<ExitCode> {
  const { verb, rest } = readVerb(words, { command: 'readback policy', known: verbs })
  switch (verb) {
    case 'test':
      return test(rest, terminal)
    case 'lint':
      return lint(rest, terminal)
    case 'explain':
      return explain(rest, terminal)
  }
}

interface Common {
  readonly json?: boolean | undefined
  readonly policy?: string | undefined
  readonly cluster?: string[] | undefined
}

async function sourceOf(
  given: Common & { readonly file?: string | undefined },
  terminal: Terminal,
): Promise<ReportSource> {
  const { environment, cwd } = terminal
  const named = given.file ?? given.policy ?? environment['READBACK_POLICY']
  const path = resolve(cwd, named === undefined || named === '' ? variables.READBACK_POLICY.fallback : named)
  const { clusters, from } = await findClusters(given.cluster ?? [], terminal)
  if (from === 'assumed') terminal.error(`${en.terminal.policy.assumedClusters}\n`)
  return { path, file: fileName(path, cwd), clusters }
}

function found<Found>(report: Report<Found>, file: string): { readonly exitCode: 0 | 1; readonly found: Found } {
  if (report.exitCode !== 2) return report
  throw new PolicyError({ code: 'policy_unusable', file, problems: report.problems })
}

async function test(words: readonly string[], terminal: Terminal): Promise<ExitCode> {
  const { values, positionals } = readWords(words, { command: 'readback policy test', options: common, most: 1 })
  const source = await sourceOf({ ...values, file: positionals[0] }, terminal)
  const report = found(await testPolicy(source), source.file)
  const { passed, failed } = report.found
  if (values.json === true) terminal.out(json({ file: source.file, passed, failed }))
  else {
    for (const text of listProblems(failed satisfies readonly PolicyProblem[], en)) terminal.error(`${text}\n\n`)
    terminal.out(`${en.terminal.policy.cases({ file: source.file, passed, failed: failed.length })}\n`)
  }
  return report.exitCode
}

async function lint(words: readonly string[], terminal: Terminal): Promise<ExitCode> {
  const { values, positionals } = readWords(words, { command: 'readback policy lint', options: common, most: 1 })
  const source = await sourceOf({ ...values, file: positionals[0] }, terminal)
  const report = found(await lintPolicy(source, terminal.now()), source.file)
  if (values.json === true) terminal.out(json({ file: source.file, findings: report.found }))
  else {
    for (const finding of report.found) terminal.out(`${en.terminal.lint(finding)}\n`)
    terminal.out(`${en.terminal.policy.linted(source.file, report.found.length)}\n`)
  }
  return report.exitCode
}

const question = {
  ...common,
  as: { type: 'string' },
  groups: { type: 'string', multiple: true },
  role: { type: 'string' },
  replicas: { type: 'string' },
  before: { type: 'string' },
  image: { type: 'string', multiple: true },
  'break-glass': { type: 'string' },
  at: { type: 'string' },
} as const

async function explain(words: readonly string[], terminal: Terminal): Promise<ExitCode> {
  const command = 'readback policy explain'
  const { values, positionals } = readWords(words, { command, options: question, most: 2 })
  const [action, where] = positionals
  if (action === undefined || where === undefined)
    throw new CliError({ code: 'cli_missing_option', command, options: ['ACTION and WHERE: deploy prod:shop/web'] })
  if (values.as === undefined && values.role === undefined)
    throw new CliError({ code: 'cli_missing_option', command, options: ['--as U0ANN', '--role sre'] })
  const source = await sourceOf(values, terminal)
  const { role, as: user, groups, replicas, before, image: images, at } = values
  const asked = {
    action,
    where,
    ...given({ user, role, replicas, before, images, at, breakGlass: values['break-glass'] }),
    ...(groups === undefined ? {} : { groups: groups.flatMap((text) => text.split(',')) }),
  }
  const report = await explainPolicy(source, asked, terminal.now())
  if (report.exitCode === 2) refuseQuestion(report.problems, command)
  const { found: explanation } = found(report, source.file)
  if (values.json === true) terminal.out(json({ file: source.file, asked, ...explanation }))
  else terminal.out(`${explanationLines(explanation, en).join('\n')}\n`)
  return 0
}

const optionOf: Readonly<Record<string, string>> = {
  'who.user': '--as',
  'who.role': '--role',
  'who.groups': '--groups',
  may: 'ACTION',
  where: 'WHERE',
  'with.replicas': '--replicas',
  'with.before': '--before',
  'with.images': '--image',
  'with.break-glass': '--break-glass',
  at: '--at',
}

/** Problems of the question itself, in the words that were typed. */
function refuseQuestion(problems: readonly PolicyProblem[], command: string): void {
  const wrong = problems.flatMap((problem): readonly CliProblem[] => {
    if (!('file' in problem) || problem.file !== argumentsFile || !('field' in problem)) return []
    const option = optionOf[problem.field.replace(/\[\d+\]$/, '')] ?? problem.field
    if (problem.code === 'file_unknown_name') {
      const { found: name, near, known } = problem
      return [{ code: 'cli_unknown_name', command, option, found: name, near, known }]
    }
    if (problem.code !== 'file_wrong_value') return []
    const { found: text, expected, near } = problem
    return [{ code: 'cli_wrong_value', command, option, found: text.replaceAll('"', ''), expected, near }]
  })
  if (wrong.length > 0) throw new QuestionError({ code: 'question_unusable', problems: wrong })
}

type Given<Values> = { readonly [Name in keyof Values]?: Exclude<Values[Name], undefined> }

/** Without what was not given. */
function given<Values extends object>(values: Values): Given<Values>
function given(values: object): object {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined))
}
