import type { AuditProblem, Flaw } from '../../../../audit/problems.ts'
import type { SentencesFor } from '../../../problem.ts'

export const flaws: Readonly<Record<Flaw, string>> = {
  'not-a-record': '它不是一条记录',
  sequence: '序号不连续：有记录被删除、插入或移动过',
  prev: '它引用的前一条记录的哈希不对',
  hash: '内容与哈希不符：被改动过',
  torn: '写入时中断，内容不完整',
}

export const auditSaid: SentencesFor<AuditProblem> = {
  audit_unwritable: ({ where, detail }) => ({
    sentence: `审计日志 ${where} 无法写入；写不了审计日志，就不做任何变更。`,
    code: detail,
    remedy: '请检查数据目录（READBACK_DATA）的空间和权限，或检查数据库（DATABASE_URL）。',
  }),
  audit_broken: ({ where, why, line }) => ({
    sentence: `审计日志 ${where} 与 Readback 写入的内容不一致：${line === undefined ? '最后一行' : `第 ${line} 行`}有问题，${flaws[why]}。`,
    remedy:
      '`readback audit verify` 会指出第一处有问题的行。请保留该文件作为证据；要继续运行，把它移走即可，系统会立即新建一份。',
  }),
  audit_newer: ({ where, found, known }) => ({
    sentence: `审计日志 ${where} 由更新的版本（${found}）写入，当前版本只支持到 ${known}。`,
    remedy: '请启动那个更新的版本。',
  }),
  audit_unreadable: ({ where, detail }) => ({ sentence: `审计日志 ${where} 无法读取。`, code: detail }),
  audit_overloaded: ({ waiting }) => ({ sentence: `有 ${waiting} 条审计记录等待写入：磁盘跟不上。` }),
  audit_closed: () => ({ sentence: '审计日志已关闭：Readback 正在停止。' }),
}
