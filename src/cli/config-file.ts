import { resolve } from 'node:path'
import { exampleConfig } from '../config/example.ts'
import { ConfigError } from '../config/problems.ts'
import { ConfigFile } from '../config/schema.ts'
import { variables } from '../config/variables.ts'
import { readYaml } from '../documents/yaml-file.ts'
import { readText } from '../documents/yaml-text.ts'
import type { Terminal } from './terminal.ts'
import { fileName } from './terminal.ts'

/**
 * readback.yaml without the environment, for commands that need no tokens and secrets; undefined where there is none and
 * READBACK_CONFIG does not ask for one. Throws `ConfigError`.
 */
export async function readConfigFile({ environment, cwd }: Terminal): Promise<ConfigFile | undefined> {
  const named = environment['READBACK_CONFIG']?.trim() ?? ''
  const path = resolve(cwd, named === '' ? variables.READBACK_CONFIG.fallback : named)
  const file = fileName(path, cwd)
  const text = await readText(path, file)
  if (!text.ok && text.problem.code === 'file_missing' && named === '') return undefined
  const read = text.ok
    ? readYaml(text.text, { file, schema: ConfigFile })
    : { ok: false as const, problems: [text.problem] }
  if (read.ok) return read.value
  throw new ConfigError({ code: 'config_unusable', problems: read.problems, example: exampleConfig })
}
