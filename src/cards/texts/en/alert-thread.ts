/** The first word in an alert's thread. */
export const alertThread = {
  title: 'What is known so far',
  withheld: 'Nothing is looked up here: people of another company read this channel.',
  about: (what: string, kind: string, cluster: string) => `${what} (${kind}) on ${cluster}`,
  nothing: {
    unnamed: 'The labels name no workload, so there is nothing to look up.',
    elsewhere:
      'The labels name no cluster of this bot (label `cluster`), so nothing was looked up. It is never searched for elsewhere.',
    several: 'The alerts are about several workloads; ask for one by its name.',
    gone: 'The workload is gone.',
    unowned: 'No Deployment, StatefulSet or DaemonSet stands behind the pod.',
  },
  part: {
    workload: 'Workload',
    status: 'Status',
    changes: 'What changed',
    logs: 'Last lines',
    events: 'Events',
    chart: 'Chart',
  },
  late: 'no answer in time',
  fault: (reference: string) => `could not be looked up (fault ${reference})`,
  noChanges: (duration: string) => `Nothing that this bot did or the cluster shows in the ${duration} before.`,
  rollout: (revision: number) => `revision ${revision} appeared in the cluster, not by this bot`,
  noEvents: 'None in the last hour.',
  lastLines: (container: string, pod: string) => `Last lines of ${container} in ${pod}`,
  previousLines: (container: string, pod: string) => `Last lines of ${container} in ${pod} before it ended`,
  noLines: 'It has written nothing.',
  chart: {
    no_source: 'No metrics source is configured for it.',
    no_expression: 'The expression of its rule could not be found.',
    no_data: 'Nothing was measured in this time.',
    no_answer: 'The metrics source gave no answer.',
  },
  rollBack: (revision: number) => `Roll back to #${revision}`,
  undo: (id: string) => `Undo ${id}`,
}
