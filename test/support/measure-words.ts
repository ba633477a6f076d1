import { metrics } from '../../src/cards/texts/en/metrics.ts'

/** As an English reader's lines are called. */
export const measureWords = metrics.measure
