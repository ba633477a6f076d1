import type { Texts } from './en.ts'
import { audit } from './zh/audit.ts'
import { commands } from './zh/commands.ts'
import { forms } from './zh/forms.ts'
import { operation } from './zh/operation.ts'
import { problems } from './zh/problems.ts'
import { reads } from './zh/reads.ts'
import { self } from './zh/self.ts'
import { shared } from './zh/shared.ts'
import { start } from './zh/start.ts'
import { terminal } from './zh/terminal.ts'

/** Every sentence that people read, in Chinese. Each part is typed where it is written, so that an entry too many is refused as well. */
export const zh: Texts = { audit, commands, forms, operation, problems, reads, self, shared, start, terminal }
