import type { SlackProblem } from '../../../../chat/slack/problems.ts'
import type { HttpProblem } from '../../../../http/problems.ts'
import type { SentencesFor } from '../../../problem.ts'

const variables = { bot: 'SLACK_BOT_TOKEN', app: 'SLACK_APP_TOKEN' }

/** By Slack's own word for the refusal. */
const remedies: Readonly<Record<string, string>> = {
  token_revoked: 'The token was revoked: install the app again and take the new one.',
  token_expired: 'The token has expired: switch token rotation off, install the app again and take the new one.',
  account_inactive: 'The app was removed from the workspace: install it again.',
  missing_scope: 'Update the app from `readback slack manifest` and install it again.',
}

const pages = {
  bot: 'Copy it from "OAuth & Permissions" of the Slack app; it begins with xoxb-.',
  app: 'Make one under "Basic Information → App-Level Tokens" with the scope connections:write; it begins with xapp-.',
}

export const wayInSaid: SentencesFor<SlackProblem | HttpProblem> = {
  slack_token_refused: ({ token, reason }) => ({
    sentence: `Slack refuses ${variables[token]}: ${reason}.`,
    remedy: (token === 'bot' ? remedies[reason] : undefined) ?? pages[token],
  }),
  slack_socket_disabled: () => ({
    sentence: 'Socket Mode is switched off for the Slack app.',
    remedy: 'Switch it on under "Socket Mode", or update the app from `readback slack manifest`.',
  }),
  slack_unreachable: ({ detail }) => ({
    sentence: 'Slack cannot be reached.',
    code: detail,
    remedy:
      'Is there a way to https://slack.com from here? HTTPS_PROXY names a proxy, NODE_EXTRA_CA_CERTS its authority.',
  }),
  slack_unexpected: ({ detail }) => ({
    sentence: 'Slack answered something unexpected.',
    code: detail,
    remedy: 'Does SLACK_API_URL point to Slack, and does no proxy answer in its place?',
  }),
  http_port_taken: ({ host, port }) => ({
    sentence: `Port ${port} on ${host} is in use by another program.`,
    remedy: 'Set READBACK_HTTP_PORT to a free one (0 takes any), or stop what listens there.',
  }),
  http_port_forbidden: ({ host, port }) => ({
    sentence: `Port ${port} on ${host} may not be opened by this user.`,
    remedy: 'Set READBACK_HTTP_PORT to one above 1023.',
  }),
  http_host_unknown: ({ host }) => ({
    sentence: `${host} is no address of this machine.`,
    remedy: 'Set READBACK_HTTP_HOST: 127.0.0.1 for this machine alone, 0.0.0.0 for all its addresses.',
  }),
  http_failed: ({ host, port, detail }) => ({
    sentence: `The HTTP server cannot listen on ${host}:${port}.`,
    code: detail,
    remedy: 'Look at READBACK_HTTP_HOST and READBACK_HTTP_PORT.',
  }),
}
