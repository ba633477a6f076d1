import type { Expected, ExpectedKind } from '../../../../documents/file-problems.ts'
import { anyOf } from '../words.ts'

const kinds: Readonly<Record<ExpectedKind, string>> = {
  text: 'text',
  number: 'a number',
  whole_number: 'a whole number',
  yes_or_no: 'true or false',
  list: 'a list',
  map: 'a map of keys and values',
  one_of: '',
  at_least: 'at least',
  at_most: 'at most',
  not_empty: 'something: it may not be empty',
  duration: 'a duration',
  moment: 'a time with its zone',
  after_from: 'a time after `from`',
  cron: 'a cron expression with five fields',
  cron_that_happens: 'a cron expression that ever comes true',
  zone: 'a time zone',
  url: 'an address that begins with http:// or https:// and holds no password',
  regex: 'a regular expression as RE2 reads them',
  label: 'a name of lower-case letters, digits and dashes',
  pattern: 'a name, in which * may stand for a part',
  user_id: 'a Slack user id (never a name: anybody may rename themselves)',
  group_id: 'a Slack user group id',
  channel_id: 'a Slack channel id (at the end of "Copy link" of the channel)',
  user_or_group_id: 'a Slack id of a user or user group',
  cluster_name: 'a cluster name of lower-case letters, digits, dots and dashes',
  role_name: 'a role name of lower-case letters, digits and dashes',
  environment_name: 'an environment',
  place: 'a place as cluster:namespace/name',
  slash_command: 'a slash command',
  variable_name: 'the name of an environment variable',
  approval_or_deny: 'either `approval` or `deny`, one of both',
  fixed_or_recurring: 'either `from` and `to`, or `every`, `zone` and `for`',
  max_not_below_min: 'no less than `min`',
  match: 'a `match`: only the last route has none',
  no_match: 'no `match`: the last route takes what is left',
  host: 'a host name or an IP address',
  port: 'a port, 0 to 65535',
  bot_token: 'a bot token, which begins with xoxb-',
  app_token: 'an app-level token, which begins with xapp-',
  database_url: 'the address of a PostgreSQL database',
  token: 'a token without spaces, long enough not to be guessed',
  number_or_range: 'a number or a range',
  user_or_role: 'a user id, a role, or a user with groups',
  absent: 'left out',
  unique: 'a name of its own: it is taken already',
  kubernetes_user: 'a Kubernetes user name without spaces that does not begin with system:',
  context_or_in_cluster: 'either `context` or `in-cluster: true`, one of both',
  bearer_or_basic: 'either `bearerEnv` or `basicEnv`, one of both',
  cert_and_key: 'both `certFile` and `keyFile`, or neither',
  user_and_password: 'user and password with a colon between them',
  path: 'a path',
}

/** `a duration, such as 6s or 30m`. */
export function expectation({ kind, values = [] }: Expected): string {
  if (kind === 'one_of') return anyOf(values)
  if (kind === 'at_least' || kind === 'at_most') return `${kinds[kind]} ${values.join(' ')}`
  if (kind === 'bot_token' || kind === 'app_token') return kinds[kind]
  return values.length === 0 ? kinds[kind] : `${kinds[kind]}, such as ${anyOf(values.slice(0, 3))}`
}
