const longest = 2_000

/** An address that somebody elsewhere wrote, if it can be shown and followed: http or https, without a password, of bounded length. */
export function safeUrl(text: string | null | undefined): string | undefined {
  if (text === null || text === undefined || text.length > longest || !URL.canParse(text)) return undefined
  const url = new URL(text)
  return (url.protocol === 'http:' || url.protocol === 'https:') && url.username === '' && url.password === ''
    ? url.href
    : undefined
}
