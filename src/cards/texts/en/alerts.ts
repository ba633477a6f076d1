import type { Severity } from '../../../alerts/severity.ts'
import type { WebhookProblem } from '../../../alerts/webhook.ts'

const count = (n: number, one: string, many: string) => `${n} ${n === 1 ? one : many}`

const severity: Readonly<Record<Severity, string>> = {
  critical: 'critical',
  error: 'error',
  warning: 'warning',
  info: 'info',
  none: 'no severity',
}

type SentencesOf<Problem extends { readonly code: string }> = {
  readonly [Code in Problem['code']]: (problem: Extract<Problem, { code: Code }>) => string
}

const missing = {
  token: 'ALERTS_TOKEN is not set, so nobody can prove that they may send alerts.',
  routes: 'readback.yaml has no `alerts` with routes, so nobody knows where alerts go.',
}

/** Why a webhook is not taken; read by whoever looks at the log of the sender. */
const webhook: SentencesOf<WebhookProblem> = {
  webhook_closed: (problem) => missing[problem.missing],
  webhook_unauthorised: (problem) =>
    problem.found === 'nothing'
      ? 'No credential came with it: send ALERTS_TOKEN as a bearer token, or as the password of basic authentication.'
      : 'The token is not the one in ALERTS_TOKEN.',
  webhook_content_type: (problem) => `The content type is “${problem.found}”; application/json in UTF-8 is taken.`,
  webhook_encoding: () => 'The body is not valid UTF-8.',
  webhook_json: (problem) => `The body is not JSON: ${problem.detail}`,
  webhook_depth: (problem) => `The body nests more than ${problem.limit} levels deep.`,
  webhook_version: (problem) =>
    `The format is version “${problem.found}”; this address takes version ${problem.takes}.`,
  webhook_shape: (problem) => `${problem.path} is not as expected: ${problem.detail}`,
  webhook_busy: () => 'Too many webhooks wait to be stored; nothing of this one was. Send it again.',
  webhook_unstored: (problem) =>
    `It could not be stored, and nothing of it was; the log has the cause under ${problem.reference}. Send it again.`,
}

/** Everything that is said about alerts. */
export const alerts = {
  severity,
  state: { firing: 'firing', resolved: 'resolved' },
  /** Of what an alert says in general and in Chinese, either of which may be empty. */
  inYourLanguage: (usual: string, chinese: string): string => (usual === '' ? chinese : usual),
  unnamed: 'Alert without a name',
  watchdogSilent: (name: string) => `${name} is silent`,
  watchdogText:
    'The alert that must always fire has stopped coming: Prometheus, Alertmanager or the way to here is broken. Other alerts may be missing.',
  /** `where` may be empty. */
  summary: (said: {
    readonly severity: string
    readonly state: string
    readonly name: string
    readonly where: string
  }) => `${said.severity}, ${said.state}: ${said.name}${said.where === '' ? '' : ` on ${said.where}`}`,
  counts: (firing: number, resolved: number) =>
    [...(firing > 0 ? [`${firing} firing`] : []), ...(resolved > 0 ? [`${resolved} resolved`] : [])].join(', '),
  /** Behind a headline. */
  counted: (counts: string) => ` (${counts})`,
  since: 'since',
  until: 'over since',
  cluster: 'cluster',
  namespace: 'namespace',
  workload: 'workload',
  from: 'source',
  columns: { state: 'state' },
  more: (n: number) => `${count(n, 'more alert', 'more alerts')} of this group ${n === 1 ? 'is' : 'are'} not listed.`,
  flapping: (times: number) =>
    `${times < 3 ? '' : 'flapping: '}resolved and fired again ${count(times, 'time', 'times')}`,
  unheard: 'Nothing was heard of it for three days, so it counts as resolved.',
  insteadOf: 'Meant for ',
  insteadOfWhy: (reason: string) => `, which cannot be used now (${reason}).`,
  acknowledged: 'Acknowledged by ',
  silencedBy: 'Silenced by ',
  silencedUntil: ' until ',
  called: 'Called: ',
  source: { alertmanager: 'Alertmanager', kubesphere: 'KubeSphere', grafana: 'Grafana', readback: 'Readback' },
  buttons: {
    ack: 'Acknowledge',
    unack: 'Un-acknowledge',
    silence: 'Silence…',
    unsilence: 'Unsilence',
    logs: 'Logs',
    metrics: 'Metrics',
    restart: 'Restart',
    scale: 'Scale…',
    rollback: 'Roll back',
    runbook: (host: string) => `Runbook (${host})`,
  },
  again: {
    restart: (name: string) => `Restart ${name}?`,
    rollback: (name: string) => `Roll back ${name}?`,
    text: (where: string) => `As an ordinary order, for ${where}: rules, confirmation and approval apply.`,
    yes: 'Go on',
    no: 'Not now',
  },
  thread: {
    reopened: (times: number) => `It fires again${times === 1 ? '' : ` (${count(times, 'time', 'times')} so far)`}.`,
    reopenedLast: 'Last at ',
    acknowledged: ' has acknowledged this.',
    unacknowledged: ' has un-acknowledged this.',
    silenced: (matchers: string) => ` has silenced ${matchers} until `,
    because: (reason: string) => `: “${reason}”`,
    unsilenced: ' has ended the silence.',
    escalate: (minutes: number) => `nobody has acknowledged this in ${count(minutes, 'minute', 'minutes')}.`,
    quiet: 'Quiet hours: nobody is mentioned.',
    remind: 'this is still firing. Are you still on it? Acknowledge it again, or un-acknowledge it.',
    remindQuiet: 'This is still firing and was acknowledged long ago.',
  },
  list: {
    title: (n: number) => (n === 0 ? 'No alert fires' : count(n, 'group of alerts fires', 'groups of alerts fire')),
    shut: 'No alerts reach me',
    open: 'Whether something fires I cannot know: readback.yaml has no alerts.routes, or ALERTS_TOKEN is not set.',
    acknowledged: 'acknowledged by ',
    more: (n: number) => `${n} more`,
  },
  silenceForm: {
    title: (id: string) => `Silence ${id}`,
    submit: 'Silence',
    cancel: 'Close',
    matchers: 'Alerts that match all of this',
    matchersHint: 'One a line: namespace="shop" or pod=~"web-.*"',
    lasting: 'For how long',
    reason: 'Reason',
    words:
      'Makes a silence in Alertmanager in your name. Everything that matches falls silent, also what is not on this card.',
    hours: (hours: number) => (hours < 1 ? '30 minutes' : count(hours, 'hour', 'hours')),
  },
  done: {
    acknowledged: (id: string) => `${id} is yours now.`,
    unacknowledged: (id: string) => `${id} waits for somebody again.`,
    silenced: (id: string) => `${id} is silenced.`,
    unsilenced: (id: string) => `${id} is not silenced any more.`,
  },
  test: (source: string) => `A test alert has arrived. The way from ${source} to here works.`,
  tooLarge: 'The body is larger than 1 MiB. Let Alertmanager send fewer alerts at once with `max_alerts`.',
  webhook,
}
