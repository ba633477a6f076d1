/**
 * Characters that change how a name looks without being seen: directions, joiners, zero-width spaces, fillers, tags.
 * Variation selector 16 stays: emoji of ours need it.
 */
const hidden =
  /[\u00AD\u061C\u115F\u1160\u200B-\u200F\u2028-\u202E\u2060-\u206F\u2800\u3164\uFEFF\uFFA0\uFFF9-\uFFFB]|\u034F|\u17B4|\u17B5|[\u180B-\u180F]|[\uFE00-\uFE0E]|[\u{E0000}-\u{E0FFF}]/gu

// oxlint-disable-next-line no-control-regex
const control = /[\u0000-\u0008\u000B-\u001F\u007F-\u009F]/g
const brokenPair = /\p{Surrogate}/gu

/** Foreign text as it may be shown: nothing in it hides or reorders what stands beside it. */
export function visible(text: string): string {
  return text.replace(/\r\n?/g, '\n').replace(hidden, named).replace(control, named).replace(brokenPair, '\uFFFD')
}

function named(character: string): string {
  const code = character.codePointAt(0) ?? 0
  return `\u27E8U+${code.toString(16).toUpperCase().padStart(4, '0')}\u27E9`
}

/** Visible text on one line. */
export function oneLine(text: string): string {
  return visible(text)
    .replace(/\s*\n\s*/g, ' ')
    .replaceAll('\t', ' ')
}

/** For `mrkdwn` and `text` only: `rich_text` and `plain_text` are shown letter by letter. */
export function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}

/** Escaped, and then no longer than `max`; cut between characters, not within an escape. */
export function escapedWithin(text: string, max: number): string {
  const whole = escaped(text)
  if (whole.length <= max) return whole
  let kept = ''
  for (const character of text) {
    const next = escaped(character)
    if (kept.length + next.length >= max) break
    kept += next
  }
  return `${kept}…`
}
