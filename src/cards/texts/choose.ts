import type { ChannelId, Profile } from '../../chat/identity.ts'
import type { Place } from '../../chat/incoming.ts'
import type { Texts } from './en.ts'
import { en } from './en.ts'
import { zh } from './zh.ts'

const catalogues = { en, zh }
type Language = keyof typeof catalogues

type Where = Pick<Place, 'channel' | 'locale'>

/** Which language is spoken to whom. */
export interface TextsChoice {
  /** Where neither a channel nor a person has a language of their own. */
  readonly usual: Texts
  /** What everybody at a place reads; in a direct conversation that is one person. */
  at(place: Where): Texts
  /** What one person alone reads there; undefined: nobody knows who it is. */
  alone(reader: Pick<Profile, 'locale'> | undefined, place: Where): Texts
}

/** A channel speaks as configured. A person reads alone in the language of their chat, if there is a catalogue of it, else as the place does. */
export function chooseTexts(config: {
  readonly language: Language
  readonly channels: ReadonlyMap<ChannelId, { readonly language: Language | undefined }>
}): TextsChoice {
  const usual = catalogues[config.language]
  const at = ({ channel, locale }: Where): Texts => {
    const language = config.channels.get(channel)?.language ?? languageOf(locale)
    return language === undefined ? usual : catalogues[language]
  }
  return {
    usual,
    at,
    alone: (reader, place) => {
      const language = languageOf(reader?.locale)
      return language === undefined ? at(place) : catalogues[language]
    },
  }
}

/** `zh-CN`, `zh-Hant-TW` and `zh` are Chinese; undefined where there is no catalogue. */
function languageOf(locale: string | undefined): Language | undefined {
  const spoken = locale?.toLowerCase().split(/[-_]/)[0]
  return spoken === 'en' || spoken === 'zh' ? spoken : undefined
}
