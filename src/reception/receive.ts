import { problemMessage } from '../cards/problem-card.ts'
import type { FormErrors, Incoming, Place, Receive, Submission } from '../chat/incoming.ts'
import type { CommandLine } from '../command-line/command-line.ts'
import type { TypedCommand } from '../command-line/command.ts'
import type { CommandProblem } from '../command-line/problems.ts'
import { ClusterError } from '../clusters/problems.ts'
import { AuditError } from '../audit/problems.ts'
import { alone } from './answer.ts'
import type { Answer, Sent } from './answer.ts'
import type { Asking } from './asking.ts'
import { answerClick, inPlace, lineOf } from './clicks.ts'
import { contextFor } from './context.ts'
import { deliver, placeOf, sayAlone, sayWorking } from './deliver.ts'
import type { Addressee } from './deliver.ts'
import { spokenBy } from './desk.ts'
import type { Desk } from './desk.ts'
import { faultOf } from './fault.ts'
import { submitForm } from './forms.ts'
import { questionFor } from './question.ts'
import { clickedOrder, misreadOrder, recorded, typedOrder } from './recorded.ts'
import { createRecording } from './recording.ts'
import { hear } from './speaker.ts'
import { submittedForm } from './submissions.ts'
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
    let sender = senderOf(incoming)
    const { place } = sender
    const patience = desk.clock.after(patienceMs, () => sayWorking(sender, desk))
    try {
      if (desk.clock.now() - incoming.at > latestMs) {
        patience()
        await deliver(alone(problemMessage({ code: 'order_stale' }, sender.texts)), sender, desk)
        return undefined
      }
      const heard = await hear(incoming.person, { ...desk, bindings: desk.policy })
      if (!heard.ok) {
        await recordQuietly(incoming, heard.problem.code)
        patience()
        const texts = desk.texts.alone(heard.profile, place)
        await deliver(alone(problemMessage(heard.problem, texts)), { ...sender, texts }, desk)
        return undefined
      }
      const asking = askingFor(incoming, heard.speaker)
      sender = asking
      if (incoming.kind === 'submission') return submit(incoming, asking)
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
    await sayAlone(problemMessage(faultOf(error, reference), sender.texts), sender, desk)
  }

  async function answerTo(incoming: Exclude<Incoming, { kind: 'submission' }>, asking: Asking): Promise<Answer> {
    return guarded(asking, async () => {
      if (incoming.kind === 'click') {
        const line = lineOf(incoming)
        if (line !== undefined) {
          return inPlace(await run(commandLine.readCanonical(line), asking), incoming, desk)
        }
        return recorded(clickedOrder(incoming, asking), asking, () => answerClick(incoming, asking, desk))
      }
      if (incoming.kind === 'slash') {
        return run(commandLine.read({ slash: incoming.command, text: incoming.text }), asking)
      }
      const about = await aboutThread(incoming.place, desk)
      return run(commandLine.read({ text: incoming.text, ...(about === undefined ? {} : { about }) }), asking)
    })
  }

  function submit(submission: Submission, asking: Asking): FormErrors | undefined {
    const sent = submittedForm(submission, asking, desk) ?? submittedOrder(submission, asking)
    if (!sent.ok) return sent.errors
    answerLater(sent.act, asking)
    return undefined
  }

  function submittedOrder({ form, values }: Submission, asking: Asking): Sent {
    const read = submitForm({ verb: form.replace('order.', ''), values }, commandLine, asking)
    return read.ok ? { ok: true, act: () => run(read.reading, asking) } : read
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
    if (!reading.ok) {
      const { problem } = reading
      const said = alone(problemMessage(problem, asking.texts, questionFor(problem, asking)))
      return recorded(misreadOrder(problem, asking), asking, () => Promise.resolve(said))
    }
    const { command } = reading
    return runCommand(command, { ...asking, line: command.canonical })
  }

  async function runCommand(command: TypedCommand, asking: Asking): Promise<Answer> {
    const told = command.audience === 'person' || asking.place.kind === 'shared' ? 'alone' : 'all'
    const own = told === 'alone' ? { ...asking, placeTexts: asking.texts } : asking
    const answer = await recorded(typedOrder(command, own), own, () => command.run(contextFor(own, desk, commandLine)))
    return answer.kind === 'channel' && told === 'alone' ? alone(answer.message) : answer
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
      if (error instanceof AuditError) {
        const code = error.problem.code === 'audit_broken' ? 'trail_broken' : 'operation_unrecorded'
        return alone(problemMessage({ code }, asking.texts))
      }
      return alone(problemMessage(faultOf(error, desk.report(error, asking.line)), asking.texts))
    }
  }

  /** Whom an answer goes to before it is known whether they are heard. */
  function senderOf(incoming: Incoming) {
    const place = placeOf(incoming)
    return {
      key: incoming.key,
      person: incoming.person,
      place,
      texts: desk.texts.at(place),
      line:
        incoming.kind === 'slash' ? `${incoming.command} ${incoming.text}` : 'text' in incoming ? incoming.text : '',
      ...('reply' in incoming ? { reply: incoming.reply } : {}),
      ...('trigger' in incoming ? { trigger: incoming.trigger } : {}),
    }
  }

  function askingFor(incoming: Incoming, speaker: Speaker): Asking {
    const sender = senderOf(incoming)
    const { locale } = speaker.profile
    const place: Place =
      sender.place.kind === 'direct' && locale !== undefined ? { ...sender.place, locale } : sender.place
    return {
      ...sender,
      ...(desk.inbox.isAgain(incoming.key) ? { again: true } : {}),
      place,
      speaker,
      person: speaker.person,
      around: desk.surroundings(place),
      texts: desk.texts.alone(speaker.profile, place),
      placeTexts: desk.texts.at(place),
      recording: createRecording(desk.audit, { who: spokenBy(speaker.person), channel: place.channel }),
    }
  }

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
