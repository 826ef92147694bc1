import { type DragEvent, useEffect, useId, useState } from 'react'
import { engine } from '../engine/client.ts'
import type { tasks, TestTable } from '../engine/tasks/workbench.ts'
import type { FitForm } from './fit-wish.ts'

interface Props {
  readonly form: FitForm
  readonly onForm: (form: FitForm) => void
}

type Reading =
  | { readonly ok: true; readonly tests: number; readonly elements: readonly string[] }
  | { readonly ok: false; readonly problems: readonly string[] }

/** How a table is read, a moment after the last letter. */
function useReading(table: TestTable | undefined, extractant: string): Reading | undefined {
  const [reading, setReading] = useState<Reading>()
  useEffect(() => {
    if (table === undefined || table.text.trim() === '') {
      setReading(undefined)
      return undefined
    }
    let isWanted = true
    const wait = setTimeout(() => {
      void engine()
        .tasks<typeof tasks>('workbench')
        .readTests({ table, extractant })
        .then((found) => {
          if (isWanted) setReading(found)
        })
    }, 200)
    return () => {
      isWanted = false
      clearTimeout(wait)
    }
  }, [table, extractant])
  return reading
}

const named = (name: string, tables: readonly TestTable[]) => {
  const taken = new Set(tables.map((t) => t.name))
  if (!taken.has(name)) return name
  let number = 2
  while (taken.has(`${name}-${number}`)) number++
  return `${name}-${number}`
}

/** Names of places are asked for without spaces: `tests.csv:7`. */
const fileName = (name: string) => name.replaceAll(/[\s,:]+/g, '-')

const heads =
  'source\textractant mol/L\tH feed mol/L\tO:A\tNd feed mol/L\tPr feed mol/L\tNd D\tPr D\tnote'

function Said({ reading }: { readonly reading: Reading | undefined }) {
  if (reading === undefined)
    return (
      <p className="circuit-hint">
        The first line names the columns, the unit stands in the head: extractant mol/L, H feed
        mol/L or feed pH, O:A, Nd feed g/L, and what was measured: Nd D, Nd aqueous g/L, Nd organic
        g/L, pH, each with an error as in Nd D ± %.
      </p>
    )
  if (reading.ok)
    return (
      <p className="circuit-hint" role="status">
        Read: {reading.tests} tests of {reading.elements.join(', ')}.
      </p>
    )
  return (
    <div className="parts-problems" role="status">
      {reading.problems.slice(0, 12).map((text) => (
        <p key={text}>{text}</p>
      ))}
      {reading.problems.length > 12 && <p>and {reading.problems.length - 12} more.</p>}
    </div>
  )
}

/** Names of the tables, to look at one or drop it. */
function TableList({ form, onForm }: Props) {
  const { tables, shown } = form
  const drop = (k: number) => {
    const left = tables.filter((_, j) => j !== k)
    onForm({ ...form, tables: left.length === 0 ? [{ name: 'pasted', text: '' }] : left, shown: 0 })
  }
  return (
    <div className="parts-chips" role="group" aria-label="Tables">
      {tables.map(({ name }, k) => (
        <button
          key={name}
          type="button"
          className="parts-chip"
          aria-pressed={k === shown}
          onClick={() => onForm({ ...form, shown: k })}
        >
          {name}
        </button>
      ))}
      {(tables.length > 1 || tables[0]?.text !== '') && (
        <button type="button" className="parts-quiet" onClick={() => drop(shown)}>
          drop {tables[shown]?.name}
        </button>
      )}
    </div>
  )
}

/** Where measurements come in: pasted from a spreadsheet, or as CSV files. */
export function FitData({ form, onForm }: Props) {
  const own = useId()
  const { tables, shown, extractant } = form
  const table = tables[shown] ?? tables[0]
  const reading = useReading(table, extractant)
  const write = (text: string) =>
    onForm({ ...form, tables: tables.map((t, k) => (k === shown ? { ...t, text } : t)) })
  const take = async (files: readonly File[]) => {
    const read = await Promise.all(files.map(async (f) => ({ name: f.name, text: await f.text() })))
    let next = tables.filter(({ text }) => text.trim() !== '')
    for (const { name, text } of read) next = [...next, { name: named(fileName(name), next), text }]
    if (next.length > 0) onForm({ ...form, tables: next, shown: next.length - 1 })
  }
  const drop = (event: DragEvent) => {
    if (event.dataTransfer.files.length === 0) return
    event.preventDefault()
    event.stopPropagation()
    void take([...event.dataTransfer.files])
  }
  const more = () => {
    const next = [...tables, { name: named('pasted', tables), text: '' }]
    onForm({ ...form, tables: next, shown: next.length - 1 })
  }
  return (
    <section aria-label="Measurements" onDrop={drop} onDragOver={(event) => event.preventDefault()}>
      <TableList form={form} onForm={onForm} />
      <div className="parts-field workbench-paste">
        <label htmlFor={own}>Shake-out tests: paste from a spreadsheet, or drop a CSV here</label>
        <textarea
          id={own}
          rows={9}
          spellCheck={false}
          placeholder={heads}
          value={table?.text ?? ''}
          onChange={(event) => write(event.target.value)}
        />
      </div>
      <div className="parts-fields">
        <label className="parts-button workbench-file">
          Open a CSV
          <input
            type="file"
            accept=".csv,.tsv,.txt,text/csv"
            multiple
            onChange={(event) => void take([...(event.target.files ?? [])])}
          />
        </label>
        <button type="button" className="parts-button" onClick={more}>
          Another table
        </button>
      </div>
      <Said reading={reading} />
    </section>
  )
}
