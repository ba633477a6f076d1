/** The painter knows no other. */
export const fontFamily = 'Noto Sans SC'

/** Pixels, painted at twice as many. A phone shows a picture some 320 wide: its smallest words are then as high as those of a caption. */
export const width = 420
export const margin = 16
export const sizes = { title: 19, aside: 13.5, panel: 15.5, axis: 13, legend: 14, small: 12.5, mark: 12.5 } as const

/** Of one panel's plot: a picture of many should not be much taller than a phone. */
export function plotHeight(panels: number): number {
  if (panels === 1) return 210
  return panels === 2 ? 140 : 92
}
