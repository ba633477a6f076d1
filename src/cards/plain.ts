import type { Message, Tone } from '../chat/message.ts'

/** One sentence as a message. */
export const plain = (sentence: string, tone: Tone = 'neutral'): Message => ({
  summary: sentence,
  tone,
  parts: [{ kind: 'text', text: [sentence] }],
})
