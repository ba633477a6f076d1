import type { World } from '../world/world.ts'

/** Endings that the client takes for an address; `.example` and `.svc` are here to be nasty. */
const domains = 'com|org|net|io|dev|cn|de|cloud|local|example|svc|internal'
const address = new RegExp(
  String.raw`(?<![\w@/.:<|-])(https?://[^\s<>|]+|(?:[a-z0-9-]+\.)+(?:${domains})(?::\d+)?(?:/[^\s<>|]*)?)(?![\w-])`,
  'gi',
)

/** What the three characters become in every text that reaches the app. */
export const escapeText = (text: string) =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')

/** How a typed text arrives: entities, `@name` and `#channel` as references, addresses as links. `labels` as in commands. */
export function mangle(text: string, world: World, labels: 'with labels' | 'bare'): string {
  const label = (name: string) => (labels === 'with labels' ? `|${name}` : '')
  return escapeText(text)
    .replace(address, (found: string) => (found.startsWith('http') ? `<${found}>` : `<http://${found}|${found}>`))
    .replace(/(?<![\w<])@([\w.-]+)/g, (whole: string, name: string) => {
      const person = world.state.people.find((one) => one.name === name)
      if (person !== undefined) return `<@${person.id}${label(name)}>`
      const group = world.state.groups.find((one) => one.handle === name)
      if (group !== undefined) return `<!subteam^${group.id}${label(`@${name}`)}>`
      return ['channel', 'here', 'everyone'].includes(name) ? `<!${name}>` : whole
    })
    .replace(/(?<![\w<])#([\w.-]+)/g, (whole: string, name: string) => {
      const channel = world.state.channels.find((one) => one.name === name)
      return channel === undefined ? whole : `<#${channel.id}|${name}>`
    })
}
