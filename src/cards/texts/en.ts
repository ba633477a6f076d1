import { operation } from './en/operation.ts'
import { problems } from './en/problems.ts'
import { shared } from './en/shared.ts'

/** Every sentence that people read, in English; its shape is what each other language must fill, no more and no less. */
export const en = { operation, problems, shared }

export type Texts = typeof en
