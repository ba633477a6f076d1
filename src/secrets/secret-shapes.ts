/** What stands in a secret's place. */
export const veil = '••••'

/**
 * Names whose value is a secret, in any spelling (`DB_PASSWORD`, `apiKey`, `x-auth-token`). Bounded pieces only:
 * these run on foreign text of any length and must not backtrack far.
 */
const secretWord =
  'pass(?:word|wd|phrase|code)|pwd|secret|token|credentials?|bearer|(?:api|access|account|auth|client|encryption|master|private|secret|session|shared|signing|storage|license|ssh)[ _.-]?key|cookie|jwt'

const secretName = new RegExp(
  `${secretWord}|(?:^|[_.-])(?:pass|auth|dsn|pat|key|salt|otp|pin)$|(?:^|[_.-])pass(?=[_.-])`,
  'i',
)
const secretCamelName = /[a-z](?:Pass|Auth|Dsn|Pat|Key|Salt|Otp)$/

/** Whether a variable or annotation of this name holds a secret. Rather one too many than one too few. */
export function looksSecret(name: string): boolean {
  return secretName.test(name) || secretCamelName.test(name)
}

interface Shape {
  readonly pattern: RegExp
  /** `$1` keeps what makes the place readable. */
  readonly replacement: string
}

const shapes: readonly Shape[] = [
  // A block that was cut off counts to its last line: half a key is a secret too.
  {
    pattern:
      /(-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----)(?:[^-]|-(?!----END ))*(?:-----END [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----)?/g,
    replacement: `$1${veil}`,
  },
  // Header, payload, signature; the last may be empty.
  { pattern: /(?<![\w-])eyJ[\w-]{5,}\.[\w-]{5,}\.[\w-]*/g, replacement: veil },
  // The user's name stays, the password goes; it may hold an @ that nobody escaped.
  {
    pattern: /(\b[a-z][a-z0-9+.-]{1,20}:\/\/[^\s/?#:@"'<>]{0,256}:)[^\s/?#"'<>•]{1,512}(?=@)/gi,
    replacement: `$1${veil}`,
  },
  {
    pattern:
      /(\b(?:proxy-)?authorization["']?\s{0,3}[:=]\s{0,3}["']?(?:basic|bearer|digest|negotiate|token|apikey)?\s{0,3})[^\s"',;]{4,}/gi,
    replacement: `$1${veil}`,
  },
  { pattern: /(\b(?:bearer|basic)\s{1,3})(?=[\w+/.~=-]{0,256}[\d+/._~=])[\w+/.~=-]{8,}/gi, replacement: `$1${veil}` },
  // Tokens that say themselves what they are.
  { pattern: /\b(?:AKIA|ASIA|ABIA|ACCA)[0-9A-Z]{16}\b/g, replacement: veil },
  { pattern: /\bxox[a-z]-[\w-]{8,}|\bxapp-[\w-]{8,}/g, replacement: veil },
  {
    pattern:
      /\b(?:gh[pousr]_\w{20,}|github_pat_\w{20,}|gl(?:pat|ptt|dt|rt|cbt|ft|soat)-[\w-]{16,}|npm_\w{30,}|dckr_pat_[\w-]{20,}|hv[sbr]\.[\w-]{20,}|[sr]k_(?:live|test)_\w{16,}|sk-[\w-]{20,}|pypi-[\w-]{20,}|shpat_\w{20,}|AIza[\w-]{35})/g,
    replacement: veil,
  },
  { pattern: /(hooks\.slack\.com\/(?:services|workflows|triggers)\/)[\w/-]{8,}/g, replacement: `$1${veil}` },
]

/**
 * `password=…`, `"apiKey": "…"`, `--token …`, `client_secret: '…'`. A quoted value ends at its quote, another at a
 * space or at what separates pairs.
 */
const pair = new RegExp(
  `((?:${secretWord})[\\w.-]{0,40}(?:\\\\?["'])?(?:\\s{0,3}(?:=>|[:=])\\s{0,3}))(?:(\\\\?["'])((?:(?!\\2)[^\\n]){1,4096})|([^\\s"',;&|(){}\\[\\]\\\\<>•]{1,4096}))`,
  'gi',
)
const flag = new RegExp(
  `(--?(?:[\\w.]{1,20}-){0,4}(?:${secretWord})\\s{1,3})(?!-|•)("[^"\\n]{1,4096}"|'[^'\\n]{1,4096}'|[^\\s"']{1,4096})`,
  'gi',
)

/** Whether any of the shapes can be in the text at all: most log lines have none of these letters. */
const anyShape = new RegExp(
  `${secretWord}|authorization|basic|BEGIN |eyJ|://|AKIA|ASIA|ABIA|ACCA|xox|xapp|gh[pousr]_|github_pat|gl[a-z]{2,4}-|npm_|dckr_|hv[sbr]\\.|[sr]k_|sk-|pypi-|shpat_|AIza|hooks\\.slack`,
  'i',
)

/** The text with everything that looks like a secret replaced. */
export function maskBuiltIn(text: string): string {
  if (!anyShape.test(text)) return text
  const masked = shapes.reduce((current, { pattern, replacement }) => current.replace(pattern, replacement), text)
  return masked
    .replace(pair, (...found: readonly (string | undefined)[]) => {
      const [whole = '', start = '', quote, quoted, bare] = found
      if (quoted?.startsWith(veil)) return whole
      if (bare !== undefined && /^(?:bearer|basic|null|true|false|undefined|none|nil)$/i.test(bare)) return whole
      return `${start}${quote ?? ''}${veil}`
    })
    .replace(flag, (_whole: string, start: string) => `${start}${veil}`)
}
