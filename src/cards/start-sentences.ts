import type { AuditProblem } from '../audit/problems.ts'
import type { SlackProblem } from '../chat/slack/problems.ts'
import type { CliProblem } from '../cli/problems.ts'
import type { ConfigProblem } from '../config/problems.ts'
import type { HttpProblem } from '../http/problems.ts'
import type { PolicyProblem } from '../policy/problems.ts'
import type { StoreProblem } from '../store/problems.ts'
import type { Said } from './problem.ts'

/** One thing that is wrong with a file or the environment. */
export type WrittenProblem = ConfigProblem | PolicyProblem
/** One thing that keeps a process from starting. */
export type SingleProblem = AuditProblem | CliProblem | HttpProblem | SlackProblem | StoreProblem

export type SayableByCode = { [P in SingleProblem | WrittenProblem as P['code']]: P }

/** What every language says about them. */
export type StartSentences = { readonly [Code in keyof SayableByCode]: (problem: SayableByCode[Code]) => Said }
