import type { Message, Part } from '../chat/message.ts'
import type { CommandHelp } from '../command-line/help.ts'
import type { Texts } from './texts/en.ts'

/** Everything that can be typed, one line each. */
export function helpCard(commands: readonly CommandHelp[], slash: string, { self, commands: about }: Texts): Message {
  return {
    summary: self.help.summary,
    tone: 'neutral',
    parts: [
      { kind: 'title', text: self.help.title },
      { kind: 'text', text: [self.help.intro(slash)] },
      {
        kind: 'list',
        items: commands.map(({ name, summary }) => [{ code: name }, `  ${about[name]?.summary ?? summary}`]),
      },
      { kind: 'note', text: [self.help.more(slash)] },
    ],
  }
}

/** One command: what it does, how it is typed, what each part means, examples that work as they stand. */
export function commandHelpCard(help: CommandHelp, slash: string, { self, commands: about }: Texts): Message {
  const list = (title: string, items: readonly string[][]): Part[] =>
    items.length === 0
      ? []
      : [
          { kind: 'text', text: [{ bold: title }] },
          { kind: 'list', items: items.map(([code = '', text = '']) => [{ code }, `  ${text}`]) },
        ]
  const own = about[help.name]
  const summary = own?.summary ?? help.summary
  return {
    summary: `${help.name}: ${summary}`,
    tone: 'neutral',
    parts: [
      { kind: 'title', text: `${slash} ${help.name}` },
      { kind: 'text', text: [summary] },
      { kind: 'code', text: `${slash} ${help.usage}` },
      ...list(
        self.help.arguments,
        help.arguments.map((argument) => [argument.usage, own?.arguments[argument.name] ?? argument.about]),
      ),
      ...list(
        self.help.examples,
        help.examples.map((example) => [`${slash} ${example}`]),
      ),
      ...(help.aliases.length > 0 ? [{ kind: 'note' as const, text: [self.help.aliases(help.aliases)] }] : []),
    ],
  }
}
