import { chat } from './en/chat.ts'
import { story } from './en/story.ts'
import { trial } from './en/trial.ts'

/** Every sentence of the page in English; its shape is what each other language must fill, no more and no less. */
export const en = { locale: 'en', chat, story, trial }

export type PageTexts = typeof en
