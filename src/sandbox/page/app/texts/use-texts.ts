import { createContext } from 'preact'
import { useContext } from 'preact/hooks'
import { en, type PageTexts } from './en.ts'
import { zh } from './zh.ts'

export type Language = 'en' | 'zh'

export const TextsContext = createContext<PageTexts>(en)
export const useTexts = (): PageTexts => useContext(TextsContext)

/** The language of a Slack locale such as `zh-CN`. */
export const languageOf = (locale: string): Language => (locale.toLowerCase().startsWith('zh') ? 'zh' : 'en')
export const textsOf = (language: Language): PageTexts => (language === 'zh' ? zh : en)
