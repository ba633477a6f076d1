import { doctorCard } from '../cards/doctor.ts'
import { commandHelpCard, helpCard } from '../cards/help.ts'
import { problemMessage } from '../cards/problem-card.ts'
import { whoamiCard } from '../cards/whoami.ts'
import type { CommandLine } from '../command-line/command-line.ts'
import type { Context } from '../command-line/context.ts'
import { alone } from './answer.ts'
import type { Answer } from './answer.ts'
import type { Asking } from './asking.ts'
import type { Desk } from './desk.ts'

/** What the bot says about itself and about who asks. */
export function selfFor(asking: Asking, desk: Desk, commandLine: CommandLine): Context<Answer>['self'] {
  const { texts, speaker } = asking
  return {
    whoami: () => {
      const heardAs = [...desk.clusters.keys()].flatMap((cluster) => {
        const caller = desk.callerOf(speaker, cluster)
        return caller === 'bot' ? [] : [{ cluster, user: caller.user, groups: caller.groups }]
      })
      const { profile, actor } = speaker
      const held = { roles: desk.policy.roles(actor), unchecked: actor.unchecked ?? [] }
      return Promise.resolve(alone(whoamiCard({ profile, ...held, heardAs }, texts)))
    },
    help: (verb) => {
      if (verb === undefined) return Promise.resolve(alone(helpCard(commandLine.helpForAll(), desk.slash, texts)))
      const found = commandLine.help(verb)
      return Promise.resolve(
        alone(found.ok ? commandHelpCard(found.help, desk.slash, texts) : problemMessage(found.problem, texts)),
      )
    },
    doctor: async () => alone(doctorCard(await desk.examine(), texts)),
  }
}
