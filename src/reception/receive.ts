import { problemMessage } from '../cards/problem-card.ts'
import type { FormErrors, Incoming, Place, Receive, Submission } from '../chat/incoming.ts'
import type { CommandLine } from '../command-line/command-line.ts'
import type { TypedCommand } from '../command-line/command.ts'
import type { CommandProblem } from '../command-line/problems.ts'
import { ClusterError } from '../clusters/problems.ts'
import { AuditError } from '../audit/problems.ts'
import { unrecorded } from '../cards/unrecorded.ts'
import { alone, channel } from './answer.ts'
import type { Answer } from './answer.ts'
import type { Asking } from './asking.ts'
import { answerClick, lineOf } from './clicks.ts'
import { contextFor } from './context.ts'
import { deliver, placeOf, sayAlone, sayWorking } from './deliver.ts'
import type { Addressee } from './deliver.ts'
import { spokenBy } from './desk.ts'
import type { Desk } from './desk.ts'
import { rejectFrom } from './approvals.ts'
import { submitForm } from './forms.ts'
import { questionFor } from './question.ts'
import { hear } from './speaker.ts'
import { aboutThread } from './thread.ts'
import type { Speaker } from './speaker.ts'

/** After this without an answer, the person is told that it is being worked on. */
const patienceMs = 1_500

/** What the bot was away for longer than this is not done any more: whoever asked has gone on meanwhile. */
const latestMs = 300_000

/** The one door: whatever arrives from a chat is taken once, heard as somebody, understood, decided, and answered. */
export function createReception(desk: Desk, commandLine: CommandLine): Receive {
  /** Forms that are closed and not answered yet. */
  const later = new Set<string>()

  async function handle(incoming: Incoming): Promise<FormErrors | undefined> {
    const sender = senderOf(incoming)
    const { place, texts } = sender
    const patience = desk.clock.after(patienceMs, () => sayWorking(sender, desk))
    try {
      if (desk.clock.now() - incoming.at > latestMs) {
        patience()
        await deliver(alone(problemMessage({ code: 'order_stale' }, texts)), sender, desk)
        return undefined
      }
      const heard = await hear(incoming.person, { ...desk, bindings: desk.policy })
      if (!heard.ok) {
        await recordQuietly(incoming, heard.problem.code)
        patience()
        await deliver(alone(problemMessage(heard.problem, texts)), sender, desk)
        return undefined
      }
      const asking = askingFor(incoming, place, heard.speaker)
      if (incoming.kind === 'submission') return await submit(incoming, asking)
      await give(await answerTo(incoming, asking), { asking, patience })
    } catch (error) {
      await sayFault(error, sender)
    } finally {
      patience()
    }
    return undefined
  }

  /** A card may have to wait for its channel, so patience ends when it stands there; whatever is told alone comes at once. */
  async function give(
    answer: Answer,
    { asking, patience }: { readonly asking: Asking; readonly patience: () => void },
  ): Promise<void> {
    if (answer.kind !== 'card' && answer.kind !== 'channel') patience()
    await deliver(answer, asking, desk)
  }

  /** What goes wrong on the way to an answer is an answer too. */
  async function sayFault(error: unknown, sender: Pick<Asking, 'key' | 'texts'> & Addressee): Promise<void> {
    const reference = desk.report(error, sender.key)
    await sayAlone(problemMessage({ code: 'bug', reference }, sender.texts), sender, desk)
  }

  async function answerTo(incoming: Exclude<Incoming, { kind: 'submission' }>, asking: Asking): Promise<Answer> {
    return guarded(asking, async () => {
      if (incoming.kind === 'click') {
        const line = lineOf(incoming)
        return line === undefined ? answerClick(incoming, asking, desk) : run(commandLine.readCanonical(line), asking)
      }
      if (incoming.kind === 'slash') {
        return run(commandLine.read({ slash: incoming.command, text: incoming.text }), asking)
      }
      const about = await aboutThread(incoming.place, desk)
      return run(commandLine.read({ text: incoming.text, ...(about === undefined ? {} : { about }) }), asking)
    })
  }

  async function submit({ form, values, context }: Submission, asking: Asking): Promise<FormErrors | undefined> {
    if (form === 'operation.reject') {
      answerLater(() => rejectFrom({ context, values }, asking, desk), asking)
      return undefined
    }
    const read = submitForm({ verb: form.replace('order.', ''), values }, commandLine, asking)
    if (!read.ok) return read.errors
    answerLater(() => run(read.reading, asking), asking)
    return undefined
  }

  /** The form closes as soon as it is understood; the order goes its way and answers where it was opened. */
  function answerLater(work: () => Promise<Answer>, asking: Asking): void {
    const patience = desk.clock.after(patienceMs, () => sayWorking(asking, desk))
    const answering = async (): Promise<void> => {
      try {
        await give(await guarded(asking, work), { asking, patience })
      } catch (error) {
        await sayFault(error, asking)
      } finally {
        patience()
        later.delete(asking.key)
        await desk.inbox.finish(asking.key)
      }
    }
    later.add(asking.key)
    answering().catch((error: unknown) => desk.report(error, asking.key))
  }

  function run(
    reading:
      | { readonly ok: true; readonly command: TypedCommand }
      | { readonly ok: false; readonly problem: CommandProblem },
    asking: Asking,
  ): Promise<Answer> {
    if (!reading.ok)
      return Promise.resolve(alone(problemMessage(reading.problem, asking.texts, questionFor(reading.problem, asking))))
    const { command } = reading
    const known = { ...asking, line: command.canonical }
    return runCommand(command, known)
  }

  async function runCommand(command: TypedCommand, asking: Asking): Promise<Answer> {
    const [answer, recorded] = await Promise.all([
      command.run(contextFor(asking, desk, commandLine)),
      recordCommand(command, asking),
    ])
    const message = answer.kind === 'channel' && !recorded ? channel(unrecorded(answer.message, asking.texts)) : answer
    return message.kind === 'channel' && (command.audience === 'person' || asking.place.kind === 'shared')
      ? alone(message.message)
      : message
  }

  /** A read goes on without the trail, marked so; changes have their own records, without which they do not happen. */
  async function recordCommand(command: TypedCommand, asking: Asking): Promise<boolean> {
    try {
      await desk.audit.record({
        what: 'command',
        who: spokenBy(asking.speaker.person),
        channel: asking.place.channel,
        action: command.action,
        details: { line: command.canonical },
      })
      return true
    } catch (error) {
      if (!(error instanceof AuditError)) throw error
      return false
    }
  }

  async function recordQuietly(incoming: Incoming, code: string): Promise<void> {
    try {
      await desk.audit.record({ what: 'refusal', who: spokenBy(incoming.person), details: { code } })
    } catch (error) {
      desk.report(error, 'audit')
    }
  }

  async function guarded(asking: Asking, work: () => Promise<Answer>): Promise<Answer> {
    try {
      return await work()
    } catch (error) {
      if (error instanceof ClusterError) return alone(problemMessage(error.problem, asking.texts))
      if (error instanceof AuditError) return alone(problemMessage({ code: 'operation_unrecorded' }, asking.texts))
      return alone(problemMessage({ code: 'bug', reference: desk.report(error, asking.line) }, asking.texts))
    }
  }

  /** Whom an answer goes to before it is known whether they are heard. */
  function senderOf(incoming: Incoming) {
    const place = placeOf(incoming)
    return {
      key: incoming.key,
      person: incoming.person,
      place,
      texts: desk.textsFor(place, undefined),
      line:
        incoming.kind === 'slash' ? `${incoming.command} ${incoming.text}` : 'text' in incoming ? incoming.text : '',
      ...('reply' in incoming ? { reply: incoming.reply } : {}),
      ...('trigger' in incoming ? { trigger: incoming.trigger } : {}),
    }
  }

  const askingFor = (incoming: Incoming, place: Place, speaker: Speaker): Asking => ({
    ...senderOf(incoming),
    ...(desk.inbox.isAgain(incoming.key) ? { again: true } : {}),
    speaker,
    person: speaker.person,
    around: desk.surroundings(place),
    texts: desk.textsFor(place, speaker),
  })

  return async (incoming) => {
    try {
      return await handle(incoming)
    } catch (error) {
      desk.report(error, incoming.key)
      return undefined
    } finally {
      if (!later.has(incoming.key)) await desk.inbox.finish(incoming.key)
    }
  }
}
