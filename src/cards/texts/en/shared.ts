/** Words that many cards share. */
export const shared = {
  notRecorded: 'not recorded: the audit trail cannot be written now',
  working: (line: string) => `Working on it: ${line}`,
  cancelled: (id: string) => `${id} is cancelled. Nothing was changed.`,
  cluster: 'cluster',
  namespace: 'namespace',
}
