import type { Command } from '../src/command-line/command.ts'
import ack from './ack.ts'
import alerts from './alerts.ts'
import approvals from './approvals.ts'
import approve from './approve.ts'
import audit from './audit.ts'
import can from './can.ts'
import cancel from './cancel.ts'
import clusters from './clusters.ts'
import deploy from './deploy.ts'
import doctor from './doctor.ts'
import events from './events.ts'
import freeze from './freeze.ts'
import help from './help.ts'
import history from './history.ts'
import logs from './logs.ts'
import metrics from './metrics.ts'
import pause from './pause.ts'
import reject from './reject.ts'
import restart from './restart.ts'
import resume from './resume.ts'
import rollback from './rollback.ts'
import scale from './scale.ts'
import silence from './silence.ts'
import status from './status.ts'
import unack from './unack.ts'
import unfreeze from './unfreeze.ts'
import unsilence from './unsilence.ts'
import whoami from './whoami.ts'

/** Every command, in the order in which help shows them. A bundle cannot walk a folder: a test compares. */
export const commands: readonly Command[] = [
  deploy,
  scale,
  rollback,
  restart,
  pause,
  resume,
  status,
  history,
  events,
  logs,
  metrics,
  clusters,
  whoami,
  can,
  help,
  doctor,
  cancel,
  approvals,
  approve,
  reject,
  audit,
  freeze,
  unfreeze,
  alerts,
  ack,
  unack,
  silence,
  unsilence,
]
