import type { ClusterProblem } from '../../../../clusters/problems.ts'
import type { SentencesFor } from '../../../problem.ts'

export const clusterProblems: SentencesFor<ClusterProblem> = {
  cluster_unreachable: ({ cluster, detail }) => ({
    sentence: `${cluster} cannot be reached. Nothing was changed.`,
    code: detail,
    remedy: 'Look at the network and the API server; /ops clusters shows which ones answer.',
  }),
  cluster_resting: ({ cluster }) => ({
    sentence: `${cluster} did not answer several times in a row and is not asked for a few seconds.`,
    remedy: 'Try again in a moment; /ops clusters shows when it is back.',
  }),
  cluster_no_answer: ({ cluster, detail }) => ({
    sentence: `${cluster} gave no answer in time.`,
    code: detail,
    remedy: 'Try again, or ask for less: one namespace, one workload.',
  }),
  cluster_unauthorized: ({ cluster, detail }) => ({
    sentence: `${cluster} does not accept my credential.`,
    code: detail,
    remedy: 'Whoever runs this bot has to renew its kubeconfig; readback doctor names what is wrong.',
  }),
  cluster_forbidden: ({ cluster, detail }) => ({
    sentence: `${cluster} does not allow that (RBAC).`,
    code: detail,
    remedy: 'The roles file may allow it, the cluster does not: its admins bind the group readback:<role> there.',
  }),
  cluster_denied: ({ cluster, detail }) => ({
    sentence: `${cluster} refused the change (admission or quota).`,
    code: detail,
  }),
  cluster_not_found: ({ cluster, detail }) => ({ sentence: `${cluster} has no such object.`, code: detail }),
  cluster_conflict: ({ cluster, detail }) => ({
    sentence: `On ${cluster} somebody else wrote the object at the same moment.`,
    code: detail,
    remedy: 'Order it again: the new plan starts from what is there now.',
  }),
  cluster_invalid: ({ cluster, detail, fields }) => ({
    sentence: `${cluster} calls the change invalid${fields.length > 0 ? ` (${fields.join(', ')})` : ''}. Nothing was changed.`,
    code: detail,
  }),
  cluster_moved: ({ cluster }) => ({
    sentence: `The object on ${cluster} keeps changing while I look at it. Nothing was changed.`,
    remedy: 'Order it again when it has settled; /ops events shows what moves it.',
  }),
  cluster_expired: ({ cluster }) => ({
    sentence: `The page cursor of ${cluster} expired while I was reading.`,
    remedy: 'Try again.',
  }),
  cluster_throttled: ({ cluster }) => ({
    sentence: `${cluster} is busy and asked me to wait.`,
    remedy: 'Try again in a few seconds.',
  }),
  cluster_failed: ({ cluster, status, detail }) => ({
    sentence: `${cluster} answered with an error (${status}).`,
    code: detail,
  }),
}
