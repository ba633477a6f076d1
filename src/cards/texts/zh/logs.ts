import type { Texts } from '../en.ts'
import { spoken } from './words.ts'

const size = (bytes: number) =>
  bytes < 1_048_576 ? `${Math.ceil(bytes / 1_024)} KiB` : `${(bytes / 1_048_576).toFixed(1)} MiB`

const filter = ({ grep, exclude, level, context }: Parameters<Texts['logs']['filter']>[0]) =>
  [
    ...(grep === undefined ? [] : [`匹配 ${grep}`]),
    ...(exclude === undefined ? [] : [`排除 ${exclude}`]),
    ...(level === undefined ? [] : [`${level} 及以上`]),
    ...(context === undefined ? [] : [`前后各 ${context} 行`]),
  ].join(' · ')

/** Logs, read once or followed. */
export const logs: Texts['logs'] = {
  title: (what, where) => `${where} 上 ${what} 的日志`,
  previous: '上次重启之前',
  noPods: '没有 Pod，因此没有日志。',
  noLines: '没有日志。',
  noLinesYet: '还没有日志。',
  noMatch: (wish) => `没有符合条件的日志（${filter(wish)}）。`,
  found: (n, sources) => `${sources} 个容器，共 ${n} 行`,
  failed: (pod) => `读不到 ${pod} 的日志`,
  unfinished: (source) => `${source} 没有读完，缺少最新的日志；请用更短的 --since`,
  partly: (source, n) => `${source} 的日志太大，只读取了最新的 ${n} 行`,
  short: '返回的行数比要求的少：单行太长，已省略较早的日志',
  moreAlike: (n) => `另有 ${n} 个容器情况相同`,
  waiting: (pod, reason) => `${pod} 没有可读的日志：${reason}`,
  moreWaiting: (n) => `另有 ${n} 个 Pod 没有可读的日志`,
  over: (n) => `还有 ${n} 个容器超出同时读取的上限`,
  following: (pods) => `正在跟踪 ${pods} 个 Pod`,
  paused: '已暂停刷新，日志仍在收集',
  until: (duration) => `${spoken(duration)}后自动结束`,
  filter: (wish) => `只看：${filter(wish)}`,
  rate: (speed) => `${speed} 行/秒`,
  errors: (n) => `${n} 个错误`,
  lines: (n) => `${n} 行`,
  others: (n) => `另有 ${n} 个错误`,
  moreLines: (n) => `… 还有 ${n} 行`,
  fromContainers: (n) => `${n} 个容器`,
  zone: '时间为 UTC',
  losses: {
    skipped: (n) => `跳过 ${n} 行：日志太快，超出聊天读取的上限`,
    unseen: (n) => `${n} 行刷得太快，窗口里没有显示，文件里有`,
    late: (n) => `${n} 行到得太晚，未能按时间排序，已用 ^ 标出`,
    missed: (n) => `有容器启动后又退出了 ${n} 次，这期间的日志没有读到`,
  },
  buttons: {
    stop: '停止',
    pause: '暂停',
    resume: '继续',
    file: '最近 15 分钟存为文件',
    filter: '过滤…',
  },
  ended: {
    asked: '已停止',
    time: '已到时限，自动结束',
    restart: '已结束：机器人重启过',
    failed: '已结束：集群拒绝访问或没有响应',
    forbidden: '已结束：发起人已无权查看这些日志',
  },
  summary: { lines: '行数', errors: '错误', first: '首行', last: '末行' },
  fileSent: '完整文本已作为文件放在消息列里。',
  fileFailed: '文本文件上传失败。',
  fileComing: '最近 15 分钟的日志会作为文件发到消息列里。',
  file: {
    about: (what, where) => `${where} 上 ${what} 的日志文本`,
    head: (what, where, n) => `${where} 上 ${what}，共 ${n} 行；时间（UTC）、Pod、容器、内容`,
    skipped: (n) => `此处前后跳过 ${n} 行：日志太快，超出聊天读取的上限`,
    skippedInAll: (n) => `总共跳过 ${n} 行：日志太快，超出聊天读取的上限`,
    late: (n) => `${n} 行到得太晚，未能按时间排序，已用 ^ 标出`,
    leftOut: (n, bytes) => `此处省略 ${n} 行（${size(bytes)}）：文件会过大`,
    filtered: (wish) => (filter(wish) === '' ? '从这里起显示所有行' : `从这里起只看：${filter(wish)}`),
    missed: (pod, runs) => `${pod} 的容器启动后又退出了 ${runs} 次，这期间的日志没有读到`,
  },
  form: {
    title: '过滤日志',
    submit: '应用',
    cancel: '取消',
    words: '从现在起按此过滤，对正在看的所有人生效。',
    grep: '只看匹配的行',
    exclude: '排除匹配的行',
    pattern: 'RE2 语法；匹配之前已去掉颜色代码、隐去敏感信息',
    level: '级别（及以上）',
    all: '所有行',
  },
}
