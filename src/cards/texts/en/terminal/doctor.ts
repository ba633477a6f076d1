import type { Check, Fact } from '../../../../cli/checks/check.ts'
import type { ClusterProblem } from '../../../../clusters/problems.ts'
import type { Said } from '../../../problem.ts'
import { describeRights } from '../../rights.ts'

type Plain = Exclude<
  Fact,
  { code: 'config_bad' | 'policy_bad' | 'policy_lint' | 'audit_looked' | 'slack_bad' | 'cluster_bad' }
>

const parts: Readonly<Record<Check['part'], string>> = {
  configuration: 'configuration',
  policy: 'policy',
  data: 'data folder',
  audit: 'audit trail',
  database: 'database',
  slack: 'Slack',
  channel: 'channel',
  cluster: 'cluster',
  http: 'HTTP',
}

const named = (name: string | undefined): string => (name === undefined ? '' : `#${name}: `)
const count = (number: number, one: string): string => `${number} ${one}${number === 1 ? '' : 's'}`

function said(fact: Plain): Said {
  switch (fact.code) {
    case 'config_good':
      return { sentence: `${fact.file}, ${count(fact.clusters, 'cluster')}, ${count(fact.channels, 'channel')}` }
    case 'policy_good':
      return {
        sentence: `${fact.file}, ${count(fact.roles, 'role')}; ${fact.cases === 1 ? 'its case passes' : `all ${fact.cases} cases pass`}`,
      }
    case 'data_free':
      return {
        sentence: `${fact.folder} ${fact.made === 'there' ? 'can be written; no process has it now' : 'will be made at the first start'}`,
      }
    case 'data_held':
      return {
        sentence: `${fact.folder} belongs to process ${fact.pid}${fact.host === undefined ? '' : ` on ${fact.host}`}, which runs`,
      }
    case 'data_unusable':
      return {
        sentence: `${fact.folder} cannot be used (${fact.detail})`,
        remedy: 'Readback must own it: give it the rights, or set READBACK_DATA.',
      }
    case 'database_good':
      return { sentence: 'answers' }
    case 'database_bad':
      return {
        sentence: `does not answer (${fact.detail})`,
        remedy: 'Look at DATABASE_URL, the database and the network between.',
      }
    case 'audit_absent':
      return { sentence: `${fact.file} does not exist yet` }
    case 'audit_unread':
      return { sentence: `${fact.file} cannot be read (${fact.detail})` }
    case 'slack_absent':
      return {
        sentence: 'SLACK_BOT_TOKEN and SLACK_APP_TOKEN are not set',
        remedy: 'README.md says where to get them; npm start without them opens the sandbox.',
      }
    case 'slack_bot':
      return { sentence: `the bot token belongs to ${fact.team}${fact.url === '' ? '' : ` (${fact.url})`}` }
    case 'slack_app':
      return { sentence: 'the app-level token opens Socket Mode' }
    case 'slack_scopes':
      return fact.missing.length === 0
        ? { sentence: 'the bot has every scope' }
        : {
            sentence: `scopes are missing: ${fact.missing.join(', ')}`,
            remedy: 'Update the app from `readback slack manifest` and install it again.',
          }
    case 'channel_joined':
      return { sentence: `${named(fact.name)}the bot is in it` }
    case 'channel_strange':
      return { sentence: `${named(fact.name)}the bot is not in it`, remedy: 'Type /invite @readback there.' }
    case 'channel_archived':
      return {
        sentence: `${named(fact.name)}archived`,
        remedy: 'Take it out of readback.yaml, or name another channel.',
      }
    case 'channel_unknown':
      return {
        sentence: `Slack does not show it (${fact.reason})`,
        remedy: 'Either the id is wrong, or it is private and the bot must be invited: /invite @readback.',
      }
    case 'cluster_good':
      return {
        sentence: `${fact.version}, ${fact.held === fact.needed ? `all ${fact.needed}` : `${fact.held} of ${fact.needed}`} rights held`,
      }
    case 'cluster_rights_missing': {
      const what = describeRights(fact.rights)
      return fact.only.length > 0
        ? {
            sentence: `only in ${fact.only.join(', ')}, may ${what}`,
            remedy: 'Fine if the bot shall see no other namespace.',
          }
        : { sentence: `may not ${what}`, remedy: 'docs/kubernetes.md has the ClusterRole that gives this.' }
    }
    case 'http_free':
      return { sentence: `${fact.address} is free` }
    case 'http_ready':
      return { sentence: `${fact.address} answers: ready` }
    case 'http_not_ready':
      return {
        sentence: `${fact.address} answers: not ready, ${fact.missing} missing`,
        remedy: 'Look at the log of the running bot.',
      }
    case 'http_taken':
      return {
        sentence: `${fact.address} is in use by another program, or cannot be opened`,
        remedy: 'Set READBACK_HTTP_PORT (and READBACK_HTTP_HOST).',
      }
    case 'fault':
      return { sentence: `could not be looked at: ${fact.detail}` }
  }
}

/** Where a cluster does not answer, in the words of whoever runs the bot. */
function clusterSaid(problem: ClusterProblem): Said {
  const code = 'detail' in problem ? { code: problem.detail } : {}
  switch (problem.code) {
    case 'cluster_unreachable':
      return {
        sentence: 'cannot be reached',
        ...code,
        remedy: 'Is the server in the kubeconfig right, and is there a way to it from here?',
      }
    case 'cluster_no_answer':
      return {
        sentence: 'gave no answer in time',
        ...code,
        remedy: '`timeout` in readback.yaml is how long is waited, else 10s.',
      }
    case 'cluster_unauthorized':
      return {
        sentence: 'has no usable credential, or refuses it',
        ...code,
        remedy:
          'KUBECONFIG (or `kubeconfig` in readback.yaml) names the files, `context` the context in them; renew what has expired.',
      }
    default:
      return { sentence: `answers ${problem.code}`, ...code }
  }
}

/** What `readback doctor` says. */
export const doctor = {
  parts,
  said,
  clusterSaid,
  example: 'docs/readback.example.yaml is one to begin with.',
  unusable: (problems: number) => (problems === 1 ? 'cannot be used' : `cannot be used, ${problems} problems`),
  summary: (bad: number) =>
    bad === 0 ? 'Nothing is wrong.' : `${count(bad, 'thing')} ${bad === 1 ? 'is' : 'are'} wrong, marked ✗ above.`,
}
