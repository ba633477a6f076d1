import { option } from '../src/command-line/argument.ts'
import { action } from '../src/command-line/arguments/actions.ts'
import { image } from '../src/command-line/arguments/image.ts'
import { replicas } from '../src/command-line/arguments/replicas.ts'
import { scope } from '../src/command-line/arguments/target.ts'
import { defineCommand } from '../src/command-line/command.ts'

/** What the policy would say, and which of its lines says it. */
export default defineCommand({
  name: 'can',
  aliases: ['may'],
  synonyms: ['policy', 'explain', 'allowed'],
  summary: 'Whether the policy lets you, and which line says so',
  action: 'none',
  audience: 'person',
  args: {
    action: action('what you would do'),
    scope: scope('where; without a workload, in general'),
    image: option(image('the image it would be')),
    replicas: option(replicas('the replicas it would be'), { words: [] }),
  },
  examples: ['can deploy prod:shop/web', 'can scale web --replicas 0', 'can freeze on prod'],
  run: (question, { policy }) => policy.can(question),
})
