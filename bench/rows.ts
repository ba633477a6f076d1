import type { Row } from './row.ts'
import { alerts } from './rows/alerts.ts'
import { audit } from './rows/audit.ts'
import { chart } from './rows/chart.ts'
import { clusters } from './rows/clusters.ts'
import { follow } from './rows/follow.ts'
import { logs } from './rows/logs.ts'
import { memory } from './rows/memory.ts'
import { policy } from './rows/policy.ts'
import { slash } from './rows/slash.ts'
import { start } from './rows/start.ts'

export const rows: readonly Row[] = [slash, start, policy, audit, alerts, logs, follow, clusters, chart, memory]
