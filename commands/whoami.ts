import { defineCommand } from '../src/command-line/command.ts'

/** Who the bot takes somebody for. */
export default defineCommand({
  name: 'whoami',
  synonyms: ['me', 'roles', 'id'],
  summary: 'Who I take you for, and your roles',
  action: 'none',
  audience: 'person',
  args: {},
  examples: ['whoami'],
  run: (_, { self }) => self.whoami(),
})
