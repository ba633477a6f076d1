import type { PagePerson } from '../protocol.ts'

/** Seven hues that stay apart from each other, and carry white letters in light and dark. */
const hues = [205, 262, 338, 18, 42, 152, 178] as const

export function Avatar({ person, size = 36 }: { readonly person: PagePerson; readonly size?: number }) {
  const style = { width: `${size}px`, height: `${size}px`, fontSize: `${Math.round(size * 0.42)}px` }
  // Slackbot is the chat's own, and no app.
  if (person.kind === 'bot' && person.id !== 'USLACKBOT')
    return (
      <span class="avatar bot" style={style} aria-hidden="true">
        <svg viewBox="0 0 32 32" width="100%" height="100%">
          <path
            d="M9.5 23V9h7.700c3 0 5 1.800 5 4.5 0 2-1.1 3.5-2.9 4.1L22.700 23h-3.9l-3-4.9H13V23zM13 15.2h4.1c1.300 0 2.1-.6 2.1-1.700s-.8-1.700-2.1-1.700H13z"
            fill="currentColor"
          />
        </svg>
      </span>
    )
  const hue = hues[Array.from(person.id).reduce((sum, letter) => sum + letter.charCodeAt(0), 0) % hues.length] ?? 205
  return (
    <span class="avatar" style={{ ...style, '--hue': String(hue) }} aria-hidden="true">
      {Array.from(person.realName)[0]?.toUpperCase()}
    </span>
  )
}
