import type { Row } from './row.ts'
import { slash } from './rows/slash.ts'
import { start } from './rows/start.ts'

export const rows: readonly Row[] = [slash, start]
