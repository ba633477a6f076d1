import type { JsonObject } from '../../../json.ts'

/** A method's `ok: false`; thrown inside a method, caught in one place by the dispatcher. */
export class Refusal extends Error {
  readonly error: string
  /** Further members of the answer, such as `needed` and `provided`. */
  readonly details: JsonObject

  constructor(error: string, details: JsonObject = {}) {
    super(error)
    this.name = 'Refusal'
    this.error = error
    this.details = details
  }
}

/** The shape that Slack uses for faulty arguments and blocks: the same sentences twice. */
export function faulty(error: string, sentences: readonly string[]): Refusal {
  return new Refusal(error, {
    errors: [...sentences],
    response_metadata: { messages: sentences.map((sentence) => `[ERROR] ${sentence}`) },
  })
}

/** Thrown by a method with a limit of its own, such as one message a second and channel. */
export class RateLimit extends Error {
  readonly seconds: number

  constructor(seconds: number) {
    super(`rate limited for ${seconds} s`)
    this.name = 'RateLimit'
    this.seconds = seconds
  }
}
