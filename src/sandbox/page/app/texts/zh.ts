import type { PageTexts } from './en.ts'
import { chat } from './zh/chat.ts'
import { story } from './zh/story.ts'
import { trial } from './zh/trial.ts'

/** Every sentence of the page in Chinese. Each part is typed where it is written, so that an entry too many is refused as well. */
export const zh: PageTexts = { locale: 'zh-CN', chat, story, trial }
