import { createHmac } from 'node:crypto'
import { RE2JS } from 're2js'
import { looksSecret, maskBuiltIn, veil } from './secret-shapes.ts'

/** Hides secrets in text that people or log files will see. */
export interface Masking {
  /** The text with every secret in it replaced by `••••`; names and structure around them stay readable. */
  mask(text: string): string
  /**
   * The value of an environment variable or annotation as it may be shown. One whose name or value looks secret
   * becomes `••••#a1b2c3`: the end is a hash under the given key, so that a change is visible and the value is not.
   */
  maskValue(name: string, value: string, key: string | Uint8Array): string
}

/** Why a pattern of the user's cannot be used. `index` is its place in the list, from 0. */
export type MaskProblem =
  | { readonly code: 'mask_invalid'; readonly index: number; readonly pattern: string; readonly why: string }
  /** It matches between any two letters: everything would be masked, or nothing. */
  | { readonly code: 'mask_matches_nothing'; readonly index: number; readonly pattern: string }

export type MaskingResult =
  | { readonly ok: true; readonly masking: Masking }
  | { readonly ok: false; readonly problems: readonly MaskProblem[] }

/**
 * Masking by the built-in patterns and the user's own (RE2 syntax, without regard to case, in time that grows only
 * with the text: no pattern can hang the bot). What one of the user's patterns matches is masked whole.
 */
export function createMasking(patterns: readonly string[] = []): MaskingResult {
  const problems: MaskProblem[] = []
  const compiled: RE2JS[] = []
  patterns.forEach((pattern, index) => {
    try {
      const found = RE2JS.compile(pattern, RE2JS.CASE_INSENSITIVE)
      if (found.matcher('').find()) problems.push({ code: 'mask_matches_nothing', index, pattern })
      else compiled.push(found)
    } catch (error) {
      problems.push({
        code: 'mask_invalid',
        index,
        pattern,
        why: error instanceof Error ? error.message : String(error),
      })
    }
  })
  if (problems.length > 0) return { ok: false, problems }

  const mask = (text: string): string =>
    maskBuiltIn(compiled.reduce((masked, pattern) => pattern.matcher(masked).replaceAll(veil), text))

  return {
    ok: true,
    masking: {
      mask,
      maskValue: (name, value, key) => {
        if (value === '' || (!looksSecret(name) && mask(value) === value)) return value
        return `${veil}#${createHmac('sha256', key).update(value).digest('hex').slice(0, 6)}`
      },
    },
  }
}
