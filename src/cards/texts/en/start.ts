import type { StartSentences } from '../../start-sentences.ts'
import { auditSaid } from './start/audit.ts'
import { cliSaid } from './start/words.ts'
import { fileSaid } from './start/files.ts'
import { storeSaid } from './start/store.ts'
import { wayInSaid } from './start/ways-in.ts'

const said: StartSentences = { ...auditSaid, ...cliSaid, ...fileSaid, ...storeSaid, ...wayInSaid }

const problemCount = (count: number): string => (count === 1 ? 'one problem' : `${count} problems`)

/** What keeps the process from starting. */
export const start = {
  unknown: (code: string) => `Readback cannot go on: ${code}.`,
  configUnusable: (count: number) => `The configuration cannot be used: ${problemCount(count)}.`,
  policyUnusable: (file: string, count: number) =>
    `The policy ${file} cannot be used: ${problemCount(count)}. Without a valid policy nothing starts.`,
  questionUnusable: 'That cannot be asked.',
  usage: (command: string) => `${command} --help shows how it is used.`,
  more: (count: number) => `… and ${count} more.`,
  example: 'A readback.yaml to begin with:',
  /** Lines before what a running bot logs. */
  stopping: (sentence: string) => `Readback stops. ${sentence}`,
  said,
}
