import type { Part } from '../chat/message.ts'
import { say } from './problem.ts'
import type { Problem } from './problem.ts'
import type { Texts } from './texts/en.ts'

/** A problem as parts of any card. */
export function problemParts(problem: Problem, { problems }: Texts): Part[] {
  const said = say(problem, problems)
  return [
    { kind: 'text', text: [said.sentence] },
    ...(said.code === undefined ? [] : [{ kind: 'code' as const, text: said.code }]),
    ...(said.remedy === undefined ? [] : [{ kind: 'text' as const, text: [said.remedy] }]),
  ]
}
