import type { StoreProblem } from '../../../../store/problems.ts'
import type { SentencesFor } from '../../../problem.ts'

export const storeSaid: SentencesFor<StoreProblem> = {
  store_locked: ({ folder, pid, host }) => ({
    sentence: `数据目录 ${folder} 正被另一个 Readback 使用${
      pid === 0 ? '' : `（${host === undefined ? '' : `${host.split(' ')[0] ?? host} 上的`}进程 ${pid}）`
    }。`,
    remedy:
      host === undefined
        ? '同一时间只能有一个进程：请停掉那个，或用 READBACK_DATA 给这个指定单独的目录。'
        : '从这里看不到那个进程。如果它已经不在了，最后一次活动 35 秒后占用会自动解除；否则请用 READBACK_DATA 给这个进程指定单独的目录。',
  }),
  store_corrupt: ({ file, where }) => ({
    sentence: `数据目录里的 ${file} 已损坏（${where}），不像是崩溃造成的。文件保持原样，没有改动。`,
    remedy: '请用备份恢复整个数据目录，或把它移走后从空目录开始（docs/operations.md）。',
  }),
  store_newer: ({ file, found, known }) => ({
    sentence: `${file} 由更新的版本（${found}）写入，当前版本只支持到 ${known}。`,
    remedy: '请启动那个更新的版本，或恢复升级之前的备份。',
  }),
  store_alien: ({ file }) => ({
    sentence: `数据目录里的 ${file} 不是 Readback 写的。`,
    remedy: 'READBACK_DATA 指向的目录对吗？它必须由 Readback 独占。',
  }),
  store_unwritable: ({ file, detail }) => ({
    sentence: `${file} 无法写入。`,
    code: detail,
    remedy: '请检查数据目录（READBACK_DATA）的空间和权限。',
  }),
  store_overloaded: ({ waiting }) => ({ sentence: `有 ${waiting} 个写操作在等待：磁盘或数据库跟不上。` }),
  store_contended: ({ collection, tries }) => ({
    sentence: `写入 ${collection} 连续 ${tries} 次都与别处的修改冲突，已放弃。`,
  }),
  store_unreachable: ({ detail }) => ({
    sentence: '数据库没有响应。',
    code: detail,
    remedy: '请检查 DATABASE_URL、数据库本身以及中间的网络。',
  }),
  store_outcome_unknown: ({ detail }) => ({
    sentence: '写入过程中与数据库的连接断开了。',
    code: detail,
    remedy: '请重新启动：已写入的内容会重新读出来。',
  }),
  store_bad_document: ({ collection, id, detail }) => ({
    sentence: `存储中的 ${collection} ${id} 是当前版本不认识的格式。`,
    code: detail,
    remedy: '是不是由别的版本写入的？请启动那个版本。',
  }),
  store_bad_commit: ({ collection, id, why }) => ({
    sentence: `写入 ${collection} ${id} 被拒绝（${why}）。这是 Readback 自身的故障。`,
  }),
  store_closed: () => ({ sentence: '存储已关闭：Readback 正在停止。' }),
}
