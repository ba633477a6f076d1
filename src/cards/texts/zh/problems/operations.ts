import type { VoteProblem } from '../../../../approvals/problems.ts'
import type { OperationProblem } from '../../../../operations/problems.ts'
import type { ReceptionProblem } from '../../../../reception/problems.ts'
import type { SentencesFor } from '../../../problem.ts'
import { stateWords } from '../operation.ts'
import { anyOf } from '../words.ts'

const standing = {
  guest: '访客',
  bot: '机器人和工作流',
  stranger: '外部公司人员',
  deactivated: '已停用的账号',
} as const

export const operationProblems: SentencesFor<OperationProblem> = {
  operation_unknown: ({ id }) => ({
    sentence: `没有编号为 ${id} 的变更。`,
    remedy: '编号写在卡片上；已结束的变更保留一年。',
  }),
  operation_not_waiting: ({ id, state }) => ({
    sentence: `${id} 当前不需要这一步，它的状态是：${stateWords(state)}。`,
  }),
  operation_not_yours: ({ id }) => ({ sentence: `只有 ${id} 的发起人才能这样做。` }),
  operation_too_late: ({ id }) => ({
    sentence: `${id} 的确认时间已过，未做任何变更。`,
    remedy: '请在卡片上点“重新生成计划”。',
  }),
  operation_other_plan: ({ id }) => ({
    sentence: `这个按钮对应的不是 ${id} 当前的计划，未做任何操作。`,
    remedy: '请重新查看卡片。',
  }),
  operation_no_way_back: ({ id }) => ({ sentence: `${id} 没有可撤销的内容：重启不会改动任何配置。` }),
  approval_now_needed: ({ rule }) => ({
    sentence: `下达指令之后，${rule} 开始要求审批。未做任何变更。`,
    remedy: '请点“重新生成计划”，新的变更会走审批。',
  }),
  approval_lost: ({ missing, roles }) => ({
    sentence: `有审批人已不再具备审批资格，又差 ${missing} 名 ${anyOf(roles)}。未做任何变更。`,
    remedy: '请点“重新生成计划”再次申请。',
  }),
  approvers_unchecked: ({ groups }) => ({
    sentence: `暂时无法确认审批人是否仍属于用户组 ${anyOf(groups)}：聊天平台没有返回成员名单。未做任何变更。`,
    remedy: '请点“重新生成计划”再次申请。',
  }),
  operation_unrecorded: () => ({
    sentence: '审计日志当前无法写入，因此不允许任何变更。未做任何变更。',
    remedy: '请机器人的管理员检查数据目录或数据库：/ops doctor。',
  }),
}

export const voteProblems: SentencesFor<VoteProblem> = {
  approval_own_order: () => ({ sentence: '这是你自己发起的变更，不能由你批准。' }),
  approval_not_eligible: ({ roles }) => ({ sentence: `只有 ${anyOf(roles)} 才能审批。` }),
  approval_unchecked: ({ groups }) => ({
    sentence: `暂时无法确认你是否属于用户组 ${anyOf(groups)}：聊天平台没有返回成员名单。你的审批没有计入。`,
    remedy: '请过一分钟再审批。',
  }),
  approval_voted_already: ({ verdict }) => ({
    sentence: verdict === 'approve' ? '你已经批准过了。' : '你已经驳回过了。',
  }),
  approval_other_plan: () => ({
    sentence: '这个按钮对应的不是当前等待审批的计划，你的审批没有计入。',
    remedy: '请重新查看卡片。',
  }),
  approval_expired: () => ({ sentence: '审批时间已过，未做任何变更。' }),
  approval_decided: ({ state }) => ({ sentence: state === 'filled' ? '审批人数已经够了。' : '它已经被驳回了。' }),
}

export const receptionProblems: SentencesFor<ReceptionProblem> = {
  person_refused: (problem) => ({
    sentence: `这里不受理${standing[problem.standing]}的指令。`,
    remedy: '需要的话，可以在策略文件里按用户 ID 单独授权。',
  }),
  person_unknown: () => ({
    sentence: '暂时无法从聊天平台确认你的身份，因此不能执行任何操作。',
    remedy: '请过一分钟重试。',
  }),
  trail_broken: () => ({
    sentence: '审计日志里有不是 Readback 写入的内容，因此不予显示。',
    remedy: '请机器人的管理员运行 `readback audit verify`，它会指出第一条有问题的记录。',
  }),
  place_shared: () => ({ sentence: '这个频道里有外部公司的人，不在这里显示日志。' }),
  place_not_joined: ({ reason }) => ({
    sentence: `我无法在这个频道发消息（${reason}），因此不会执行任何操作。`,
    remedy: '请先邀请我：/invite @readback，然后重新下达指令。',
  }),
  button_unknown: ({ action }) => ({ sentence: `这个按钮已经失效（${action}）。` }),
  order_stale: () => ({
    sentence: '你下达这条指令时我不在线，现在已经过了好几分钟，因此没有执行。',
    remedy: '如果仍然需要，请重新下达。',
  }),
  bug: ({ reference }) => ({
    sentence: `这是我的故障，不是你的问题。故障编号 ${reference}。`,
    remedy: '机器人的管理员可以凭这个编号在日志里查到原因。',
  }),
  storage_away: ({ reference }) => ({
    sentence: '存储暂时没有响应，这次操作没有执行。',
    remedy: `请稍后重试。机器人的管理员可以凭编号 ${reference} 在日志里查到原因。`,
  }),
  storage_lost: ({ reference }) => ({
    sentence: '执行到一半时存储失去响应，无法确定操作是否已经生效。',
    remedy: `请先确认频道里有没有出现对应的卡片，再决定是否重新下达。机器人的管理员可以凭编号 ${reference} 在日志里查到原因。`,
  }),
  form_needs_click: ({ verb }) => ({
    sentence: `只有斜杠命令才能打开表单，请在 ${verb} 后面把参数写全。`,
    remedy: `help ${verb} 可以查看用法。`,
  }),
  logs_too_many: ({ limit }) => ({ sentence: `同时跟踪的日志已达上限（${limit} 个），请先停掉一个。` }),
  logs_over: () => ({ sentence: '这个日志跟踪已经结束了。' }),
  logs_no_namespace: () => ({
    sentence: '这个标签选择器要在哪个命名空间里找 Pod？',
    remedy: '请加上 --namespace。',
  }),
}
