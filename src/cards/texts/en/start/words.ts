import type { CliProblem } from '../../../../cli/problems.ts'
import type { SentencesFor } from '../../../problem.ts'
import { anyOf, didYouMean, few } from '../words.ts'
import { expectation } from './expected.ts'

/** What is wrong with the words after `readback`. */
export const cliSaid: SentencesFor<CliProblem> = {
  cli_unknown_word: ({ command, found, near, known }) => ({
    sentence: `${command}: there is no "${found}".`,
    remedy: didYouMean(near, `There are: ${known.join(', ')}.`),
  }),
  cli_missing_word: ({ command, known }) => ({ sentence: `${command} what? One of: ${known.join(', ')}.` }),
  cli_too_many_words: ({ command, found }) => ({ sentence: `${command}: "${found.join(' ')}" is too much.` }),
  cli_unknown_option: ({ command, found, near, known }) => ({
    sentence: `${command}: there is no option ${found}.`,
    remedy: didYouMean(near, known.length === 0 ? 'It takes none.' : `There are: ${known.join(', ')}.`),
  }),
  cli_option_without_value: ({ command, option }) => ({ sentence: `${command}: ${option} needs a value.` }),
  cli_option_with_value: ({ command, option }) => ({ sentence: `${command}: ${option} takes no value.` }),
  cli_wrong_value: ({ command, option, found, expected, near = [] }) => ({
    sentence: `${command}: ${option} cannot be ${found}.`,
    remedy: near.length > 0 ? didYouMean(near, '') : `It must be ${expectation(expected)}.`,
  }),
  cli_unknown_name: ({ command, option, found, near, known }) => ({
    sentence: `${command}: ${option}: there is no ${found}.`,
    remedy: didYouMean(near, `There are: ${few(known)}.`),
  }),
  cli_only_with: ({ command, option, beside }) => ({ sentence: `${command}: ${option} goes with ${beside} only.` }),
  cli_missing_option: ({ command, options }) => ({ sentence: `${command} needs ${anyOf(options)}.` }),
}
