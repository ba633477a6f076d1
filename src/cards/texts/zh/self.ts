import type { Texts } from '../en.ts'
import { allOf } from './words.ts'

/** What the bot says about itself and about who asks. */
export const self: Texts['self'] = {
  whoami: {
    summary: (roles) => (roles.length === 0 ? '你在这里没有角色' : `你的角色是 ${allOf(roles)}`),
    you: '你是',
    standing: {
      member: '正式成员',
      guest: '访客',
      bot: '机器人',
      stranger: '外部公司人员',
      deactivated: '账号已停用',
    },
    noRoles: '策略文件里没有给你任何角色，所以我不能替你做任何事。',
    roles: (roles) => `角色：${allOf(roles)}。`,
    unchecked: (groups) =>
      `暂时无法确认你是否属于用户组 ${allOf(groups)}：聊天平台没有返回成员名单。确认之前，这些组的权限不生效。`,
    heardAs: '各集群看到的你的身份：',
  },
  can: {
    yes: (what) => `可以，你有权执行 ${what}。`,
    no: (what) => `不可以，你无权执行 ${what}。`,
    withApproval: (what, seats) => `你可以申请执行 ${what}，需要 ${allOf(seats)} 审批。`,
    assuming: (limits) => `以上只针对你问到的内容；执行时还须满足：${limits.join('，')}`,
  },
  help: {
    summary: '我能做什么',
    title: '我能做什么',
    intro: (slash) =>
      `输入 ${slash} 加上下面任意一条，也可以先 @ 我再输入，或者直接点按钮。每条指令执行之前，我都会先把确切的变更计划复述给你看。`,
    more: (slash) => `${slash} help deploy 查看某条命令的用法。目标的写法是 [cluster:][namespace/][kind/]name。`,
    arguments: '参数',
    examples: '示例',
    aliases: (names) => `也可以写成：${names.join('、')}`,
  },
  doctor: {
    summary: (bad) => (bad === 0 ? '检查过的各项全部正常' : `有 ${bad} 项不正常`),
    what: {
      chat: '聊天',
      store: '存储',
      audit: '审计日志',
      policy: '策略',
      cluster: '集群',
      config: '配置',
    },
    found: {
      no_socket: '没有打开的连接',
      takes_writes: '可写',
      takes_records: '可写',
      last_frame: (secondsAgo) => `${secondsAgo} 秒前收到过数据`,
      missing_scopes: (scopes) => `缺少权限（scope）：${scopes.join('、')}`,
      unrecorded: (failure) => `暂停一切变更：${failure}`,
      older_policy: (problem, more) => `沿用上一个有效版本：${problem}${more > 0 ? `（另有 ${more} 处）` : ''}`,
    },
  },
}
