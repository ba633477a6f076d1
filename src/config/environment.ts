import type { ConfigProblem } from './problems.ts'
import type { Variable, VariableName } from './variables.ts'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseEnv } from 'node:util'
import { distance } from 'fastest-levenshtein'
import { isVariableName, variables } from './variables.ts'

export type Environment = Readonly<Record<string, string | undefined>>

/** Values of variables that are set or have a fallback. */
export type Settings = ReadonlyMap<VariableName, string>

/** The process's own environment over what a `.env` file in `folder` says, if there is one. The only reader of `process.env`. */
export function readEnvironment(folder: string): Environment {
  return { ...readDotEnv(join(folder, '.env')), ...process.env }
}

function readDotEnv(path: string): Environment {
  try {
    return parseEnv(readFileSync(path, 'utf8'))
  } catch {
    return {}
  }
}

/** Checked values with the fallbacks filled in; a variable set to nothing counts as not set. */
export function readVariables(environment: Environment): {
  readonly settings: Settings
  readonly problems: readonly ConfigProblem[]
} {
  const problems: ConfigProblem[] = []
  const settings = new Map<VariableName, string>()
  for (const [name, declared] of Object.entries<Variable>(variables)) {
    if (!isVariableName(name)) continue
    const value = valueOf(environment, name, declared)
    if (value === undefined) {
      if (declared.fallback !== undefined) settings.set(name, declared.fallback)
      continue
    }
    const read = declared.schema.safeParse(value)
    if (read.success) settings.set(name, read.data)
    else
      problems.push({ code: 'env_wrong', variable: name, found: shown(value, declared), expected: declared.expected })
  }
  return { settings, problems: [...problems, ...misspelled(environment)] }
}

function valueOf(environment: Environment, name: string, { eitherCase }: Variable): string | undefined {
  const value = environment[name] ?? (eitherCase === true ? environment[name.toLowerCase()] : undefined)
  const trimmed = value?.trim()
  return trimmed === '' ? undefined : trimmed
}

/** What kind of secret it is, where that is what is wrong with it. */
const kindOfSecret = /^(?:xox[a-z]-|xapp-|[a-z][a-z0-9+.-]*:\/\/)/i

function shown(value: string, { secret }: Variable): string {
  return secret === true ? `${kindOfSecret.exec(value)?.[0] ?? ''}…` : value.slice(0, 80)
}

/** `READBACK_POLCY`. Others of that prefix are left alone: Kubernetes sets READBACK_PORT where a Service is called readback. */
function misspelled(environment: Environment): readonly ConfigProblem[] {
  return Object.keys(environment)
    .filter((name) => name.startsWith('READBACK_') && !isVariableName(name))
    .map((name) => ({ name, near: Object.keys(variables).filter((known) => distance(known, name) <= 2) }))
    .filter(({ near }) => near.length > 0)
    .map(({ name, near }) => ({ code: 'env_unknown', variable: name, near }))
}
