import type { CliProblem } from '../../../../cli/problems.ts'
import type { SentencesFor } from '../../../problem.ts'
import { anyOf, didYouMean, few } from '../words.ts'
import { expectation } from './expected.ts'

/** What is wrong with the words after `readback`. */
export const cliSaid: SentencesFor<CliProblem> = {
  cli_unknown_word: ({ command, found, near, known }) => ({
    sentence: `${command}：没有 "${found}"。`,
    remedy: didYouMean(near, `可用的有：${known.join('、')}。`),
  }),
  cli_missing_word: ({ command, known }) => ({ sentence: `${command} 后面还要写一个：${known.join('、')}。` }),
  cli_too_many_words: ({ command, found }) => ({ sentence: `${command}："${found.join(' ')}" 是多余的。` }),
  cli_unknown_option: ({ command, found, near, known }) => ({
    sentence: `${command}：没有 ${found} 这个选项。`,
    remedy: didYouMean(near, known.length === 0 ? '它不接受任何选项。' : `可用的选项：${known.join('、')}。`),
  }),
  cli_option_without_value: ({ command, option }) => ({ sentence: `${command}：${option} 后面要写值。` }),
  cli_option_with_value: ({ command, option }) => ({ sentence: `${command}：${option} 不能带值。` }),
  cli_wrong_value: ({ command, option, found, expected, near = [] }) => ({
    sentence: `${command}：${option} 不能是 ${found}。`,
    remedy: didYouMean(near, `应为：${expectation(expected)}。`),
  }),
  cli_unknown_name: ({ command, option, found, near, known }) => ({
    sentence: `${command}：${option}：没有 ${found}。`,
    remedy: didYouMean(near, `现有的：${few(known)}。`),
  }),
  cli_only_with: ({ command, option, beside }) => ({ sentence: `${command}：${option} 只能和 ${beside} 一起用。` }),
  cli_missing_option: ({ command, options }) => ({ sentence: `${command} 需要 ${anyOf(options)}。` }),
}
