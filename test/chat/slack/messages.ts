import type { Message, Part, Tone } from '../../../src/chat/message.ts'

/** A message that says `summary`, with these parts or that one line. */
export function aMessage(summary: string, parts: readonly Part[] = [], tone: Tone = 'neutral'): Message {
  return { summary, tone, parts: parts.length === 0 ? [{ kind: 'text', text: [summary] }] : parts }
}
