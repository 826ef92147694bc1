import { useState, type KeyboardEvent, type PointerEvent } from 'react'
import { rangeOf, stepped, type Grid, type Place } from './grid.ts'

interface Means {
  /** Rows that fit into sight. */
  readonly page: () => number
  /** Scrolls a place into sight. */
  readonly reveal: (place: Place) => void
  readonly onSort: (column: number) => void
  readonly onOpen: (place: Place) => void
}

/** The active cell of a grid and what is selected with it, walked by keys and pointed at. */
export function useSelection(grid: Grid, { page, reveal, onSort, onOpen }: Means) {
  const [wanted, setActive] = useState<Place>({ row: 0, column: -1 })
  const [anchor, setAnchor] = useState<Place>(wanted)
  // A filter may have taken away where the person was.
  const within = ({ row, column }: Place): Place => ({
    row: Math.min(row, grid.rows.length - 1),
    column: Math.min(column, grid.heads.length - 1),
  })
  const active = within(wanted)
  const go = (place: Place, isExtended: boolean) => {
    setActive(place)
    if (!isExtended) setAnchor(place)
    reveal(place)
  }
  const press = (event: KeyboardEvent) => {
    const isFar = event.ctrlKey || event.metaKey
    if (isFar && event.key === 'a') {
      event.preventDefault()
      setAnchor({ row: -1, column: -1 })
      setActive({ row: grid.rows.length - 1, column: grid.heads.length - 1 })
      return
    }
    if (event.key === 'Enter' || event.key === ' ') {
      event.preventDefault()
      if (active.row < 0) onSort(active.column)
      else onOpen(active)
      return
    }
    const next = stepped(event.key, isFar, active, grid, page())
    // Alt moves numbers elsewhere on the page.
    if (next === undefined || event.altKey) return
    event.preventDefault()
    event.stopPropagation()
    go(next, event.shiftKey)
  }
  const point = (place: Place) => (event: PointerEvent) => {
    if (event.type === 'pointerdown' && event.button === 0) go(place, event.shiftKey)
    // Dragging over cells selects them.
    if (event.type === 'pointerenter' && event.buttons === 1 && place.row >= 0) setActive(place)
  }
  return { active, range: rangeOf(active, within(anchor)), press, point }
}
