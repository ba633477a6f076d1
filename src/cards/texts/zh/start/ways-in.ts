import type { SlackProblem } from '../../../../chat/slack/problems.ts'
import type { HttpProblem } from '../../../../http/problems.ts'
import type { SentencesFor } from '../../../problem.ts'

const variables = { bot: 'SLACK_BOT_TOKEN', app: 'SLACK_APP_TOKEN' }

/** By Slack's own word for the refusal. */
const remedies: Readonly<Record<string, string>> = {
  token_revoked: '令牌已被吊销：请重新安装应用，换用新令牌。',
  token_expired: '令牌已过期：请关闭 token rotation，重新安装应用，换用新令牌。',
  account_inactive: '应用已从工作区移除：请重新安装。',
  missing_scope: '请用 `readback slack manifest` 更新应用，然后重新安装。',
}

const pages = {
  bot: '从 Slack 应用的“OAuth & Permissions”页复制，以 xoxb- 开头。',
  app: '在“Basic Information → App-Level Tokens”新建，权限选 connections:write，以 xapp- 开头。',
}

export const wayInSaid: SentencesFor<SlackProblem | HttpProblem> = {
  slack_token_refused: ({ token, reason }) => ({
    sentence: `Slack 不接受 ${variables[token]}：${reason}。`,
    remedy: (token === 'bot' ? remedies[reason] : undefined) ?? pages[token],
  }),
  slack_socket_disabled: () => ({
    sentence: '这个 Slack 应用没有开启 Socket Mode。',
    remedy: '请在“Socket Mode”页开启，或用 `readback slack manifest` 更新应用。',
  }),
  slack_unreachable: ({ detail }) => ({
    sentence: '连不上 Slack。',
    code: detail,
    remedy: '这台机器能访问 https://slack.com 吗？代理用 HTTPS_PROXY 指定，代理的 CA 证书用 NODE_EXTRA_CA_CERTS 指定。',
  }),
  slack_unexpected: ({ detail }) => ({
    sentence: 'Slack 的响应不符合预期。',
    code: detail,
    remedy: 'SLACK_API_URL 指向的确实是 Slack 吗？会不会是代理代为应答？',
  }),
  http_port_taken: ({ host, port }) => ({
    sentence: `${host} 的端口 ${port} 已被其他程序占用。`,
    remedy: '请把 READBACK_HTTP_PORT 设为空闲端口（0 表示任选），或停掉占用它的程序。',
  }),
  http_port_forbidden: ({ host, port }) => ({
    sentence: `当前用户无权监听 ${host} 的端口 ${port}。`,
    remedy: '请把 READBACK_HTTP_PORT 设为大于 1023 的端口。',
  }),
  http_host_unknown: ({ host }) => ({
    sentence: `${host} 不是本机地址。`,
    remedy: '请设置 READBACK_HTTP_HOST：127.0.0.1 只限本机访问，0.0.0.0 监听所有地址。',
  }),
  http_failed: ({ host, port, detail }) => ({
    sentence: `HTTP 服务无法监听 ${host}:${port}。`,
    code: detail,
    remedy: '请检查 READBACK_HTTP_HOST 和 READBACK_HTTP_PORT。',
  }),
}
