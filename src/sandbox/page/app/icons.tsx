const paths = {
  hash: 'M6.5 2.5 5 13.5M11 2.5 9.5 13.5M2.5 5.700h11.5M2 10.300h11.5',
  lock: 'M4 7.5h8v6H4zM5.5 7.5V5a2.5 2.5 0 0 1 5 0v2.5',
  more: 'M3.5 7.200a.8.8 0 1 0 0 1.600.8.8 0 0 0 0-1.600zM8 7.200a.8.8 0 1 0 0 1.600.8.8 0 0 0 0-1.600zM12.500 7.200a.8.8 0 1 0 0 1.600.8.8 0 0 0 0-1.600z',
  send: 'M2.5 8 13.5 2.700 10.700 13.5 7.700 9.2zM13.5 2.700 7.700 9.2',
  reply: 'M2.5 3.5h11v7.5h-5.5L4.800 13.5V11H2.5z',
  close: 'M4 4l8 8M12 4l-8 8',
  sun: 'M8 5a3 3 0 1 0 0 6 3 3 0 0 0 0-6zM8 1v1.5M8 13.5V15M1 8h1.5M13.5 8H15M3 3l1 1M12 12l1 1M3 13l1-1M12 4l1-1',
  moon: 'M13 9.5A5.5 5.5 0 0 1 6.5 3 5.5 5.5 0 1 0 13 9.5z',
  half: 'M8 2a6 6 0 1 0 0 12A6 6 0 0 0 8 2zM8 2v12M8 5h4.800M8 8h6M8 11h4.800',
  menu: 'M2.5 4.5h11M2.5 8h11M2.5 11.5h11',
  back: 'M9.5 3.5 5 8l4.5 4.5',
  down: 'M4 6.5 8 10.5l4-4',
  eye: 'M1.5 8S4 3.800 8 3.800 14.5 8 14.5 8 12 12.2 8 12.2 1.5 8 1.5 8zM8 6.2a1.800 1.800 0 1 0 0 3.600 1.800 1.800 0 0 0 0-3.600z',
  file: 'M4 2h5l3.5 3.5V14H4zM9 2v3.5h3.5',
  tools: 'M3 4h6.5M12 4h1.5M3 8h1.5M7 8h6.5M3 12h4.5M10 12h3.5M9.5 2.5v3M4.5 6.5v3M7.5 10.5v3',
  flag: 'M4 14V2.5h7.5L10 5.5l1.5 3H4',
  check: 'M3 8.5 6.5 12 13 4.5',
  window: 'M6.5 3.5h-4v9h9v-4M9 2.5h4.5V7M13.5 2.5 7.5 8.5',
  people:
    'M6 8a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5zM1.800 13.5c0-2.5 1.9-4 4.2-4s4.2 1.5 4.2 4M10.5 3.300a2.300 2.300 0 0 1 0 4.400M11.700 9.800c1.5.5 2.5 1.800 2.5 3.700',
} as const

export type IconName = keyof typeof paths

/** Decoration only: whoever needs words puts them beside it. */
export function Icon({ name, size = 16 }: { readonly name: IconName; readonly size?: number }) {
  return (
    <svg class="icon" viewBox="0 0 16 16" width={size} height={size} aria-hidden="true">
      <path
        d={paths[name]}
        fill="none"
        stroke="currentColor"
        stroke-width="1.4"
        stroke-linecap="round"
        stroke-linejoin="round"
      />
    </svg>
  )
}
