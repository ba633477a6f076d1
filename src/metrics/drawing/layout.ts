/** The painter knows no other. */
export const fontFamily = 'Noto Sans SC'

/** Sizes in pixels, drawn at twice as many: on a phone 360 wide they shrink to three quarters and stay readable. */
export const width = 480
export const margin = 20
export const sizes = { title: 20, aside: 14, panel: 16, axis: 13.5, legend: 14.5, small: 13, mark: 13 } as const

/** Of one panel's plot: a picture of many should not grow taller than a phone can scroll. */
export function plotHeight(panels: number): number {
  if (panels === 1) return 230
  return panels === 2 ? 150 : 108
}
