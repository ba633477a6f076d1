/** What the chat's slash commands are called: the one that takes every verb, and short forms, each for one verb. */
export interface SlashNames {
  /** `/ops`. */
  readonly main: string
  /** `/deploy` → `deploy`. */
  readonly short: Readonly<Record<string, string>>
}

/** As readback.yaml names them; the short forms stand for the verbs they are called after. */
const shortForms = ['deploy', 'scale', 'rollback', 'logs', 'metrics'] as const

/** From the names that readback.yaml gives. */
export function slashNamesOf(names: Readonly<Record<'ops' | (typeof shortForms)[number], string>>): SlashNames {
  return { main: names.ops, short: Object.fromEntries(shortForms.map((verb) => [names[verb], verb])) }
}
