import type { CommandProblem, Fault } from '../../../../command-line/problems.ts'
import type { SentencesFor } from '../../../problem.ts'
import { caret } from '../../caret.ts'
import { allOf, didYouMean, few } from '../words.ts'

const like = (found: string | undefined): string => (found === undefined ? '' : `是不是想写 ${found}？`)

/** What is wrong with one value. */
function faultText(fault: Fault): string {
  switch (fault.kind) {
    case 'target':
      return targetFault(fault)
    case 'image':
      return {
        tag: `标签只能包含字母、数字、“_”、“.”和“-”，最多 128 个字符。${like(fault.like)}`,
        digest: `摘要的写法是 sha256: 加 64 位十六进制数。${like(fault.like)}`,
        repository: `镜像仓库不接受这样的仓库名。${like(fault.like)}`,
        'upper-case': `仓库名必须小写。${like(fault.like)}`,
        'too-long': `太长了。${like(fault.like)}`,
      }[fault.why]
    case 'replicas':
      return {
        'not-a-number': `请写整数、+n、-n，或者 4..12 这样的上下限。${like(fault.like)}`,
        fraction: `副本数必须是整数。${like(fault.like)}`,
        'too-many': `最多 ${fault.limit}。${like(fault.like)}`,
        'no-change': `这样等于没有改动。${like(fault.like)}`,
        order: `下限要写在前面。${like(fault.like)}`,
      }[fault.why]
    case 'duration':
      return {
        shape: `时长写成 30s、15m、2h、1d。${like(fault.like)}`,
        'too-long': `最长 ${fault.limit}。${like(fault.like)}`,
        zero: `时长必须大于 0。${like(fault.like)}`,
      }[fault.why]
    case 'time':
      return fault.why === 'no-zone'
        ? '请带上时区：2026-11-23T21:00+08:00。'
        : '请写时长（15m），或带时区的时间（2026-11-23T21:00+08:00）。'
    case 'regex':
      return fault.why === 'too-long' ? `最多 ${fault.limit} 个字符。` : `RE2 无法解析：${fault.detail}。`
    case 'count':
      return fault.why === 'not-a-number'
        ? `请写 ${fault.min} 到 ${fault.max} 之间的整数。`
        : `范围是 ${fault.min} 到 ${fault.max}。`
    case 'text':
      return fault.why === 'empty' ? '不能为空。' : `最多 ${fault.limit} 个字符。`
    case 'person':
      return '请输入 @ 后从列表里选人，只写名字无法确认身份。'
    case 'clusters':
      return `${fault.part} 不是合法的集群名。${like(fault.like)}`
    case 'container':
      return `这不是合法的容器名。${like(fault.like)}`
    case 'operation':
      return '变更编号形如 7F3K，就写在卡片上。'
    case 'alert':
      return '告警编号形如 A-7F3K2，就写在卡片上。'
    case 'choice':
      return didYouMean(fault.near, `可选值：${few(fault.choices)}。`)
  }
}

const nouns = { cluster: '集群名', namespace: '命名空间名', name: '工作负载名' } as const

function targetFault(fault: Extract<Fault, { kind: 'target' }>): string {
  switch (fault.why) {
    case 'shape':
      return '目标的写法是 [cluster:][namespace/][kind/]name。'
    case 'cluster':
    case 'namespace':
    case 'name':
      return `${fault.part} 不是合法的${nouns[fault.why]}。${like(fault.like)}`
    case 'kind':
      return didYouMean(fault.near, `${fault.part} 不是 ${allOf(fault.kinds)} 中的任何一种。`)
    case 'contradiction':
      return `${fault.flag} 写的是 ${fault.other}，目标里写的却是 ${fault.one}。`
  }
}

const badCharacters = {
  control: '控制字符',
  newline: '换行；一条指令只能写一行',
  bidi: '会改变文字方向的字符，可能被用来伪装名称',
  hidden: '不可见字符，可能被用来伪装名称',
  half: '半个字符',
} as const

export const commandProblems: SentencesFor<CommandProblem> = {
  command_too_long: ({ length, limit }) => ({ sentence: `这条指令有 ${length} 个字符，最多只能 ${limit} 个。` }),
  command_bad_character: ({ character, what, at, before }) => ({
    sentence: `第 ${at + 1} 个字符${before === '' ? '' : `（“${before}”之后）`}有问题：${badCharacters[what]}（${character}）。`,
    remedy: '请把这部分重新手工输入。',
  }),
  command_unclosed_quote: (problem) => ({
    sentence: `引号 ${problem.quote} 没有闭合。`,
    code: caret(problem),
  }),
  command_unknown: ({ found, nearest, verbs }) => ({
    sentence: `没有“${found}”这条命令。`,
    remedy: didYouMean(nearest, `可用的命令：${few(verbs, 30)}。`),
  }),
  command_unknown_flag: (problem) => ({
    sentence: `${problem.verb} 没有 ${problem.found} 这个选项。`,
    code: caret(problem),
    remedy: didYouMean(problem.nearest, `可用的选项：${few(problem.flags, 12)}。`),
  }),
  command_flag_without_value: (problem) => ({
    sentence: `${problem.flag} 后面要写值。`,
    code: caret(problem),
    remedy: problem.usage,
  }),
  command_flag_takes_no_value: (problem) => ({
    sentence: `${problem.flag} 是开关，不能带值（写了“${problem.found}”）。`,
    code: caret(problem),
  }),
  command_missing: ({ verb, missing, usage, read }) => ({
    sentence: `${verb} 还缺少 ${allOf(missing.map((one) => one.usage))}。`,
    code: usage,
    ...(read.length > 0 ? { remedy: `我的理解：${read.map((one) => `“${one.words}”是 ${one.as}`).join('，')}。` } : {}),
  }),
  command_extra: (problem) => ({
    sentence: `不明白“${problem.found}”是什么意思。`,
    code: caret(problem),
    remedy: problem.quote === undefined ? problem.usage : `请把 ${problem.quote} 的整段文字放进引号里。`,
  }),
  command_repeated: (problem) => ({
    sentence: `${problem.argument.usage} 写了两次：“${problem.first}”和“${problem.second}”。`,
    code: caret(problem),
  }),
  command_exclusive: ({ flags }) => ({ sentence: `${allOf(flags)} 不能同时使用。` }),
  command_two_words: (problem) => ({
    sentence: `“${problem.first} ${problem.second}”：连续写了两个介词（to、on、in、for）。`,
    code: caret(problem),
    remedy: '如果其中一个是名称，请加上引号。',
  }),
  command_word_without_value: (problem) => ({
    sentence: `“${problem.word}”（即 ${problem.flag}）后面没有内容。`,
    code: caret(problem),
  }),
  command_bad_value: (problem) => ({
    sentence: `“${problem.found}”不能作为 ${problem.argument.usage}：${faultText(problem.fault)}`,
    code: caret(problem),
  }),
}
