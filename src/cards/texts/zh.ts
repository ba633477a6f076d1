import type { Texts } from './en.ts'
import { alerts } from './zh/alerts.ts'
import { alertThread } from './zh/alert-thread.ts'
import { audit } from './zh/audit.ts'
import { commands } from './zh/commands.ts'
import { digest } from './zh/digest.ts'
import { forms } from './zh/forms.ts'
import { logs } from './zh/logs.ts'
import { metrics } from './zh/metrics.ts'
import { operation } from './zh/operation.ts'
import { problems } from './zh/problems.ts'
import { reads } from './zh/reads.ts'
import { self } from './zh/self.ts'
import { shared } from './zh/shared.ts'
import { start } from './zh/start.ts'
import { terminal } from './zh/terminal.ts'

/** Every sentence that people read, in Chinese. Each part is typed where it is written, so that an entry too many is refused as well. */
export const zh: Texts = {
  alerts,
  alertThread,
  audit,
  commands,
  digest,
  forms,
  logs,
  metrics,
  operation,
  problems,
  reads,
  self,
  shared,
  start,
  terminal,
}
