import type { Check, Fact } from '../../../../cli/checks/check.ts'
import type { ClusterProblem } from '../../../../clusters/problems.ts'
import type { Said } from '../../../problem.ts'
import type { Texts } from '../../en.ts'
import { describeRights } from '../../rights.ts'

type Plain = Exclude<
  Fact,
  { code: 'config_bad' | 'policy_bad' | 'policy_lint' | 'audit_looked' | 'slack_bad' | 'cluster_bad' }
>

const parts: Readonly<Record<Check['part'], string>> = {
  configuration: '配置',
  policy: '策略',
  data: '数据目录',
  audit: '审计日志',
  database: '数据库',
  slack: 'Slack',
  channel: '频道',
  cluster: '集群',
  http: 'HTTP',
}

const named = (name: string | undefined): string => (name === undefined ? '' : `#${name}：`)

function said(fact: Plain): Said {
  switch (fact.code) {
    case 'config_good':
      return { sentence: `${fact.file}，${fact.clusters} 个集群，${fact.channels} 个频道` }
    case 'policy_good':
      return { sentence: `${fact.file}，${fact.roles} 个角色；${fact.cases} 个用例全部通过` }
    case 'data_free':
      return { sentence: `${fact.folder} ${fact.made === 'there' ? '可写，当前没有进程占用' : '首次启动时会创建'}` }
    case 'data_held':
      return {
        sentence: `${fact.folder} 正被${fact.host === undefined ? '' : ` ${fact.host} 上`}运行中的进程 ${fact.pid} 占用`,
      }
    case 'data_unusable':
      return {
        sentence: `${fact.folder} 无法使用（${fact.detail}）`,
        remedy: '它必须归 Readback 所有：请调整权限，或设置 READBACK_DATA。',
      }
    case 'database_good':
      return { sentence: '响应正常' }
    case 'database_bad':
      return { sentence: `没有响应（${fact.detail}）`, remedy: '请检查 DATABASE_URL、数据库本身以及中间的网络。' }
    case 'audit_absent':
      return { sentence: `${fact.file} 还不存在` }
    case 'audit_unread':
      return { sentence: `${fact.file} 无法读取（${fact.detail}）` }
    case 'slack_absent':
      return {
        sentence: '没有设置 SLACK_BOT_TOKEN 和 SLACK_APP_TOKEN',
        remedy: '获取方法见 README.zh-CN.md；不设置时，npm start 会打开沙盒。',
      }
    case 'slack_bot':
      return { sentence: `bot token 属于 ${fact.team}${fact.url === '' ? '' : `（${fact.url}）`}` }
    case 'slack_app':
      return { sentence: 'app-level token 可以建立 Socket Mode 连接' }
    case 'slack_scopes':
      return fact.missing.length === 0
        ? { sentence: '机器人的权限（scope）齐全' }
        : {
            sentence: `缺少权限（scope）：${fact.missing.join('、')}`,
            remedy: '请用 `readback slack manifest` 更新应用，然后重新安装。',
          }
    case 'channel_joined':
      return { sentence: `${named(fact.name)}机器人已在频道里` }
    case 'channel_strange':
      return { sentence: `${named(fact.name)}机器人不在频道里`, remedy: '请在频道里输入 /invite @readback。' }
    case 'channel_archived':
      return { sentence: `${named(fact.name)}频道已归档`, remedy: '请从 readback.yaml 里删掉，或换一个频道。' }
    case 'channel_unknown':
      return {
        sentence: `在 Slack 上看不到这个频道（${fact.reason}）`,
        remedy: '要么 ID 写错了，要么是私有频道、需要先邀请机器人：/invite @readback。',
      }
    case 'cluster_good':
      return {
        sentence: `${fact.version}，${fact.held === fact.needed ? `${fact.needed} 项权限齐全` : `所需 ${fact.needed} 项权限中具备 ${fact.held} 项`}`,
      }
    case 'cluster_rights_missing': {
      const what = describeRights(fact.rights)
      return fact.only.length > 0
        ? {
            sentence: `只在 ${fact.only.join('、')} 里有权限：${what}`,
            remedy: '如果机器人本来就不该看到其他命名空间，这样没问题。',
          }
        : { sentence: `缺少权限：${what}`, remedy: '对应的 ClusterRole 见 docs/kubernetes.md。' }
    }
    case 'http_free':
      return { sentence: `${fact.address} 空闲` }
    case 'http_ready':
      return { sentence: `${fact.address} 响应：就绪` }
    case 'http_not_ready':
      return { sentence: `${fact.address} 响应：未就绪，缺少 ${fact.missing}`, remedy: '请查看运行中的机器人的日志。' }
    case 'http_taken':
      return {
        sentence: `${fact.address} 被其他程序占用，或无法监听`,
        remedy: '请设置 READBACK_HTTP_PORT（以及 READBACK_HTTP_HOST）。',
      }
    case 'fault':
      return { sentence: `无法检查：${fact.detail}` }
  }
}

/** Where a cluster does not answer, in the words of whoever runs the bot. */
function clusterSaid(problem: ClusterProblem): Said {
  const code = 'detail' in problem ? { code: problem.detail } : {}
  switch (problem.code) {
    case 'cluster_unreachable':
      return { sentence: '连不上', ...code, remedy: 'kubeconfig 里的 server 对吗？从这里到它的网络通吗？' }
    case 'cluster_no_answer':
      return { sentence: '响应超时', ...code, remedy: '等待多久由 readback.yaml 里的 `timeout` 决定，默认 10s。' }
    case 'cluster_unauthorized':
      return {
        sentence: '没有可用的凭据，或凭据被拒绝',
        ...code,
        remedy:
          '文件由 KUBECONFIG（或 readback.yaml 里的 `kubeconfig`）指定，`context` 是其中的上下文；过期的凭据请更新。',
      }
    default:
      return { sentence: `返回 ${problem.code}`, ...code }
  }
}

/** What `readback doctor` says. */
export const doctor: Texts['terminal']['doctor'] = {
  parts,
  said,
  clusterSaid,
  example: '可以从 docs/readback.example.yaml 开始。',
  unusable: (problems) => `无法使用，${problems} 处问题`,
  summary: (bad) => (bad === 0 ? '一切正常。' : `有 ${bad} 项不正常，见上面标 ✗ 的行。`),
}
