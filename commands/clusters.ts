import { audience } from '../src/command-line/arguments/usual.ts'
import { defineCommand } from '../src/command-line/command.ts'

/** Which clusters there are and how they are. */
export default defineCommand({
  name: 'clusters',
  aliases: ['cluster'],
  synonyms: ['nodes', 'contexts'],
  summary: 'Which clusters there are, and whether they answer',
  action: 'clusters',
  args: { ...audience },
  examples: ['clusters'],
  run: (_, { reads }) => reads.show({ read: 'clusters' }),
})
