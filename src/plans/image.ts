/** Why a text is no image reference, by the grammar of distribution/reference. */
export type ImageFault = 'empty' | 'domain' | 'repository' | 'uppercase' | 'tag' | 'digest' | 'too-long'

/** An image as written: nothing filled in, nothing dropped. */
export interface ImageReference {
  /** Domain and path as written: `nginx`, `registry.example:5000/shop/web`. */
  readonly repository: string
  readonly tag?: string
  readonly digest?: string
}

export type ImageArgument =
  | { readonly kind: 'tag'; readonly tag: string }
  | { readonly kind: 'digest'; readonly digest: string }
  | { readonly kind: 'reference'; readonly reference: ImageReference }

export type Parsed<Value> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly fault: ImageFault }

const label = '(?:[a-zA-Z0-9]|[a-zA-Z0-9][a-zA-Z0-9-]*[a-zA-Z0-9])'
const domainForm = new RegExp(`^(?:${label}(?:\\.${label})*|\\[[a-fA-F0-9:]+\\])(?::[0-9]{1,5})?$`)
const componentForm = /^[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*$/
const tagForm = /^\w[\w.-]{0,127}$/
const digestForm = /^(?:sha256:[a-f0-9]{64}|sha512:[a-f0-9]{128})$/

const fail = (fault: ImageFault) => ({ ok: false, fault }) as const

/** An argument without `/`, `:` and `@` is a tag, `sha256:…` a digest; anything else is a full reference. Never a number: `1.10` stays `1.10`. */
export function parseImageArgument(text: string): Parsed<ImageArgument> {
  if (text === '') return fail('empty')
  if (/^sha(?:256|512):/.test(text)) {
    return digestForm.test(text) ? { ok: true, value: { kind: 'digest', digest: text } } : fail('digest')
  }
  if (!/[/:@]/.test(text)) return tagForm.test(text) ? { ok: true, value: { kind: 'tag', tag: text } } : fail('tag')
  const parsed = parseImage(text)
  return parsed.ok ? { ok: true, value: { kind: 'reference', reference: parsed.value } } : parsed
}

/** A full reference: `[domain/]path[:tag][@digest]`. */
export function parseImage(text: string): Parsed<ImageReference> {
  const at = text.indexOf('@')
  const named = at === -1 ? text : text.slice(0, at)
  const digest = at === -1 ? undefined : text.slice(at + 1)
  if (digest !== undefined && !digestForm.test(digest)) return fail('digest')
  const colon = named.indexOf(':', named.lastIndexOf('/') + 1)
  const repository = colon === -1 ? named : named.slice(0, colon)
  const tag = colon === -1 ? undefined : named.slice(colon + 1)
  if (tag !== undefined && !tagForm.test(tag)) return fail('tag')
  const fault = repositoryFault(repository)
  if (fault) return fail(fault)
  return {
    ok: true,
    value: { repository, ...(tag === undefined ? {} : { tag }), ...(digest === undefined ? {} : { digest }) },
  }
}

function repositoryFault(repository: string): ImageFault | undefined {
  if (repository === '') return 'empty'
  const { domain, path } = split(repository)
  if (normalRepository(repository).length > 255) return 'too-long'
  if (domain !== undefined && !domainForm.test(domain)) return 'domain'
  if (/^[a-f0-9]{64}$/.test(repository)) return 'repository'
  if (path.split('/').every((part) => componentForm.test(part))) return undefined
  return path
    .toLowerCase()
    .split('/')
    .every((part) => componentForm.test(part))
    ? 'uppercase'
    : 'repository'
}

/** What stands before the first slash is a domain when it could not be a path: a dot, a colon, an upper-case letter, or `localhost`. */
function split(repository: string): { readonly domain: string | undefined; readonly path: string } {
  const slash = repository.indexOf('/')
  const first = repository.slice(0, slash)
  const isDomain = slash !== -1 && (/[.:]/.test(first) || first === 'localhost' || first !== first.toLowerCase())
  return isDomain ? { domain: first, path: repository.slice(slash + 1) } : { domain: undefined, path: repository }
}

/** `nginx` → `docker.io/library/nginx`; the form that policies and comparisons use. */
export function normalRepository(repository: string): string {
  const { domain, path } = split(repository)
  const home = domain === undefined || domain === 'index.docker.io' ? 'docker.io' : domain
  return home === 'docker.io' && !path.includes('/') ? `${home}/library/${path}` : `${home}/${path}`
}

export const spellImage = ({ repository, tag, digest }: ImageReference): string =>
  `${repository}${tag === undefined ? '' : `:${tag}`}${digest === undefined ? '' : `@${digest}`}`
