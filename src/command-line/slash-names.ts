/** What the chat's slash commands are called: the one that takes every verb, and short forms, each for one verb. */
export interface SlashNames {
  /** `/ops`. */
  readonly main: string
  /** `/deploy` → `deploy`. */
  readonly short: Readonly<Record<string, string>>
}
