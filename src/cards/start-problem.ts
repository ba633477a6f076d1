import type { ClusterProblem } from '../clusters/problems.ts'
import type { QuestionError } from '../cli/problems.ts'
import type { ConfigError } from '../config/problems.ts'
import type { AnyProblem } from '../errors.ts'
import type { PolicyError } from '../policy/problems.ts'
import type { Said } from './problem.ts'
import type { SayableByCode, SingleProblem, StartSentences, WrittenProblem } from './start-sentences.ts'
import type { Texts } from './texts/en.ts'
import { say } from './problem.ts'

export type StartProblem =
  | ConfigError['problem']
  | PolicyError['problem']
  | QuestionError['problem']
  | ClusterProblem
  | SingleProblem
  | WrittenProblem

/** More than so many problems do not fit on one screen. */
const most = 8

/** What keeps the process from starting, all of it, in one screen of plain text; no newline at its end. */
export function sayStart(problem: AnyProblem, texts: Texts): string {
  if (!isStartProblem(problem, texts)) return texts.start.unknown(problem.code)
  switch (problem.code) {
    case 'config_unusable': {
      const absent = problem.problems.some((one) => one.code === 'file_missing' || one.code === 'file_empty')
      return [
        texts.start.configUnusable(problem.problems.length),
        ...listProblems(problem.problems, texts),
        ...(absent ? [`${texts.start.example}\n${indented(problem.example, 4).trimEnd()}`] : []),
      ].join('\n\n')
    }
    case 'policy_unusable':
      return [
        texts.start.policyUnusable(problem.file, problem.problems.length),
        ...listProblems(problem.problems, texts),
      ].join('\n\n')
    case 'question_unusable':
      return [texts.start.questionUnusable, ...listProblems(problem.problems, texts)].join('\n\n')
    default:
      return block(sayOne(problem, texts))
  }
}

/** Problems of files and the environment, each as a block of lines; the last block says how many were left out. */
export function listProblems(problems: readonly (SingleProblem | WrittenProblem)[], texts: Texts): readonly string[] {
  const left = problems.length - most
  return [
    ...problems.slice(0, most).map((problem) => indented(block(sayOne(problem, texts)), 2)),
    ...(left > 0 ? [`  ${texts.start.more(left)}`] : []),
  ]
}

type Unusable = ConfigError['problem'] | PolicyError['problem'] | QuestionError['problem']

/** One problem in words. */
export function sayOne(problem: Exclude<StartProblem, Unusable>, texts: Texts): Said {
  if (isClusterProblem(problem)) return say(problem, texts.problems)
  return sayBy(problem, texts.start.said)
}

type Coded<Code extends keyof SayableByCode = keyof SayableByCode> = {
  [C in Code]: SayableByCode[C] & { readonly code: C }
}[Code]

function sayBy<Code extends keyof SayableByCode>(problem: Coded<Code>, sentences: StartSentences): Said {
  const sentence: (problem: SayableByCode[Code]) => Said = sentences[problem.code]
  return sentence(problem)
}

function isClusterProblem(problem: AnyProblem): problem is ClusterProblem {
  return problem.code.startsWith('cluster_')
}

function isStartProblem(problem: AnyProblem, texts: Texts): problem is StartProblem {
  const { code } = problem
  return (
    code === 'config_unusable' ||
    code === 'policy_unusable' ||
    code === 'question_unusable' ||
    Object.hasOwn(texts.start.said, code) ||
    (isClusterProblem(problem) && Object.hasOwn(texts.problems, code))
  )
}

function block({ sentence, code, remedy }: Said): string {
  return [
    sentence,
    ...(code === undefined || code === '' ? [] : [indented(code, 4)]),
    ...(remedy === undefined || remedy === '' ? [] : [indented(remedy, 2)]),
  ].join('\n')
}

function indented(text: string, by: number): string {
  return text.replaceAll(/^(?=.)/gm, ' '.repeat(by))
}
