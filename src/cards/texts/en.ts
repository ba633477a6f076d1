import { operation } from './en/operation.ts'
import { problems } from './en/problems.ts'

/** Every sentence that people read, in English; its shape is what each other language must fill, no more and no less. */
export const en = { operation, problems }

export type Texts = typeof en
