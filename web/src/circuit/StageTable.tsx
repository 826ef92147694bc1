import { memo, useDeferredValue, useMemo } from 'react'
import type { SolvedCircuit } from '../../../src/scenario/index.ts'
import { formatNumber } from '../ui/format.ts'
import { ExportBar } from './parts/ExportBar.tsx'
import { stageCells, stageColumns, type TableColumn } from './stage-table.ts'

interface Props {
  readonly name: string
  readonly circuit: SolvedCircuit
  /** Only columns of these elements, besides those of none. */
  readonly only?: readonly string[]
}

const isOf = (column: TableColumn, only: readonly string[]) => {
  const named = /^(?:β )?([A-Z][a-z]?4?)(?:\/([A-Z][a-z]?))?(?: (?:aqueous|organic|D))?$/.exec(
    column.id,
  )
  const isMetal = / (aqueous|organic|D)$|^β /.test(column.id)
  if (!isMetal || named === null) return true
  return only.includes(named[1] ?? '') && (named[2] === undefined || only.includes(named[2]))
}

/** The stages as a table; while a slider moves it may lag, so that the slider does not. */
export function StageTable(props: Props) {
  const circuit = useDeferredValue(props.circuit)
  return <Table {...props} circuit={circuit} />
}

/** Every column, or those of some elements. */
const Table = memo(function Table({ name, circuit, only }: Props) {
  const columns = useMemo(() => {
    const all = stageColumns(circuit)
    return only === undefined ? all : all.filter((column) => isOf(column, only))
  }, [circuit, only])
  return (
    <div>
      <div className="circuit-foot">
        <span className="circuit-hint">
          {only === undefined ? 'every column' : 'the elements chosen'}; copied with full precision
        </span>
        <ExportBar name={`${name}-stages`} data={() => stageCells(circuit)} />
      </div>
      <div className="circuit-scroll" tabIndex={0} role="region" aria-label={`Stages of ${name}`}>
        <table className="circuit-table">
          <thead>
            <tr>
              {columns.map(({ id, head, unit }) => (
                <th key={id} scope="col">
                  {head}
                  <span className="circuit-unit">{unit === '' ? '\u00a0' : unit}</span>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {circuit.stages.map((stage) => (
              <tr key={stage.index}>
                {columns.map(({ id, value }, k) => {
                  const v = value(stage)
                  const text = typeof v === 'string' ? v : formatNumber(v)
                  return k === 0 ? (
                    <th key={id} scope="row">
                      {text}
                    </th>
                  ) : (
                    <td
                      key={id}
                      className={typeof v === 'string' ? 'circuit-words' : undefined}
                      title={typeof v === 'string' ? undefined : String(v)}
                    >
                      {text}
                    </td>
                  )
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </div>
  )
})
