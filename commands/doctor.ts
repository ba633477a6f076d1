import { defineCommand } from '../src/command-line/command.ts'

/** What is wrong with the bot's own set-up. */
export default defineCommand({
  name: 'doctor',
  synonyms: ['health', 'ping', 'version', 'check'],
  summary: 'Check chat, clusters, policy and storage',
  action: 'none',
  audience: 'person',
  args: {},
  examples: ['doctor'],
  run: (_, { self }) => self.doctor(),
})
