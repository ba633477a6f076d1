import type { WebhookProblem } from '../alerts/webhook.ts'
import type { Texts } from './texts/en.ts'

type Sentences = Texts['alerts']['webhook']
type Coded<Code extends keyof Sentences> = {
  [C in Code]: Extract<WebhookProblem, { code: C }> & { readonly code: C }
}[Code]

/** Why a webhook is not taken, in a sentence. */
export function sayWebhook<Code extends keyof Sentences>(problem: Coded<Code>, sentences: Sentences): string {
  const sentence: (problem: Extract<WebhookProblem, { code: Code }>) => string = sentences[problem.code]
  return sentence(problem)
}
