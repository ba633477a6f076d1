import type { FilePlace } from '../../../../documents/file-problems.ts'
import type { Decision } from '../../../../policy/decision.ts'
import type { SentencesFor } from '../../../problem.ts'
import type { WrittenProblem } from '../../../start-sentences.ts'
import { allOf, didYouMean, few } from '../words.ts'
import { expectation } from './expected.ts'

const at = ({ file, line, column }: FilePlace): string => `${file}:${line}:${column}`

const kinds = {
  role: 'role',
  cluster: 'cluster',
  environment: 'environment',
  approval: 'approval',
  variable: 'variable',
}

/** What is wrong with a file that somebody wrote, or with the environment; each begins with where. */
export const fileSaid: SentencesFor<WrittenProblem> = {
  file_missing: ({ file }) => ({ sentence: `${file}: there is no such file.` }),
  file_unreadable: ({ file, detail }) => ({
    sentence: `${file}: cannot be read (${detail}).`,
    remedy: 'The user that runs Readback needs the right to read it.',
  }),
  file_not_a_file: ({ file }) => ({ sentence: `${file}: is no file.` }),
  file_link_loop: ({ file }) => ({
    sentence: `${file}: is a symbolic link that leads back to itself.`,
    remedy: 'Make the link point to the file that is meant.',
  }),
  file_too_large: ({ file, bytes, limit }) => ({
    sentence: `${file}: ${bytes} bytes are too many; at most ${limit} are read.`,
  }),
  file_not_text: ({ file }) => ({ sentence: `${file}: is not UTF-8 text.` }),
  file_empty: ({ file }) => ({ sentence: `${file}: is empty.` }),
  file_syntax: ({ detail, found, ...place }) => ({ sentence: `${at(place)}  not YAML: ${detail}`, code: found }),
  file_tab: ({ found, ...place }) => ({
    sentence: `${at(place)}  a tab as indentation, which YAML does not allow.`,
    code: found,
    remedy: 'Use spaces.',
  }),
  file_duplicate_key: ({ field, firstLine, ...place }) => ({
    sentence: `${at(place)}  ${field} stands here a second time; the first is in line ${firstLine}.`,
    remedy: 'Keep one of them.',
  }),
  file_second_document: (place) => ({
    sentence: `${at(place)}  a second document begins here (---); it would never be read.`,
    remedy: 'Keep one document in the file.',
  }),
  file_alias_bomb: (place) => ({ sentence: `${at(place)}  so many aliases that they multiply.` }),
  file_unknown_key: ({ field, found, near, known, ...place }) => ({
    sentence: `${at(place)}  ${field}: there is no key "${found}" here.`,
    remedy: didYouMean(near, known.length === 0 ? 'Take it out.' : `Known here: ${few(known, 12)}.`),
  }),
  file_missing_key: ({ field, expected, ...place }) => ({
    sentence: `${at(place)}  ${field} is missing.`,
    remedy: `It must be ${expectation(expected)}.`,
  }),
  file_wrong_value: ({ field, found, expected, near, ...place }) => ({
    sentence: `${at(place)}  ${field} cannot be ${found === '' ? 'empty' : found}.`,
    remedy: [`It must be ${expectation(expected)}.`, ...(near.length === 0 ? [] : [didYouMean(near, '')])].join(' '),
  }),
  file_unknown_name: ({ field, kind, found, near, known, ...place }) => ({
    sentence: `${at(place)}  ${field}: there is no ${kinds[kind]} "${found}".`,
    remedy: didYouMean(near, known.length === 0 ? `No ${kinds[kind]} is declared.` : `There are: ${few(known, 12)}.`),
  }),
  file_not_built_yet: ({ field, ...place }) => ({
    sentence: `${at(place)}  ${field} is not built yet.`,
    remedy: 'Take it out.',
  }),
  env_missing: ({ variable, expected, beside, field, file, line }) => ({
    sentence: `${variable} is not set${beside === undefined ? '' : `, and ${beside} is`}${
      field === undefined ? '' : `; ${file}:${line} names it (${field})`
    }.`,
    remedy: `It must be ${expectation(expected)}.${variable.startsWith('SLACK_') ? ' README.md says where to get it.' : ''}`,
  }),
  env_wrong: ({ variable, found, expected }) => ({
    sentence: `${variable} cannot be ${found}.`,
    remedy: `It must be ${expectation(expected)}.`,
  }),
  env_unknown: ({ variable, near }) => ({
    sentence: `${variable} is set, and nothing reads it.`,
    remedy: didYouMean(near, ''),
  }),
  policy_cycle: ({ roles, ...place }) => ({
    sentence: `${at(place)}  roles include each other: ${roles.join(' → ')}.`,
    remedy: 'Take one of these out of `includes`.',
  }),
  policy_twice: ({ field, found, ...place }) => ({
    sentence: `${at(place)}  ${field}: "${found}" stands here a second time.`,
    remedy: 'Keep one of them.',
  }),
  policy_case_failed: ({ number, who, action, where, expected, got, ...place }) => ({
    sentence: `${at(place)}  case ${number} fails: may ${who} ${action} ${where}? Expected ${expected}, got ${decided(got)}.`,
    remedy: `\`readback policy explain ${action} ${where}\` shows every rule that was considered.`,
  }),
}

/** `approval: prod-change by developer (policies/roles.yaml:16)`. */
export function decided(decision: Decision): string {
  if (decision.verdict === 'deny') return `deny by ${decision.refusal.rule.name} (${placed(decision.refusal.rule)})`
  const what = decision.verdict === 'allow' ? 'allow' : `approval: ${decision.requirement.names.join(' + ')}`
  const guards = decision.verdict === 'approval' ? decision.guards : []
  const rules = [decision.rule, ...guards]
  return `${what} by ${allOf(rules.map((rule) => `${rule.name} (${placed(rule)})`))}`
}

export const placed = ({ file, line }: { readonly file: string; readonly line: number }): string => `${file}:${line}`
