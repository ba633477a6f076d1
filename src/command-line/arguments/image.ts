import type { Argument } from '../argument.ts'
import { plainArgument } from '../argument.ts'
import type { Fault } from '../problems.ts'

const tagShape = /^\w[\w.-]{0,127}$/
const digestShape = /^sha256:[0-9a-f]{64}$/
const host = '(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?)'
const domainShape = new RegExp(`^(?:${host}(?:\\.${host})*|\\[[0-9a-fA-F:.]+\\])(?::\\d{1,5})?$`)
const pathShape = /^[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*$/

/**
 * A tag (`1.10`, always text), a digest (`sha256:…`), both for the container's present repository, or a full reference. Checked
 * against the grammar of github.com/distribution/reference, digests against sha256 only. The value is the text as given.
 */
export function image(about = 'a tag, a digest or a full image reference'): Argument<string> {
  return plainArgument({
    kind: 'image',
    label: 'IMAGE',
    about,
    fits: (text) => /^v?\d|[/:@]/.test(text),
    read: (text) => fault(text) ?? { value: text, canonical: text },
  })
}

function fault(text: string): Fault | undefined {
  if (text.length > 1000) return wrong('too-long')
  if (text.startsWith('sha256:')) return digestShape.test(text) ? undefined : wrong('digest', lower(text, digestShape))
  if (!/[/:@]/.test(text)) return tagShape.test(text) ? undefined : wrong('tag')
  const at = text.indexOf('@')
  if (at !== -1 && !digestShape.test(text.slice(at + 1))) return wrong('digest')
  const tagged = at === -1 ? text : text.slice(0, at)
  const colon = tagged.indexOf(':', tagged.lastIndexOf('/') + 1)
  const tag = colon === -1 ? undefined : tagged.slice(colon + 1)
  if (colon === 0 && tag !== undefined) return wrong('repository', tagShape.test(tag) ? tag : undefined)
  if (tag !== undefined && !tagShape.test(tag)) return wrong('tag')
  return repositoryFault(colon === -1 ? tagged : tagged.slice(0, colon), text)
}

function repositoryFault(repository: string, text: string): Fault | undefined {
  const parts = repository.split('/')
  const [first = '', ...others] = parts
  const hasDomain = others.length > 0 && (/[.:[]/.test(first) || first === 'localhost')
  if (hasDomain && !domainShape.test(first)) return wrong('repository')
  const path = hasDomain ? others : parts
  if (repository.length > 255) return wrong('too-long')
  if (path.every((part) => pathShape.test(part))) return undefined
  return path.every((part) => pathShape.test(part.toLowerCase()))
    ? wrong(
        'upper-case',
        text.replace(repository, [...(hasDomain ? [first] : []), ...path.map((part) => part.toLowerCase())].join('/')),
      )
    : wrong('repository')
}

function wrong(why: Extract<Fault, { kind: 'image' }>['why'], like?: string): Fault {
  return { kind: 'image', why, like }
}

function lower(text: string, shape: RegExp): string | undefined {
  const small = text.toLowerCase()
  return shape.test(small) ? small : undefined
}
