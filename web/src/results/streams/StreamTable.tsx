import { useEffect, useMemo, useState } from 'react'
import type { SortingState } from '@tanstack/react-table'
import { elementOrder } from '../../../../src/draw/palette.ts'
import {
  columnSets,
  streamColumns,
  type ColumnSet,
  type UnitSystem,
} from '../../../../src/report/stream-columns.ts'
import type { Solution } from '../../../../src/scenario/index.ts'
import { href } from '../../app/router.ts'
import { select, useWorkspace, workspace } from '../../document/store.ts'
import { engine } from '../../engine/client.ts'
import type { tasks } from '../../engine/tasks/results.ts'
import { useComparison } from '../comparison.tsx'
import { StreamGrid } from './StreamGrid.tsx'
import { csvOf, tabbed } from '../../ui/cells.ts'
import { saveFile, stemOf, workbookOf } from './download.ts'
import { allOf, gridOf, withColumns, withLines, type Place } from './grid.ts'
import { useSorted } from './use-rows.ts'
import './streams.css'

interface Settings {
  readonly sets: readonly ColumnSet[]
  readonly units: UnitSystem
  readonly elementsAs: 'rate' | 'concentration'
  readonly isTurned: boolean
  readonly lines: string
  readonly columns: string
  readonly sorting: SortingState
}

/** Kept while the page is open, so that the dock and the page show the same table. */
let kept: Settings = {
  sets: ['state', 'elements'],
  units: 'hour',
  elementsAs: 'rate',
  isTurned: false,
  lines: '',
  columns: '',
  sorting: [],
}

/** Every line of the plant with the columns that are asked for. */
export function StreamTable({ compact = false }: { readonly compact?: boolean }) {
  const { now } = useComparison()
  const [settings, setSettings] = useState(kept)
  const change = (next: Partial<Settings>) => {
    kept = { ...settings, ...next }
    setSettings(kept)
  }
  const solution = useWithPH(now, settings.sets.includes('state'))
  const grid = useMemo(() => {
    const { sets, units, elementsAs, isTurned, lines, columns } = settings
    const found = withLines(solution, lines)
    const all = streamColumns(found, { sets, units, elementsAs, order: elementOrder })
    return gridOf(found, withColumns(all, columns), isTurned)
  }, [solution, settings])
  const sorted = useSorted(grid, settings.sorting, (sorting) => change({ sorting }))
  const open = ({ row, column }: Place) => {
    const name = settings.isTurned ? grid.heads[column]?.name : sorted.grid.rows[row]?.name
    if (name !== undefined && Object.hasOwn(now.streams, name)) select({ kind: 'stream', name })
  }
  const isEmpty = sorted.grid.rows.length === 0 || grid.heads.length === 0
  return (
    <div className={compact ? 'streams streams-compact' : 'streams'}>
      <div className="streams-controls">
        <LineFilter settings={settings} onChange={change} />
        {!compact && <ColumnFilter settings={settings} onChange={change} />}
        {!compact && <Units settings={settings} onChange={change} />}
        <Sets settings={settings} onChange={change} solution={now} />
        {compact ? (
          <a href={href('results', 'streams')}>Units and files</a>
        ) : (
          <Exports solution={solution} rows={() => allOf(sorted.grid)} />
        )}
      </div>
      {isEmpty ? (
        <p>
          No line or no column is left:{' '}
          <button type="button" onClick={() => change({ lines: '', columns: '' })}>
            show all
          </button>
        </p>
      ) : (
        <StreamGrid
          key={`${settings.isTurned}`}
          grid={sorted.grid}
          sorting={settings.sorting}
          onSort={sorted.sortBy}
          onOpen={open}
          label="Stream table"
        />
      )}
    </div>
  )
}

const setNames: Readonly<Record<ColumnSet, string>> = {
  ends: 'from and to',
  state: 'mass, temperature, pH',
  elements: 'elements',
  species: 'species',
  phases: 'phases',
  tracers: 'tracers',
}

interface FormProps {
  readonly settings: Settings
  readonly onChange: (next: Partial<Settings>) => void
}

function LineFilter({ settings, onChange }: FormProps) {
  return (
    <label className="streams-field">
      <span>Lines</span>
      <input
        type="search"
        value={settings.lines}
        placeholder="name or unit"
        onChange={(event) => onChange({ lines: event.target.value })}
      />
    </label>
  )
}

function ColumnFilter({ settings, onChange }: FormProps) {
  return (
    <label className="streams-field">
      <span>Columns</span>
      <input
        type="search"
        value={settings.columns}
        placeholder="Nd, Dy, mass"
        onChange={(event) => onChange({ columns: event.target.value })}
      />
    </label>
  )
}

function Sets({ settings, onChange, solution }: FormProps & { readonly solution: Solution }) {
  const { sets } = settings
  const hasTracers = Object.values(solution.streams).some(({ tracers }) => tracers !== undefined)
  const toggle = (set: ColumnSet) =>
    onChange({ sets: sets.includes(set) ? sets.filter((own) => own !== set) : [...sets, set] })
  return (
    <fieldset className="streams-sets">
      <legend>Show</legend>
      {columnSets
        .filter((set) => set !== 'tracers' || hasTracers)
        .map((set) => (
          <label key={set}>
            <input type="checkbox" checked={sets.includes(set)} onChange={() => toggle(set)} />
            {setNames[set]}
          </label>
        ))}
    </fieldset>
  )
}

function Units({ settings, onChange }: FormProps) {
  return (
    <>
      <label className="streams-field">
        <span>Rates</span>
        <select
          value={settings.units}
          onChange={(event) => onChange({ units: event.target.value as UnitSystem })}
        >
          <option value="hour">kg/h, mol/h, L/h</option>
          <option value="year">t/y, kmol/y, m3/y</option>
          <option value="SI">kg/s, mol/s, m3/s</option>
        </select>
      </label>
      <label className="streams-field">
        <span>Elements</span>
        <select
          value={settings.elementsAs}
          onChange={(event) =>
            onChange({ elementsAs: event.target.value as Settings['elementsAs'] })
          }
        >
          <option value="rate">as rates</option>
          <option value="concentration">in g/L of liquid</option>
        </select>
      </label>
      <label className="streams-check">
        <input
          type="checkbox"
          checked={settings.isTurned}
          onChange={(event) => onChange({ isTurned: event.target.checked, sorting: [] })}
        />
        lines as columns
      </label>
    </>
  )
}

function Exports({
  solution,
  rows,
}: {
  readonly solution: Solution
  readonly rows: () => ReturnType<typeof allOf>
}) {
  const stem = stemOf(useWorkspace((w) => w.file))
  const [said, setSaid] = useState('')
  const run = async (what: string, make: () => Promise<void>) => {
    try {
      await make()
      setSaid(what)
    } catch (error) {
      setSaid(error instanceof Error ? error.message : 'It did not work; try again.')
    }
  }
  const asText = async () => navigator.clipboard.writeText(tabbed(rows()))
  const asCsv = async () =>
    saveFile(`${stem}-streams.csv`, new Blob([await csvOf(rows())], { type: 'text/csv' }))
  const asXlsx = async () => saveFile(`${stem}.xlsx`, await workbookOf(solution, rows()))
  return (
    <div className="streams-exports">
      <button type="button" onClick={() => void run('The table is in the clipboard.', asText)}>
        Copy table
      </button>
      <button type="button" onClick={() => void run('The CSV file is saved.', asCsv)}>
        CSV
      </button>
      <button type="button" onClick={() => void run('The workbook is saved.', asXlsx)}>
        XLSX
      </button>
      <span role="status">{said}</span>
    </div>
  )
}

/** How long the plant must stand still before every liquor is asked for its pH, ms. */
const calm = 300

interface Known {
  readonly of: Solution
  readonly byStream: Readonly<Record<string, number>>
}

/**
 * The solution with the pH of every liquor. Live solving leaves pH out, so it is asked for when it
 * is shown and the plant stands still; until then there is none.
 */
function useWithPH(solution: Solution, isWanted: boolean): Solution {
  const [known, setKnown] = useState<Known>()
  const isThere = known?.of === solution
  useEffect(() => {
    if (!isWanted || isThere) return
    let isLeft = false
    // The worker answers for the plant that it has in hand: it must be the one that is shown.
    const isInHand = () => workspace().state === 'solved' && workspace().solution === solution
    const ask = async () => {
      if (!isInHand()) return
      const byStream = await engine().tasks<typeof tasks>('results').pH(undefined)
      if (!isLeft && isInHand()) setKnown({ of: solution, byStream })
    }
    const timer = setTimeout(() => void ask(), calm)
    return () => {
      clearTimeout(timer)
      isLeft = true
    }
  }, [isWanted, isThere, solution])
  return useMemo(() => {
    if (!isWanted || known?.of !== solution) return solution
    const streams = Object.entries(solution.streams).map(([name, stream]) => {
      const pH = known.byStream[name]
      return [name, pH === undefined ? stream : { ...stream, pH }] as const
    })
    return { ...solution, streams: Object.fromEntries(streams) }
  }, [solution, known, isWanted])
}
