/**
 * The picture brings its own ground, dark enough for a phone at night and a card of its own on a white page. The colours of series are
 * those of Okabe and Ito, told apart by everybody, lightened where they would drown in the dark.
 */
export const ground = '#14181f'
export const plotGround = '#1a202a'
export const grid = '#2b3340'
export const axis = '#4a5566'
export const bright = '#f0f4f8'
export const text = '#c5cedb'
export const faint = '#93a0b2'

const colours = ['#56b4e9', '#e69f00', '#2fc79a', '#e08fc0', '#f0e442', '#8ea2ff', '#ff8a5b', '#b8c0cc'] as const

/** How a line of the n-th series looks; after the last colour they come again, dashed. */
export function strokeOf(index: number): { readonly colour: string; readonly dashes: string } {
  const round = Math.floor(index / colours.length)
  return { colour: colours[index % colours.length] ?? bright, dashes: ['', '7 4', '2 4'][Math.min(round, 2)] ?? '' }
}

/** Lines that others are held against; each is named in its own colour. */
export const lineColours = { threshold: '#ff6b6b', limit: '#ff6b6b', request: '#ffd166' } as const

export const markColours = {
  deploy: '#c4b5fd',
  rollback: '#ffb4a2',
  scale: '#c4b5fd',
  restart: '#c4b5fd',
  alert: '#ff8f8f',
} as const

export const flagGround = '#2f2b52'
export const flagText = '#e6e0ff'

export const trouble = '#ffb86b'
