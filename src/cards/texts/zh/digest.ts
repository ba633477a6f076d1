import type { Texts } from '../en.ts'
import { spoken } from './words.ts'

/** 频道拥挤时的汇总卡片。 */
export const digest: Texts['digest'] = {
  title: (waiting) => `本频道有 ${waiting} 条消息正在排队`,
  why: '同时到达的消息超过了频道的发送上限（每秒一条）。不会丢失：按严重程度依次各发一条。',
  oldest: '最早一条开始排队：',
  inThread: (n) => `另有 ${n} 条见本条的消息列。`,
  over: '排队的消息已全部发到本频道',
  overAfter: (duration) => `最长等待 ${spoken(duration)}。`,
  page: (page) => `排队中，第 ${page} 页`,
  pageOver: '这里列出的消息都已单独发出。',
}
