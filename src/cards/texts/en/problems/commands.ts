import type { CommandProblem, Fault } from '../../../../command-line/problems.ts'
import type { SentencesFor } from '../../../problem.ts'
import { caret } from '../../caret.ts'
import { allOf, didYouMean, few } from '../words.ts'

const like = (found: string | undefined): string => (found === undefined ? '' : ` Did you mean ${found}?`)

/** What is wrong with one value. */
function faultText(fault: Fault): string {
  switch (fault.kind) {
    case 'target':
      return targetFault(fault)
    case 'image':
      return {
        tag: `a tag has letters, digits, “_”, “.” and “-”, at most 128.${like(fault.like)}`,
        digest: `a digest reads sha256: and 64 hex digits.${like(fault.like)}`,
        repository: `that is no repository that a registry takes.${like(fault.like)}`,
        'upper-case': `a repository is written in lower case.${like(fault.like)}`,
        'too-long': `it is too long.${like(fault.like)}`,
      }[fault.why]
    case 'replicas':
      return {
        'not-a-number': `give a whole number, +n, -n, or bounds like 4..12.${like(fault.like)}`,
        fraction: `replicas are whole.${like(fault.like)}`,
        'too-many': `at most ${fault.limit}.${like(fault.like)}`,
        'no-change': `that changes nothing.${like(fault.like)}`,
        order: `the smaller bound comes first.${like(fault.like)}`,
      }[fault.why]
    case 'duration':
      return {
        shape: `durations read 30s, 15m, 2h, 1d.${like(fault.like)}`,
        'too-long': `at most ${fault.limit}.${like(fault.like)}`,
        zero: `it must be longer than nothing.${like(fault.like)}`,
      }[fault.why]
    case 'time':
      return fault.why === 'no-zone'
        ? 'say the zone: 2026-11-23T21:00+08:00.'
        : 'give a duration (15m) or a time with its zone (2026-11-23T21:00+08:00).'
    case 'regex':
      return fault.why === 'too-long' ? `at most ${fault.limit} characters.` : `RE2 cannot read it: ${fault.detail}.`
    case 'count':
      return fault.why === 'not-a-number'
        ? `give a whole number from ${fault.min} to ${fault.max}.`
        : `from ${fault.min} to ${fault.max}.`
    case 'text':
      return fault.why === 'empty' ? 'it must not be empty.' : `at most ${fault.limit} characters.`
    case 'person':
      return 'choose the person from the list that opens after @; a name alone is no identity.'
    case 'clusters':
      return `${fault.part} is not a cluster name.${like(fault.like)}`
    case 'container':
      return `that is not a container name.${like(fault.like)}`
    case 'operation':
      return 'an operation reads like 7F3K: its id stands on its card.'
    case 'alert':
      return 'a group of alerts reads like A-7F3K2: its id stands on its card.'
    case 'choice':
      return didYouMean(fault.near, `it is one of ${few(fault.choices)}.`)
  }
}

function targetFault(fault: Extract<Fault, { kind: 'target' }>): string {
  switch (fault.why) {
    case 'shape':
      return 'a target reads [cluster:][namespace/][kind/]name.'
    case 'cluster':
    case 'namespace':
    case 'name':
      return `${fault.part} is not a ${fault.why === 'name' ? 'workload' : fault.why} name.${like(fault.like)}`
    case 'kind':
      return didYouMean(fault.near, `${fault.part} is none of ${allOf(fault.kinds)}.`)
    case 'contradiction':
      return `${fault.flag} says ${fault.other}, the target says ${fault.one}.`
  }
}

const badCharacters = {
  control: 'a control character',
  newline: 'a line break; one order is one line',
  bidi: 'a character that turns the direction of text and could disguise a name',
  hidden: 'a character that shows nothing and could disguise a name',
  half: 'half a character',
} as const

export const commandProblems: SentencesFor<CommandProblem> = {
  command_too_long: ({ length, limit }) => ({
    sentence: `That is ${length} characters long; ${limit} is the most that I read.`,
  }),
  command_bad_character: ({ character, what, at, before }) => ({
    sentence: `There is ${badCharacters[what]} (${character}) in it, at place ${at + 1}${before === '' ? '' : `, after “${before}”`}.`,
    remedy: 'Type that part again by hand.',
  }),
  command_unclosed_quote: (problem) => ({
    sentence: `The quote ${problem.quote} is not closed.`,
    code: caret(problem),
  }),
  command_unknown: ({ found, nearest, verbs }) => ({
    sentence: `I do not know “${found}”.`,
    remedy: didYouMean(nearest, `I know ${few(verbs, 30)}.`),
  }),
  command_unknown_flag: (problem) => ({
    sentence: `${problem.verb} has no flag ${problem.found}.`,
    code: caret(problem),
    remedy: didYouMean(problem.nearest, `It has ${few(problem.flags, 12)}.`),
  }),
  command_flag_without_value: (problem) => ({
    sentence: `${problem.flag} needs a value.`,
    code: caret(problem),
    remedy: problem.usage,
  }),
  command_flag_takes_no_value: (problem) => ({
    sentence: `${problem.flag} is a switch and takes no value (found “${problem.found}”).`,
    code: caret(problem),
  }),
  command_missing: ({ verb, missing, usage, read }) => ({
    sentence: `${verb} needs ${allOf(missing.map((one) => one.usage))} as well.`,
    code: usage,
    ...(read.length > 0 ? { remedy: `I read ${allOf(read.map((one) => `“${one.words}” as ${one.as}`))}.` } : {}),
  }),
  command_extra: (problem) => ({
    sentence: `I do not know what to do with “${problem.found}”.`,
    code: caret(problem),
    remedy: problem.quote === undefined ? problem.usage : `Put the whole text of ${problem.quote} in quotes.`,
  }),
  command_repeated: (problem) => ({
    sentence: `${problem.argument.usage} is given twice: “${problem.first}” and “${problem.second}”.`,
    code: caret(problem),
  }),
  command_exclusive: ({ flags }) => ({ sentence: `${allOf(flags)} cannot go together.` }),
  command_two_words: (problem) => ({
    sentence: `“${problem.first} ${problem.second}”: two of to, on, in, for in a row.`,
    code: caret(problem),
    remedy: `If one of them is a name, put it in quotes.`,
  }),
  command_word_without_value: (problem) => ({
    sentence: `Nothing follows “${problem.word}”, which I read as ${problem.flag}.`,
    code: caret(problem),
  }),
  command_bad_value: (problem) => ({
    sentence: `“${problem.found}” cannot be ${problem.argument.usage}: ${faultText(problem.fault)}`,
    code: caret(problem),
  }),
}
