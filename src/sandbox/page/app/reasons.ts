import type { PageTexts } from './texts/en.ts'

/** Why something was not done, in words of the chat's own client. */
export const sayReason = (reason: string, { trial }: PageTexts): string => entryOf(trial.reasons, reason) ?? reason

/** An entry whose name comes from elsewhere, if there is one. */
export const entryOf = (entries: Readonly<Record<string, string>>, name: string): string | undefined =>
  Object.hasOwn(entries, name) ? entries[name] : undefined
