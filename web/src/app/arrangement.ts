import type { Positions } from '../canvas/Flowsheet.tsx'

const place = 'didymium/arrangement/'

/** Where the person dragged the units of a plant to; kept in the browser, beside the plant file. */
export function arrangementOf(file: string): Positions {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(place + file) ?? '{}')
    return typeof kept === 'object' && kept !== null ? (kept as Positions) : {}
  } catch {
    return {}
  }
}

export function keepArrangement(file: string, positions: Positions): void {
  try {
    if (Object.keys(positions).length === 0) localStorage.removeItem(place + file)
    else localStorage.setItem(place + file, JSON.stringify(positions))
  } catch {
    // A browser that keeps nothing still shows the units where they were dragged to.
  }
}
