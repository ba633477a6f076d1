import type { AuditProblem, Flaw } from '../../../../audit/problems.ts'
import type { SentencesFor } from '../../../problem.ts'

export const flaws: Readonly<Record<Flaw, string>> = {
  'not-a-record': 'it is no record',
  sequence: 'its number does not follow: a record was removed, added or moved',
  prev: 'it does not name the hash of the record before it',
  hash: 'its bytes do not give its hash: it was altered',
  torn: 'it was cut off while it was written',
}

export const auditSaid: SentencesFor<AuditProblem> = {
  audit_unwritable: ({ where, detail }) => ({
    sentence: `The audit trail ${where} cannot be written, and without it nothing is changed.`,
    code: detail,
    remedy: 'Look at the space and the rights of the data folder (READBACK_DATA), or at the database (DATABASE_URL).',
  }),
  audit_broken: ({ where, why, line }) => ({
    sentence: `The audit trail ${where} is not what Readback wrote${line === undefined ? ': its last line is wrong' : `: line ${line}`}, ${flaws[why]}.`,
    remedy:
      '`readback audit verify` names the first line that is wrong. Keep the file as evidence; to go on, move it away: a new trail begins at once.',
  }),
  audit_newer: ({ where, found, known }) => ({
    sentence: `The audit trail ${where} was written by a newer version (${found}); this one knows ${known}.`,
    remedy: 'Start that newer version.',
  }),
  audit_unreadable: ({ where, detail }) => ({ sentence: `The audit trail ${where} cannot be read.`, code: detail }),
  audit_overloaded: ({ waiting }) => ({
    sentence: `${waiting} audit records wait to be written: the disk does not keep up.`,
  }),
  audit_closed: () => ({ sentence: 'The audit trail is closed: Readback is stopping.' }),
}
