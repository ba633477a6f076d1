import type { Rich } from '../../../chat/message.ts'
import type { Told } from '../en/audit.ts'
import type { Texts } from '../en.ts'

const id = ({ operation }: Told): Rich => (operation === '' ? [] : [' ', { code: operation }])
const alert = (told: Told): Rich => [{ code: told.detail('alert') }, ` ${told.detail('name')}`]
const quoted = (text: string): string => (text === '' ? '' : `：“${text}”`)
/** `在 prod 上 deploy shop/web (Deployment)`, as far as the record says. */
const order = ({ action, target, cluster }: Told): string =>
  [cluster === '' ? '' : `在 ${cluster} 上`, action, target].filter((part) => part !== '').join(' ')
const short = (hash: string) => ({ code: hash.slice(0, 12) })

const states: Readonly<Record<string, string>> = {
  succeeded: '已完成',
  failed: '失败',
  superseded: '已被后来的变更取代',
  unknown: '结果未知',
  expired: '已过期',
  rejected: '已驳回',
  voided: '已作废，未做任何变更',
  cancelled: '已取消',
  denied: '执行前被拒绝',
}

const reasons: Readonly<Record<string, string>> = {
  requester: '发起人撤回',
  holder: '他人取消',
  deadline: '超时无人处理',
  card_not_posted: '卡片发送失败',
  moved: '对象已变化',
  overtaken: '所依据的值已被另一项变更改动',
  rollout: '发布失败',
  not_finished: '未在时限内完成',
  deleted: '工作负载已被删除',
  problem: '',
}

const why = ({ detail }: Told): string => {
  const known = reasons[detail('why')] ?? detail('why')
  const parts = [known, detail('code'), detail('reason')].filter((part) => part !== '')
  return parts.length === 0 ? '' : `（${parts.join('：')}）`
}

/** Records of the audit trail as sentences. */
export const audit: Texts['audit'] = {
  title: '审计日志',
  readback: 'Readback',
  records: (n) => `${n} 条记录`,
  none: '没有符合条件的记录。',
  partly: '可能还有更早的记录：请用 --by、--action、--operation 或 --since 缩小范围。',
  more: (n, kinds) => `另有 ${n} 条：${kinds.map(([what, each]) => `${what} × ${each}`).join('、')}`,
  seqs: (first, last) => (first === last ? `第 ${first} 条` : `第 ${first}–${last} 条`),
  head: (n) => `审计日志现有 ${n} 条记录。保存下面这行，日后可用来核对：`,
  verify: (head) => `readback audit verify --head ${head}`,

  said: {
    command: (told) => [told.who, ' 下达指令 ', { code: told.detail('line') }],
    click: (told) => [told.who, ' 点击了 ', { code: told.detail('click') }, ...id(told)],
    misread: (told) => [told.who, ` 输入的内容无法识别（${told.detail('problem')}）`],
    allowed: (told) => [told.who, ` 获准${order(told)}`, ...id(told), `，依据 ${told.detail('rule')}`],
    allowedLater: (told) => [
      told.who,
      told.detail('gate') === 'approval' ? ` 经审批后可${order(told)}` : ` 确认后可${order(told)}`,
      ...id(told),
      `，依据 ${told.detail('rule')}`,
    ],
    brokeGlass: (told) => [
      '🚨 紧急放行（BREAK-GLASS）：',
      told.who,
      ` 越过冻结，${order(told)}`,
      ...id(told),
      quoted(told.detail('breakGlass')),
    ],
    toReview: (told) => [
      '🔎 请复盘：',
      told.who,
      ' 的紧急放行',
      ...id(told),
      `，${order(told)}${quoted(told.detail('breakGlass'))}`,
    ],
    refused: (told) => [
      '⛔ ',
      told.who,
      ` 无权${order(told)}`,
      ...id(told),
      told.detail('rule') === '' ? `（${told.detail('code')}）` : `，依据 ${told.detail('rule')}`,
    ],
    approved: (told) => [told.who, ' 批准了', ...id(told), `：${order(told)}`],
    rejected: (told) => [told.who, ' 驳回了', ...id(told), `：${order(told)}${quoted(told.detail('reason'))}`],
    voteRefused: (told) => ['⛔ ', told.who, ' 对', ...id(told), ` 的审批未计入（${told.detail('refused')}）`],
    confirmed: (told) => [told.who, ' 确认了', ...id(told), `：${order(told)}`],
    cancelled: (told) => [told.who, ' 撤回了', ...id(told), `：${order(told)}`],
    withoutEffect: (told) => [
      '⛔ ',
      told.who,
      ' 对',
      ...id(told),
      ` 的操作已过时限，未生效（${told.detail('refused')}）`,
    ],
    alertTaken: (told) => [told.who, ' 认领了告警 ', ...alert(told)],
    alertLeft: (told) => [told.who, ' 取消认领告警 ', ...alert(told)],
    alertSilenced: (told) => [
      told.who,
      ' 静默了告警 ',
      ...alert(told),
      `，时长 ${Math.round(Number(told.detail('lastingMs')) / 60_000)} 分钟（${told.list('matchers').join('，')}）${quoted(told.detail('reason'))}`,
    ],
    alertUnsilenced: (told) => [told.who, ' 取消静默告警 ', ...alert(told)],
    sent: (told) => [
      told.who,
      ' 的变更',
      ...id(told),
      ` 正在下发：${order(told)}`,
      told.detail('attempt') === '1' || told.detail('attempt') === '' ? '' : `，第 ${told.detail('attempt')} 次尝试`,
    ],
    ended: (told) => [
      told.detail('state') === 'failed' || told.detail('state') === 'unknown' ? '🔴 ' : '',
      told.who,
      ' 的变更',
      ...id(told),
      ` ${states[told.detail('state')] ?? told.detail('state')}${why(told)}：${order(told)}`,
    ],
    policyLoaded: (told) => [`当前生效的策略文件是 ${told.detail('file')} `, short(told.detail('digest'))],
    policyReplaced: (told) => [
      `策略已按 ${told.detail('file')} 更新：`,
      short(told.detail('before')),
      ' → ',
      short(told.detail('digest')),
    ],
    policyKept: (told) => [
      `🚨 ${told.detail('file')} 无法使用，继续沿用上一个有效策略 `,
      short(told.detail('digest')),
      `。${told.list('problems').join(' ')}`,
    ],
    policyRestored: (told) => [`${told.detail('file')} 已重新生效 `, short(told.detail('digest'))],
    frozen: (told) => [
      told.who,
      ` 冻结了 ${told.cluster} 上的变更，截止 `,
      { moment: Number(told.detail('until')) },
      quoted(told.detail('reason')),
    ],
    unfrozen: (told) => [told.who, ` 解除了 ${told.cluster} 的冻结${quoted(told.detail('reason'))}`],
    started: () => ['Readback 已启动'],
    stopped: () => ['Readback 已停止'],
    unheard: (told) => ['⛔ ', told.who, ` 的指令未被受理（${told.detail('code')}）`],
    repaired: (told) => [`🚨 启动时从审计日志末尾截掉了一条没写完的记录（${told.detail('cut')} 字节）`],
    other: (told) => [told.who, ` ${told.detail('what')} ${order(told)}`, ...id(told)],
  },
}
