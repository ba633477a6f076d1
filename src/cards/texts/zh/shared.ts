import type { Texts } from '../en.ts'

/** Words that many cards share. */
export const shared: Texts['shared'] = {
  colon: '：',
  comma: '，',
  semicolon: '；',
  notRecorded: '未记录：审计日志当前无法写入',
  working: (line) => `正在处理：${line}`,
  cancelled: (id) => `${id} 已取消，未做任何变更。`,
  approvals: (n) => (n === 0 ? '没有待审批的变更' : `${n} 项变更待审批`),
  frozen: (clusters, reason) => `${clusters.join('、')} 已冻结变更：${reason}。回滚和扩容仍可进行。`,
  unfrozen: (clusters) => `${clusters.join('、')} 已解除冻结，可以变更。`,
  notFrozen: (clusters) => `${clusters.join('、')} 没有在聊天里设置的冻结。策略文件里的冻结请在文件里修改。`,
}
