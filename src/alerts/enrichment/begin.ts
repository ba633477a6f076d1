import type { AlertGroup } from '../group.ts'

/** When the first of a group's alerts began (epoch ms), as the source says; never later than the group was opened here. */
export const beginOf = ({ openedAt, members }: AlertGroup): number =>
  Math.min(openedAt, ...members.flatMap(({ starts }) => starts.filter((at) => at > 0)))
