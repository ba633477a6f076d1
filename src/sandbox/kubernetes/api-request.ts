import type { Json, JsonObject } from '../../json.ts'
import type { OpenStream } from './open-stream.ts'
import type { User } from './user.ts'

/** One request after authentication. */
export interface ApiRequest {
  readonly method: string
  /** Decoded, without query. */
  readonly path: string
  readonly query: URLSearchParams
  readonly header: (name: string) => string | undefined
  /** Every line of a header; `impersonate-extra-*` gives `key\nvalue` of each such header. */
  readonly lines: (name: string) => readonly string[]
  readonly body: string
  readonly user: User
}

export type Answer =
  | { readonly kind: 'json'; readonly code: number; readonly body: Json; readonly warnings?: readonly string[] }
  /** JSON that is already text, with 200. */
  | { readonly kind: 'raw'; readonly body: string }
  | { readonly kind: 'text'; readonly code: number; readonly body: string }
  | { readonly kind: 'stream'; readonly contentType: string; start(stream: OpenStream): void }

export const ok = (body: JsonObject, warnings: readonly string[] = []): Answer => ({
  kind: 'json',
  code: 200,
  body,
  warnings,
})
