/** Lines on a grid of 20 by 20. */
const paths = {
  plant: 'M3 16V9l5 3V9l5 3V4h4v12H3Z',
  circuits: 'M3 6h14M3 14h14M6 6v8M10 6v8M14 6v8',
  results: 'M4 16V9M8 16V5M12 16v-5M16 16V7',
  money: 'M4 5.5c0-2.7 12-2.7 12 0s-12 2.7-12 0v9c0 2.7 12 2.7 12 0v-9M4 10c0 2.7 12 2.7 12 0',
  ledger: 'M5 3h10v14H5ZM5 6H3.5M5 10H3.5M5 14H3.5M8 7h4.5M8 10h4.5M8 13h2.5',
  workbench: 'M4 4v12h12M6 13c3-1 4-7 9-8',
  sources: 'M5 3h7l3 3v11H5V3ZM12 3v3h3M7.5 10h5M7.5 13h5',
  keys: 'M3 6h14v9H3ZM5.5 9h1M9.5 9h1M13.5 9h1M6.5 12h7',
  menu: 'M4 6h12M4 10h12M4 14h12',
  undo: 'M7 5 3.5 8.5 7 12M4 8.5h7.5a4 4 0 0 1 0 8H8',
  redo: 'M13 5l3.5 3.5L13 12M16 8.5H8.5a4 4 0 0 0 0 8H12',
  search: 'M9 3.5a5.5 5.5 0 1 1 0 11 5.5 5.5 0 0 1 0-11ZM13 13l4 4',
  close: 'M5 5l10 10M15 5 5 15',
  panel: 'M3 4h14v12H3ZM12.5 4v12',
  dock: 'M3 4h14v12H3ZM3 11.5h14',
  theme: 'M10 3.5a6.5 6.5 0 1 0 0 13ZM10 3.5a6.5 6.5 0 0 1 0 13',
  warning: 'M10 3.5 17.5 16.5h-15ZM10 8.5v4M10 14.4v.2',
  info: 'M10 3a7 7 0 1 1 0 14 7 7 0 0 1 0-14ZM10 9v4.5M10 6.4v.2',
  pin: 'M7 3.5h6M8 3.5v5l-2.5 3h9l-2.5-3v-5M10 11.5v5',
  check: 'M4 10.5l4 4 8-9',
} as const

export type IconName = keyof typeof paths

/** A decorative mark beside a name; what it means is said by the text of its control. */
export function Icon({ name }: { readonly name: IconName }) {
  return (
    <svg className="icon" viewBox="0 0 20 20" width="20" height="20" aria-hidden="true">
      <path d={paths[name]} />
    </svg>
  )
}
