import type { Button, Message } from '../chat/message.ts'
import { say } from './problem.ts'
import { problemParts } from './problem-parts.ts'
import type { Problem } from './problem.ts'
import type { Texts } from './texts/en.ts'

/** A refusal, a question or an error as a message of its own; `answers` are buttons that settle it. */
export function problemMessage(problem: Problem, texts: Texts, answers: readonly Button[] = []): Message {
  return {
    summary: say(problem, texts.problems).sentence,
    tone: 'warning',
    parts: [
      ...problemParts(problem, texts),
      ...(answers.length > 0 ? [{ kind: 'buttons' as const, buttons: answers }] : []),
    ],
  }
}
