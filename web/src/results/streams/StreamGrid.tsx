import { useVirtualizer, type VirtualItem } from '@tanstack/react-virtual'
import type { SortingState } from '@tanstack/react-table'
import { useId, useRef, type CSSProperties, type PointerEvent } from 'react'
import { formatNumber } from '../../ui/format.ts'
import type { Cell } from '../../../../src/report/cells.ts'
import { cellAt, cellsOf, isWithin, type Grid, type Place, type Range } from './grid.ts'
import { tabbed } from '../../ui/cells.ts'
import { useSelection } from './use-selection.ts'
import { nameColumn } from './use-rows.ts'

const rowHeight = 28
const headHeight = 44
/** Width of a letter of the system font at its size, generously; px. */
const letter = 8.4

/** Width of a column by its head, texts wider than numbers; px. */
function widthOf({ name, unit, isText }: Grid['heads'][number]): number {
  const letters = Math.max(name.length, unit.length, isText ? 22 : 10)
  return Math.min(280, 16 + letter * letters)
}

/** Width of the column of names, px. */
function nameWidth({ rows }: Grid): number {
  const letters = rows.map(({ name, unit }) => name.length + unit.length + 1)
  return Math.min(300, 20 + letter * Math.max(10, ...letters))
}

const shown = (cell: Cell) =>
  cell === null ? '–' : typeof cell === 'number' ? formatNumber(cell) : cell

interface GridProps {
  readonly grid: Grid
  readonly sorting: SortingState
  readonly onSort: (column: number) => void
  /** Enter or a double click on a cell of a line. */
  readonly onOpen: (place: Place) => void
  readonly label: string
}

/**
 * A table of any size as a grid for keyboard and mouse: only what is in sight is drawn, heads and
 * names stay, arrows walk, Shift extends, Ctrl-C copies what is selected in full precision.
 */
export function StreamGrid({ grid, sorting, onSort, onOpen, label }: GridProps) {
  const id = useId()
  const scroller = useRef<HTMLDivElement>(null)
  const names = nameWidth(grid)
  const rows = useVirtualizer({
    count: grid.rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 6,
    paddingStart: headHeight,
    scrollPaddingStart: headHeight,
    getItemKey: (k) => grid.rows[k]?.id ?? k,
  })
  const columns = useVirtualizer({
    horizontal: true,
    count: grid.heads.length,
    getScrollElement: () => scroller.current,
    estimateSize: (k) => {
      const head = grid.heads[k]
      return head === undefined ? 100 : widthOf(head)
    },
    overscan: 3,
    paddingStart: names,
    scrollPaddingStart: names,
    getItemKey: (k) => grid.heads[k]?.id ?? k,
  })
  const { active, range, press, point } = useSelection(grid, {
    page: () => Math.max(1, Math.floor((scroller.current?.clientHeight ?? 0) / rowHeight) - 2),
    reveal: ({ row, column }) => {
      if (row >= 0) rows.scrollToIndex(row)
      if (column >= 0) columns.scrollToIndex(column)
    },
    onSort,
    onOpen,
  })
  const inSight = columns.getVirtualItems()
  const shared = { grid, id, active, range, names, columns: inSight, point }
  return (
    <div
      ref={scroller}
      className="streams-grid"
      role="grid"
      tabIndex={0}
      aria-label={label}
      aria-rowcount={grid.rows.length + 1}
      aria-colcount={grid.heads.length + 1}
      aria-multiselectable="true"
      aria-activedescendant={`${id}-${active.row}-${active.column}`}
      onKeyDown={press}
      onCopy={(event) => {
        event.preventDefault()
        event.clipboardData.setData('text/plain', tabbed(cellsOf(grid, range)))
      }}
    >
      <div
        role="rowgroup"
        className="streams-sheet"
        style={{ height: rows.getTotalSize(), width: columns.getTotalSize() }}
      >
        <Heads {...shared} sorting={sorting} onSort={onSort} />
        {rows.getVirtualItems().map((item) => (
          <Row key={item.key} {...shared} item={item} onOpen={onOpen} />
        ))}
      </div>
    </div>
  )
}

interface Shared {
  readonly grid: Grid
  readonly id: string
  readonly active: Place
  readonly range: Range
  readonly names: number
  readonly columns: readonly VirtualItem[]
  readonly point: (place: Place) => (event: PointerEvent) => void
}

function Row({
  item,
  onOpen,
  ...shared
}: Shared & { readonly item: VirtualItem; readonly onOpen: (place: Place) => void }) {
  const { grid, names, columns } = shared
  const cells = grid.rows[item.index]?.cells
  if (cells === undefined) return null
  return (
    <div
      role="row"
      aria-rowindex={item.index + 2}
      className="streams-row"
      style={{ transform: `translateY(${item.start}px)`, height: rowHeight }}
    >
      <GridCell
        {...shared}
        place={{ row: item.index, column: -1 }}
        className="streams-name"
        role="rowheader"
        style={{ width: names }}
        onOpen={onOpen}
      />
      {columns.map(({ key, index, start, size }) => {
        const isText = grid.heads[index]?.isText === true || typeof cells[index] === 'string'
        return (
          <GridCell
            key={key}
            {...shared}
            place={{ row: item.index, column: index }}
            className={isText ? 'streams-cell streams-cell-text' : 'streams-cell'}
            role="gridcell"
            style={{ left: start, width: size }}
            onOpen={onOpen}
          />
        )
      })}
    </div>
  )
}

function GridCell({
  grid,
  id,
  active,
  range,
  point,
  place,
  className,
  role,
  style,
  onOpen,
}: Shared & {
  readonly place: Place
  readonly className: string
  readonly role: 'gridcell' | 'rowheader'
  readonly style: CSSProperties
  readonly onOpen: (place: Place) => void
}) {
  const value = cellAt(grid, place)
  const isActive = place.row === active.row && place.column === active.column
  return (
    <div
      id={`${id}-${place.row}-${place.column}`}
      role={role}
      aria-colindex={place.column + 2}
      aria-selected={isWithin(range, place)}
      className={className}
      data-active={isActive ? '' : undefined}
      data-zero={value === 0 ? '' : undefined}
      style={style}
      title={value === null ? undefined : `${value}`}
      onPointerDown={point(place)}
      onPointerEnter={point(place)}
      onDoubleClick={() => onOpen(place)}
    >
      {shown(value)}
    </div>
  )
}

function Heads({
  grid,
  id,
  active,
  names,
  columns,
  point,
  sorting,
  onSort,
}: Shared & { readonly sorting: SortingState; readonly onSort: (column: number) => void }) {
  const head = (column: number, name: string, unit: string, own: string, style: CSSProperties) => (
    <Head
      key={own}
      id={`${id}--1-${column}`}
      column={column}
      name={name}
      unit={unit}
      direction={directionOf(sorting, own)}
      isActive={active.row === -1 && active.column === column}
      style={style}
      onPoint={point({ row: -1, column })}
      onSort={() => onSort(column)}
    />
  )
  return (
    <div role="row" aria-rowindex={1} className="streams-heads" style={{ height: headHeight }}>
      {head(-1, grid.corner, '', nameColumn, { left: 0, width: names })}
      {columns.map(({ index, start, size }) => {
        const own = grid.heads[index]
        if (own === undefined) return null
        return head(index, own.name, own.unit, own.id, { left: start, width: size })
      })}
    </div>
  )
}

function directionOf(sorting: SortingState, id: string): 'ascending' | 'descending' | undefined {
  const found = sorting.find((sort) => sort.id === id)
  return found === undefined ? undefined : found.desc ? 'descending' : 'ascending'
}

function Head({
  id,
  column,
  name,
  unit,
  direction,
  isActive,
  style,
  onPoint,
  onSort,
}: {
  readonly id: string
  readonly column: number
  readonly name: string
  readonly unit: string
  readonly direction: 'ascending' | 'descending' | undefined
  readonly isActive: boolean
  readonly style: CSSProperties
  readonly onPoint: (event: PointerEvent) => void
  readonly onSort: () => void
}) {
  return (
    <div
      id={id}
      role="columnheader"
      aria-colindex={column + 2}
      aria-sort={direction ?? 'none'}
      className={column < 0 ? 'streams-head streams-head-name' : 'streams-head'}
      data-active={isActive ? '' : undefined}
      style={style}
      title={`sort by ${name}`}
      onPointerDown={onPoint}
      onClick={onSort}
    >
      <span>
        {name}
        {direction !== undefined && (
          <span aria-hidden="true">{direction === 'ascending' ? ' ▲' : ' ▼'}</span>
        )}
      </span>
      <span className="streams-unit">{unit}</span>
    </div>
  )
}
