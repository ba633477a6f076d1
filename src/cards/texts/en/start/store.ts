import type { StoreProblem } from '../../../../store/problems.ts'
import type { SentencesFor } from '../../../problem.ts'

export const storeSaid: SentencesFor<StoreProblem> = {
  store_locked: ({ folder, pid, host }) => ({
    sentence: `The data folder ${folder} belongs to another Readback${pid === 0 ? '' : ` (process ${pid}${host === undefined ? '' : ` on ${host.split(' ')[0] ?? host}`})`}.`,
    remedy:
      host === undefined
        ? 'One process at a time: stop that one, or give this one a folder of its own with READBACK_DATA.'
        : 'It cannot be seen from here. If it is gone, its claim ends 35 s after its last sign of life; else give this one a folder of its own with READBACK_DATA.',
  }),
  store_corrupt: ({ file, where }) => ({
    sentence: `${file} in the data folder is damaged (${where}) in a way that no crash explains. It was left as it is.`,
    remedy:
      'Restore the whole data folder from a backup, or move it away to begin with an empty one (docs/operations.md).',
  }),
  store_newer: ({ file, found, known }) => ({
    sentence: `${file} was written by a newer version (${found}); this one knows ${known}.`,
    remedy: 'Start that newer version, or restore a backup from before it.',
  }),
  store_alien: ({ file }) => ({
    sentence: `${file} in the data folder was not written by Readback.`,
    remedy: 'Is READBACK_DATA the right folder? It must be Readback’s alone.',
  }),
  store_unwritable: ({ file, detail }) => ({
    sentence: `${file} cannot be written.`,
    code: detail,
    remedy: 'Look at the space and the rights of the data folder (READBACK_DATA).',
  }),
  store_overloaded: ({ waiting }) => ({
    sentence: `${waiting} writes wait for the store: the disk or database does not keep up.`,
  }),
  store_contended: ({ collection, tries }) => ({
    sentence: `${tries} tries to write to ${collection} met a change of somebody else each time.`,
  }),
  store_unreachable: ({ detail }) => ({
    sentence: 'The database does not answer.',
    code: detail,
    remedy: 'Look at DATABASE_URL, and at the database and the network between.',
  }),
  store_outcome_unknown: ({ detail }) => ({
    sentence: 'The connection to the database was lost during a write.',
    code: detail,
    remedy: 'Start again: what was written is read back.',
  }),
  store_bad_document: ({ collection, id, detail }) => ({
    sentence: `The stored ${collection} ${id} has a shape that this version does not know.`,
    code: detail,
    remedy: 'Was it written by another version? Start that one.',
  }),
  store_bad_commit: ({ collection, id, why }) => ({
    sentence: `A write of ${collection} ${id} was refused (${why}). This is a fault in Readback.`,
  }),
  store_closed: () => ({ sentence: 'The store is closed: Readback is stopping.' }),
}
