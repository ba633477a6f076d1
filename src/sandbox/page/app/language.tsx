import { useEffect } from 'preact/hooks'
import type { Known } from './state.ts'
import { doDeed } from './connection.ts'
import { useKept } from './keep.ts'
import { languageOf, useTexts, type Language } from './texts/use-texts.ts'

const locales = { en: 'en-US', zh: 'zh-CN' } as const

/** The person's own language, unless this browser chose one: then it becomes the one of whoever the page shows, as in their client's preferences. */
export function useLanguage({ people, you }: Known): readonly [Language, (language: Language) => void] {
  const [kept, keep] = useKept('language', 'auto')
  const theirs = languageOf(people.find(({ id }) => id === you)?.locale ?? 'en-US')
  const wanted = kept === 'en' || kept === 'zh' ? kept : theirs
  useEffect(() => {
    if (wanted !== theirs) void doDeed(you, { kind: 'language', locale: locales[wanted] })
  }, [you, wanted, theirs])
  useEffect(() => {
    document.documentElement.lang = wanted === 'zh' ? 'zh-CN' : 'en'
  }, [wanted])
  return [wanted, keep]
}

export function LanguageButton({ onLanguage }: { readonly onLanguage: (language: Language) => void }) {
  const { locale, trial } = useTexts()
  const next = locale === 'en' ? 'zh' : 'en'
  return (
    <button
      type="button"
      class="quiet language"
      lang={next === 'zh' ? 'zh-CN' : 'en'}
      title={trial.look.language}
      aria-label={trial.look.language}
      onClick={() => onLanguage(next)}
    >
      {next === 'zh' ? '中' : 'EN'}
    </button>
  )
}
