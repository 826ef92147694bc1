import { useRef, type ClipboardEvent, type KeyboardEvent } from 'react'
import { cellsOf, paste, put, type Grid } from './grid.ts'

/** What is wrong in a cell, by `row column` counted from 0. */
export type CellProblems = ReadonlyMap<string, string>

interface Props {
  readonly grid: Grid
  readonly problems: CellProblems
  readonly onChange: (grid: Grid, isPasted: boolean) => void
}

/** A table that is typed into and pasted into; arrows and Enter go from cell to cell. */
export function GridEditor({ grid, problems, onChange }: Props) {
  const table = useRef<HTMLTableElement>(null)
  const go = (row: number, column: number) =>
    table.current?.querySelector<HTMLElement>(`[data-cell="${row} ${column}"]`)?.focus()
  const onKey = (event: KeyboardEvent<HTMLInputElement>, row: number, column: number) => {
    const step = { ArrowUp: -1, ArrowDown: 1, Enter: event.shiftKey ? -1 : 1 }[event.key]
    if (step === undefined || event.altKey) return
    event.preventDefault()
    if (event.key === 'Enter' && row + step === grid.length) {
      onChange([...grid, (grid[0] ?? []).map(() => '')], false)
      setTimeout(() => go(row + step, column))
    } else go(row + step, column)
  }
  const onPaste = (event: ClipboardEvent, row: number, column: number) => {
    const cells = cellsOf(event.clipboardData.getData('text/plain'))
    if (cells === undefined) return
    event.preventDefault()
    onChange(paste(grid, row, column, cells), true)
  }
  const width = Math.max(...grid.map((cells) => cells.length))
  return (
    <div className="ledger-grid-scroll">
      <table
        className="ledger-grid-table"
        ref={table}
        aria-label="Results, the first row names the columns"
      >
        <tbody>
          {grid.map((_, row) => (
            <tr key={row}>
              <th scope="row">{row + 1}</th>
              {Array.from({ length: width }, (_, column) => (
                <Cell
                  key={column}
                  grid={grid}
                  row={row}
                  column={column}
                  wrong={problems.get(`${row} ${column}`)}
                  onText={(text) => onChange(put(grid, row, column, text), false)}
                  onKey={(event) => onKey(event, row, column)}
                  onPaste={(event) => onPaste(event, row, column)}
                />
              ))}
              {row > 0 ? null : (
                <AddColumn
                  onAdd={() =>
                    onChange(
                      grid.map((line) => [...line, '']),
                      false,
                    )
                  }
                />
              )}
            </tr>
          ))}
        </tbody>
      </table>
      <button
        type="button"
        className="button-quiet"
        onClick={() => onChange([...grid, (grid[0] ?? []).map(() => '')], false)}
      >
        + Add a line
      </button>
    </div>
  )
}

function labelOf(grid: Grid, row: number, column: number): string {
  if (row === 0) return `Head of column ${column + 1}`
  const head = grid[0]?.[column] ?? ''
  return `Row ${row + 1}, ${head === '' ? `column ${column + 1}` : head}`
}

interface CellProps {
  readonly grid: Grid
  readonly row: number
  readonly column: number
  readonly wrong: string | undefined
  readonly onText: (text: string) => void
  readonly onKey: (event: KeyboardEvent<HTMLInputElement>) => void
  readonly onPaste: (event: ClipboardEvent) => void
}

function Cell({ grid, row, column, wrong, onText, onKey, onPaste }: CellProps) {
  return (
    <td data-wrong={wrong !== undefined} title={wrong}>
      <input
        data-cell={`${row} ${column}`}
        data-head={row === 0}
        aria-label={labelOf(grid, row, column)}
        aria-invalid={wrong !== undefined}
        spellCheck={false}
        autoComplete="off"
        value={grid[row]?.[column] ?? ''}
        onChange={(event) => onText(event.target.value)}
        onKeyDown={onKey}
        onPaste={onPaste}
      />
    </td>
  )
}

const AddColumn = ({ onAdd }: { readonly onAdd: () => void }) => (
  <td>
    <button
      type="button"
      className="button-quiet"
      aria-label="Add a column"
      title="Add a column"
      onClick={onAdd}
    >
      +
    </button>
  </td>
)
