import type { Workplace } from '../api/method.ts'
import type { Notices } from '../events.ts'
import type { Deliveries } from '../socket/deliveries.ts'

export interface DriverParts {
  readonly at: Workplace
  readonly deliveries: Deliveries
  readonly notices: Notices
}
