import type { StartSentences } from '../../start-sentences.ts'
import type { Texts } from '../en.ts'
import { auditSaid } from './start/audit.ts'
import { cliSaid } from './start/words.ts'
import { fileSaid } from './start/files.ts'
import { storeSaid } from './start/store.ts'
import { wayInSaid } from './start/ways-in.ts'

const said: StartSentences = { ...auditSaid, ...cliSaid, ...fileSaid, ...storeSaid, ...wayInSaid }

/** What keeps the process from starting. */
export const start: Texts['start'] = {
  unknown: (code) => `Readback 无法继续运行：${code}。`,
  configUnusable: (count) => `配置无法使用，有 ${count} 处问题。`,
  policyUnusable: (file, count) => `策略文件 ${file} 无法使用，有 ${count} 处问题。没有有效的策略就不会启动。`,
  questionUnusable: '这个问题问法不对。',
  usage: (command) => `用法见 ${command} --help。`,
  more: (count) => `…… 另有 ${count} 处。`,
  example: '可以从这份 readback.yaml 开始：',
  stopping: (sentence) => `Readback 停止运行。${sentence}`,
  said,
}
