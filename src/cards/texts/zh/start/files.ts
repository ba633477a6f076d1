import type { FilePlace } from '../../../../documents/file-problems.ts'
import type { Decision } from '../../../../policy/decision.ts'
import type { SentencesFor } from '../../../problem.ts'
import type { WrittenProblem } from '../../../start-sentences.ts'
import { allOf, didYouMean, few } from '../words.ts'
import { expectation } from './expected.ts'

const at = ({ file, line, column }: FilePlace): string => `${file}:${line}:${column}`

const kinds = {
  role: '角色',
  cluster: '集群',
  environment: '环境',
  approval: '审批要求',
  variable: '环境变量',
}

const shouldBe = (expected: Parameters<typeof expectation>[0]): string =>
  expected.kind === 'absent' ? '请删掉它。' : `应为：${expectation(expected)}。`

/** What is wrong with a file that somebody wrote, or with the environment; each begins with where. */
export const fileSaid: SentencesFor<WrittenProblem> = {
  file_missing: ({ file }) => ({ sentence: `${file}：文件不存在。` }),
  file_unreadable: ({ file, detail }) => ({
    sentence: `${file}：无法读取（${detail}）。`,
    remedy: '运行 Readback 的用户需要有读取权限。',
  }),
  file_not_a_file: ({ file }) => ({ sentence: `${file}：不是文件。` }),
  file_link_loop: ({ file }) => ({
    sentence: `${file}：符号链接绕成了环，最终指回自己。`,
    remedy: '请让链接指向真正的文件。',
  }),
  file_too_large: ({ file, bytes, limit }) => ({ sentence: `${file}：${bytes} 字节，太大了，最多 ${limit} 字节。` }),
  file_not_text: ({ file }) => ({ sentence: `${file}：不是 UTF-8 文本。` }),
  file_empty: ({ file }) => ({ sentence: `${file}：文件为空。` }),
  file_syntax: ({ detail, found, ...place }) => ({ sentence: `${at(place)}  YAML 语法错误：${detail}`, code: found }),
  file_tab: ({ found, ...place }) => ({
    sentence: `${at(place)}  用了制表符缩进，YAML 不允许。`,
    code: found,
    remedy: '请改用空格。',
  }),
  file_duplicate_key: ({ field, firstLine, ...place }) => ({
    sentence: `${at(place)}  ${field} 重复出现，第一次在第 ${firstLine} 行。`,
    remedy: '请只保留一个。',
  }),
  file_second_document: (place) => ({
    sentence: `${at(place)}  这里开始了第二个文档（---），后面的内容不会被读取。`,
    remedy: '一个文件里只保留一个文档。',
  }),
  file_alias_bomb: (place) => ({ sentence: `${at(place)}  YAML 别名层层展开，数量过多。` }),
  file_unknown_key: ({ field, found, near, known, ...place }) => ({
    sentence: `${at(place)}  ${field}：这里没有 "${found}" 这个键。`,
    remedy: didYouMean(near, known.length === 0 ? '请删掉它。' : `这里可用的键：${few(known, 12)}。`),
  }),
  file_missing_key: ({ field, expected, ...place }) => ({
    sentence: `${at(place)}  缺少 ${field}。`,
    remedy: shouldBe(expected),
  }),
  file_wrong_value: ({ field, found, expected, near, ...place }) => ({
    sentence: `${at(place)}  ${field} ${found === '' ? '不能为空' : `不能是 ${found}`}。`,
    remedy: [shouldBe(expected), didYouMean(near, '')].join(''),
  }),
  file_unknown_name: ({ field, kind, found, near, known, ...place }) => ({
    sentence: `${at(place)}  ${field}：没有名为 "${found}" 的${kinds[kind]}。`,
    remedy: didYouMean(
      near,
      known.length === 0 ? `文件里还没有声明任何${kinds[kind]}。` : `现有的${kinds[kind]}：${few(known, 12)}。`,
    ),
  }),
  file_not_built_yet: ({ field, ...place }) => ({
    sentence: `${at(place)}  当前版本还不支持 ${field}。`,
    remedy: '请删掉它。',
  }),
  env_missing: ({ variable, expected, beside, field, file, line }) => ({
    sentence: `${
      beside === undefined ? `没有设置 ${variable}` : `设置了 ${beside}，却没有设置 ${variable}`
    }${field === undefined ? '' : `；${file}:${line} 的 ${field} 用到了它`}。`,
    remedy: `${shouldBe(expected)}${variable.startsWith('SLACK_') ? '获取方法见 README.zh-CN.md。' : ''}`,
  }),
  env_wrong: ({ variable, found, expected }) => ({
    sentence: `${variable} 不能是 ${found}。`,
    remedy: shouldBe(expected),
  }),
  env_unknown: ({ variable, near }) => ({
    sentence: `设置了 ${variable}，但没有任何地方用到它。`,
    remedy: didYouMean(near, ''),
  }),
  policy_cycle: ({ roles, ...place }) => ({
    sentence: `${at(place)}  角色互相包含：${roles.join(' → ')}。`,
    remedy: '请从 `includes` 里去掉其中一个。',
  }),
  policy_twice: ({ field, found, ...place }) => ({
    sentence: `${at(place)}  ${field}："${found}" 重复出现。`,
    remedy: '请只保留一个。',
  }),
  policy_case_failed: ({ number, who, action, where, expected, got, ...place }) => ({
    sentence: `${at(place)}  用例 ${number} 不通过：${who} 能否对 ${where} 执行 ${action}？期望 ${expected}，实际 ${decided(got)}。`,
    remedy: `\`readback policy explain ${action} ${where}\` 会列出考虑过的每条规则。`,
  }),
}

/** `approval: prod-change，依据 developer (policies/roles.yaml:16)`。 */
export function decided(decision: Decision): string {
  if (decision.verdict === 'deny') return `deny，依据 ${decision.refusal.rule.name} (${placed(decision.refusal.rule)})`
  const what = decision.verdict === 'allow' ? 'allow' : `approval: ${decision.requirement.names.join(' + ')}`
  const guards = decision.verdict === 'approval' ? decision.guards : []
  const rules = [decision.rule, ...guards]
  return `${what}，依据 ${allOf(rules.map((rule) => `${rule.name} (${placed(rule)})`))}`
}

export const placed = ({ file, line }: { readonly file: string; readonly line: number }): string => `${file}:${line}`
