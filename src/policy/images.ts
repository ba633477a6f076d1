import type { Matcher } from './patterns.ts'
import { compilePattern } from './patterns.ts'

/**
 * An image reference in its parts, each place of an image spelled in one way only: registry and `library/` filled in, the registry's name in lower case and
 * without the port that it has anyway. Without tag and digest the tag is `latest`, as for every runtime.
 */
export interface ImageParts {
  readonly repository: string
  readonly tag: string | undefined
  readonly digest: string | undefined
}

/**
 * `nginx:1.27` → `docker.io/library/nginx`, `1.27`. The rule is the container runtimes' own (distribution/reference):
 * the first part is a registry when it has a dot, a colon or an upper-case letter, or is `localhost`.
 */
export function splitImage(reference: string): ImageParts {
  const [named, digest] = cut(reference, '@')
  const slash = named.lastIndexOf('/')
  const colon = named.indexOf(':', slash + 1)
  const repository = colon === -1 ? named : named.slice(0, colon)
  const usual = digest === undefined ? 'latest' : undefined
  return { repository: fillIn(repository), tag: colon === -1 ? usual : named.slice(colon + 1), digest }
}

function fillIn(repository: string): string {
  const slash = repository.indexOf('/')
  const first = slash === -1 ? '' : repository.slice(0, slash)
  const registry = /[.:]/.test(first) || first === 'localhost' || first !== first.toLowerCase()
  if (registry) {
    const named = first.toLowerCase().replace(/:443$/, '')
    const host = named === 'index.docker.io' ? 'docker.io' : named
    const path = repository.slice(slash)
    return host === 'docker.io' && !path.includes('/', 1) ? `${host}/library${path}` : `${host}${path}`
  }
  return slash === -1 ? `docker.io/library/${repository}` : `docker.io/${repository}`
}

function cut(text: string, mark: string): readonly [string, string | undefined] {
  const at = text.indexOf(mark)
  return at === -1 ? [text, undefined] : [text.slice(0, at), text.slice(at + 1)]
}

/** A pattern of `images`: tests the repository, and tag or digest too when it has `:` or `@` after its last `/`. */
export function compileImagePattern(pattern: string): (image: ImageParts) => boolean {
  const last = pattern.lastIndexOf('/') + 1
  const at = pattern.indexOf('@', last)
  const digest = at === -1 ? anything : exactly(compilePattern(pattern.slice(at + 1)))
  const named = at === -1 ? pattern : pattern.slice(0, at)
  const colon = named.indexOf(':', last)
  const tag = colon === -1 ? anything : exactly(compilePattern(named.slice(colon + 1)))
  const repository = compilePattern(fillInPattern(colon === -1 ? named : named.slice(0, colon)))
  return (image) => repository(image.repository) && tag(image.tag) && digest(image.digest)
}

const anything = () => true
const exactly = (matches: Matcher) => (text: string | undefined) => text !== undefined && matches(text)

/** `nginx` in a pattern means the repository that `nginx` means in a pod; a pattern that starts with a star is left alone. */
function fillInPattern(pattern: string): string {
  return pattern.startsWith('*') ? pattern : fillIn(pattern)
}
