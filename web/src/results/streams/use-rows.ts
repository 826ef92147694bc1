import {
  createSortedRowModel,
  rowSortingFeature,
  tableFeatures,
  useTable,
  type ColumnDef,
  type SortingState,
} from '@tanstack/react-table'
import { useMemo } from 'react'
import { compareCells, type Grid, type GridRow } from './grid.ts'

const features = tableFeatures({ rowSortingFeature, sortedRowModel: createSortedRowModel() })

export interface SortedGrid {
  readonly grid: Grid
  readonly sorting: SortingState
  /** Sorts by a column: falling, rising, as given; -1 sorts by name. */
  readonly sortBy: (column: number) => void
}

/** The rows of a grid in the order that the person asks for. */
export function useSorted(
  grid: Grid,
  sorting: SortingState,
  onSorting: (next: SortingState) => void,
): SortedGrid {
  const columns = useMemo((): ColumnDef<typeof features, GridRow>[] => {
    const named: ColumnDef<typeof features, GridRow> = {
      id: nameColumn,
      accessorFn: (row) => row.name,
      sortFn: (a, b) => compareCells(a.original.name, b.original.name),
    }
    const others = grid.heads.map(
      ({ id }, k): ColumnDef<typeof features, GridRow> => ({
        id,
        accessorFn: (row) => row.cells[k] ?? undefined,
        sortUndefined: 'last',
        sortDescFirst: true,
        sortFn: (a, b) => compareCells(a.original.cells[k] ?? null, b.original.cells[k] ?? null),
      }),
    )
    return [named, ...others]
  }, [grid.heads])
  const data = grid.rows as GridRow[]
  const table = useTable({
    features,
    columns,
    data,
    getRowId: (row) => row.id,
    state: { sorting },
    onSortingChange: (updater) => {
      onSorting(typeof updater === 'function' ? updater(sorting) : updater)
    },
  })
  const order = table.getRowModel().rows
  const rows = order.map(({ original }) => original)
  const sortBy = (column: number) => {
    const id = column < 0 ? nameColumn : grid.heads[column]?.id
    if (id !== undefined) table.getColumn(id)?.toggleSorting()
  }
  return { grid: { ...grid, rows }, sorting, sortBy }
}

/** Id of the column of names; no line and no column is called so. */
export const nameColumn = '\u0000name'
