import type { ReactNode } from 'react'
import type { Cell } from '../../../src/report/cells.ts'
import { ExportBar } from '../circuit/parts/ExportBar.tsx'

/** A column of a table that can be taken along. */
export interface Column<Row> {
  readonly id: string
  readonly head: string
  /** Words, written from the left; numbers from the right. */
  readonly words?: 'short' | 'long'
  /** At full precision, for the clipboard and for files. */
  readonly value: (row: Row) => Cell
  /** As it is shown; the value where left out. */
  readonly show?: (row: Row) => ReactNode
  /** Said below it, small: how a number came about, and where from. */
  readonly under?: (row: Row) => ReactNode
  /** Only taken along: on the page it is said elsewhere. */
  readonly onlyTaken?: true
}

interface TakenProps<Row> {
  /** What the table holds, for those who hear the page. */
  readonly label: string
  /** Of the file that is saved, without an ending. */
  readonly file: string
  readonly columns: readonly Column<Row>[]
  readonly rows: readonly Row[]
  readonly keyOf: (row: Row, index: number) => string
  /** A last row: sums. */
  readonly foot?: Row
  /** Said where there is no row. */
  readonly empty: string
}

/** A table that can be copied into a spreadsheet and saved as CSV, at full precision. */
export function Taken<Row>({ label, file, columns, rows, keyOf, foot, empty }: TakenProps<Row>) {
  if (rows.length === 0) return <p>{empty}</p>
  const seen = columns.filter(({ onlyTaken }) => onlyTaken === undefined)
  const cells = () => [
    columns.map(({ head }) => head),
    ...[...rows, ...(foot === undefined ? [] : [foot])].map((row) =>
      columns.map(({ value }) => value(row)),
    ),
  ]
  return (
    <>
      <div className="area-scroll" tabIndex={0} role="region" aria-label={label}>
        <table className="table">
          <thead>
            <tr>
              {seen.map(({ id, head, words }) => (
                <th key={id} scope="col" className={classOf(words)}>
                  {head}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row, index) => (
              <Line key={keyOf(row, index)} row={row} columns={seen} />
            ))}
          </tbody>
          {foot === undefined ? null : (
            <tfoot>
              <Line row={foot} columns={seen} />
            </tfoot>
          )}
        </table>
      </div>
      <ExportBar name={file} data={cells} />
    </>
  )
}

const classOf = (words: Column<never>['words']) =>
  words === undefined ? undefined : words === 'long' ? 'table-text table-long' : 'table-text'

function Line<Row>({
  row,
  columns,
}: {
  readonly row: Row
  readonly columns: readonly Column<Row>[]
}) {
  return (
    <tr>
      {columns.map(({ id, words, show, value, under }, index) => {
        const own = show === undefined ? value(row) : show(row)
        const shown =
          under === undefined ? (
            own
          ) : (
            <>
              {own}
              <div className="money-under">{under(row)}</div>
            </>
          )
        return index === 0 ? (
          <th key={id} scope="row">
            {shown}
          </th>
        ) : (
          <td key={id} className={classOf(words)}>
            {shown}
          </td>
        )
      })}
    </tr>
  )
}
