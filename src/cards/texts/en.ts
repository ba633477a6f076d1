import { alerts } from './en/alerts.ts'
import { alertThread } from './en/alert-thread.ts'
import { audit } from './en/audit.ts'
import { digest } from './en/digest.ts'
import { forms } from './en/forms.ts'
import { logs } from './en/logs.ts'
import { metrics } from './en/metrics.ts'
import { operation } from './en/operation.ts'
import { problems } from './en/problems.ts'
import { reads } from './en/reads.ts'
import { self } from './en/self.ts'
import { shared } from './en/shared.ts'
import { start } from './en/start.ts'
import { terminal } from './en/terminal.ts'

/** What each command does and what its arguments mean, by name; English stands in the declarations. */
const commands: Readonly<Record<string, About>> = {}

interface About {
  readonly summary: string
  readonly arguments: Readonly<Record<string, string>>
}

/** Every sentence that people read, in English; its shape is what each other language must fill, no more and no less. */
export const en = {
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

export type Texts = typeof en
