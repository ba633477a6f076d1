import type { Expected, ExpectedKind } from '../../../../documents/file-problems.ts'
import { anyOf } from '../words.ts'

const kinds: Readonly<Record<ExpectedKind, string>> = {
  text: '文本',
  number: '数字',
  whole_number: '整数',
  yes_or_no: 'true 或 false',
  list: '列表',
  map: '键值映射',
  one_of: '',
  at_least: '不小于',
  at_most: '不大于',
  not_empty: '具体内容，不能为空',
  duration: '时长',
  moment: '带时区的时间',
  after_from: '晚于 `from` 的时间',
  cron: '五个字段的 cron 表达式',
  cron_that_happens: '确实会触发的 cron 表达式',
  zone: '时区',
  url: '以 http:// 或 https:// 开头、不含密码的地址',
  regex: 'RE2 语法的正则表达式',
  label: '由小写字母、数字和连字符组成的名称',
  pattern: '名称，其中 * 可代表一段',
  user_id: 'Slack 用户 ID（不能写名字：名字谁都可以改）',
  group_id: 'Slack 用户组 ID',
  channel_id: 'Slack 频道 ID（频道“复制链接”的末尾一段）',
  user_or_group_id: 'Slack 用户 ID 或用户组 ID',
  cluster_name: '由小写字母、数字、点和连字符组成的集群名',
  role_name: '由小写字母、数字和连字符组成的角色名',
  environment_name: '环境名',
  place: '位置，写作 cluster:namespace/name',
  slash_command: '斜杠命令',
  variable_name: '环境变量名',
  approval_or_deny: '`approval` 和 `deny` 二选一',
  fixed_or_recurring: '`from` 加 `to`，或 `every` 加 `zone` 和 `for`，二选一',
  max_not_below_min: '不小于 `min` 的值',
  match: '一个 `match`（只有最后一条路由可以不写）',
  no_match: '不写 `match`（最后一条路由接收其余全部）',
  host: '主机名或 IP 地址',
  port: '端口，0 到 65535',
  bot_token: '以 xoxb- 开头的 bot token',
  app_token: '以 xapp- 开头的 app-level token',
  database_url: 'PostgreSQL 数据库地址',
  token: '不含空格、足够长、不易猜到的令牌',
  number_or_range: '数字或范围',
  user_or_role: '用户 ID、角色，或带用户组的用户',
  absent: '不写',
  unique: '没有被占用的名称',
  kubernetes_user: '不含空格、不以 system: 开头的 Kubernetes 用户名',
  context_or_in_cluster: '`context` 和 `in-cluster: true` 二选一',
  bearer_or_basic: '`bearerEnv` 和 `basicEnv` 二选一',
  cert_and_key: '`certFile` 和 `keyFile` 要么都写，要么都不写',
  user_and_password: '用户名和密码，中间用冒号隔开',
  path: '路径',
}

/** `时长，例如 6s 或 30m`。 */
export function expectation({ kind, values = [] }: Expected): string {
  if (kind === 'one_of') return anyOf(values)
  if (kind === 'at_least' || kind === 'at_most') return `${kinds[kind]} ${values.join(' ')}`
  if (kind === 'bot_token' || kind === 'app_token') return kinds[kind]
  return values.length === 0 ? kinds[kind] : `${kinds[kind]}，例如 ${anyOf(values.slice(0, 3))}`
}
