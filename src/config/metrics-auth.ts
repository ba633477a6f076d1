import type { MetricsText } from './schema.ts'
import type { ConfigProblem } from './problems.ts'
import type { Environment } from './environment.ts'
import type { MetricsConfig } from './config.ts'
import type { YamlPlaces } from '../documents/yaml-places.ts'
import { describeField } from '../documents/yaml-issues.ts'

type Auth = MetricsConfig['auth']

/** Follows `bearerEnv` and `basicEnv` of the `auth` under `at` into the environment. */
export function resolveAuth(
  auth: MetricsText['auth'],
  at: readonly string[],
  context: { readonly environment: Environment; readonly places: YamlPlaces },
): Auth | ConfigProblem {
  if (auth === undefined) return { kind: 'none' }
  const key = auth.bearerEnv === undefined ? 'basicEnv' : 'bearerEnv'
  const variable = auth.bearerEnv ?? auth.basicEnv ?? ''
  const { environment } = context
  const value = Object.hasOwn(environment, variable) ? (environment[variable]?.trim() ?? '') : ''
  const colon = value.indexOf(':')
  if (value !== '' && key === 'bearerEnv') return { kind: 'bearer', token: value }
  if (colon > 0) return { kind: 'basic', user: value.slice(0, colon), password: value.slice(colon + 1) }

  const path = [...at, 'auth', key]
  const { file, line } = context.places.of(path)
  const expected =
    key === 'bearerEnv' ? { kind: 'token' as const } : { kind: 'user_and_password' as const, values: ['reader:secret'] }
  if (value !== '') return { code: 'env_wrong', variable, found: '…', expected }
  return { code: 'env_missing', variable, expected, field: describeField(path), file, line }
}
