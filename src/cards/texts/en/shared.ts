/** Words that many cards share. */
export const shared = {
  /** Between a name and what is said of it, and between two things said of one. */
  colon: ': ',
  comma: ', ',
  semicolon: '; ',
  notRecorded: 'not recorded: the audit trail cannot be written now',
  working: (line: string) => `Working on it: ${line}`,
  cancelled: (id: string) => `${id} is cancelled. Nothing was changed.`,
  approvals: (n: number) => (n === 0 ? 'Nothing waits for an approval' : `${n} waiting for approval`),
  frozen: (clusters: readonly string[], reason: string) =>
    `Changes on ${clusters.join(', ')} are frozen: ${reason}. Rollback and scaling up stay possible.`,
  unfrozen: (clusters: readonly string[]) => `Changes on ${clusters.join(', ')} are possible again.`,
  notFrozen: (clusters: readonly string[]) =>
    `${clusters.join(', ')}: there is no freeze from the chat. Freezes in the roles file are changed there.`,
}
