import { flag, option, optional } from '../src/command-line/argument.ts'
import { preset, span, splitting } from '../src/command-line/arguments/metrics.ts'
import { scope } from '../src/command-line/arguments/target.ts'
import { audience } from '../src/command-line/arguments/usual.ts'
import { text } from '../src/command-line/arguments/values.ts'
import { defineCommand } from '../src/command-line/command.ts'

/** The numbers of a workload, or of a query of one's own, as a picture. */
export default defineCommand({
  name: 'metrics',
  aliases: ['metric', 'chart'],
  synonyms: ['graph', 'dashboard', 'top', 'usage'],
  summary: 'Draw the numbers of a workload, or of a query',
  action: 'metrics',
  args: {
    target: scope('the workload whose numbers are wanted'),
    preset: optional(preset),
    query: option(text('PromQL of your own, on the cluster as a whole')),
    ...span,
    by: option(splitting),
    now: flag({ about: 'only the values of this moment, as a table' }),
    ...audience,
  },
  exclusive: [
    ['query', 'preset'],
    ['query', 'by'],
    ['now', 'range'],
    ['now', 'step'],
    ['now', 'compare'],
  ],
  examples: [
    'metrics web',
    'metrics web cpu --range 2h --step 30s --compare 1w --by pod',
    'metrics test,prod:shop/web memory',
    'metrics prod:shop/web --now',
    'metrics --query "sum(rate(http_requests_total[5m]))" --cluster prod',
  ],
  run: (asked, { metrics }) => metrics.show(asked),
})
