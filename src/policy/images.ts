import type { Matcher } from './patterns.ts'
import { compilePattern } from './patterns.ts'

/** An image reference in its parts; `repository` has registry and `library/` filled in. */
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
  return { repository: fillIn(repository), tag: colon === -1 ? undefined : named.slice(colon + 1), digest }
}

function fillIn(repository: string): string {
  const slash = repository.indexOf('/')
  const first = slash === -1 ? '' : repository.slice(0, slash)
  const registry = /[.:]/.test(first) || first === 'localhost' || first !== first.toLowerCase()
  if (first === 'index.docker.io') return fillIn(`docker.io${repository.slice(slash)}`)
  if (first === 'docker.io' && !repository.slice(slash + 1).includes('/'))
    return `docker.io/library${repository.slice(slash)}`
  if (registry) return repository
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
