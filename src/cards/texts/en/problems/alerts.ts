import type { AlertProblem } from '../../../../alerts/problems.ts'
import type { SentencesFor } from '../../../problem.ts'

export const alertProblems: SentencesFor<AlertProblem> = {
  alert_unknown: ({ id }) => ({
    sentence: `There is no group of alerts ${id} (any more).`,
    remedy: '/ops alerts lists what fires.',
  }),
  alert_unnamed: () => ({
    sentence: 'Which alert? Its id can be left out only in the thread of an alert.',
    remedy: '/ops alerts lists what fires, with ids.',
  }),
  alert_over: ({ id }) => ({ sentence: `${id} is resolved already: there is nothing left to do.` }),
  alert_taken: ({ id }) => ({
    sentence: `Somebody else has acknowledged ${id} already; the card says who.`,
    remedy: 'To take it over, press “Un-acknowledge” first.',
  }),
  silence_matchers: ({ part }) => ({
    sentence:
      part === ''
        ? 'These matchers would silence everything: at least one must ask for a value.'
        : `${part} is not a matcher.`,
    remedy: 'One a line: namespace="shop" or pod=~"web-.*"',
  }),
  silence_length: () => ({ sentence: 'A silence lasts from 30 minutes to 24 hours.' }),
  silence_none: ({ id }) => ({ sentence: `${id} has no silence that was made from here.` }),
  alertmanager_absent: () => ({
    sentence: 'No Alertmanager is configured, so nothing can be silenced from here.',
    remedy: 'Whoever runs this bot names it in readback.yaml: alerts.alertmanager.',
  }),
  alertmanager_away: ({ detail }) => ({
    sentence: `The Alertmanager does not answer (${detail}). Perhaps nothing was changed there.`,
    remedy: 'Try again: pressing it twice makes no second silence.',
  }),
  alertmanager_refused: ({ status, detail }) => ({
    sentence: `The Alertmanager refuses it (HTTP ${status}).`,
    ...(detail === '' ? {} : { code: detail }),
  }),
}
