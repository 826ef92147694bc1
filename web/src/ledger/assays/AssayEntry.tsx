import { useState } from 'react'
import { useRoute } from '../../app/router.ts'
import { Block } from '../../ui/Area.tsx'
import { recorded } from '../asked.ts'
import { send, type Trouble } from '../client.ts'
import { fieldTime, timeOfField, withOffset } from '../parts/figures.ts'
import { Asked } from '../parts/pieces.tsx'
import { Said } from '../parts/Shown.tsx'
import type { AssayAnswer } from '../said.ts'
import { Answer } from './Answer.tsx'
import { asGrid, emptyGrid, placeOf, trimmed, type Grid } from './grid.ts'
import { GridEditor, type CellProblems } from './GridEditor.tsx'
import { readFile } from './read-file.ts'

interface Defaults {
  readonly laboratory: string
  readonly method: string
  readonly status: 'provisional' | 'final'
  readonly condition: 'wet' | 'dry'
  readonly k: string
  readonly time: string
}

const usual: Defaults = {
  laboratory: '',
  method: '',
  status: 'final',
  condition: 'wet',
  k: '2',
  time: '',
}

type State =
  | { readonly stage: 'none' | 'waiting' }
  | { readonly stage: 'answered'; readonly answer: AssayAnswer }
  | { readonly stage: 'refused'; readonly trouble: Trouble }

/** Results of a laboratory, pasted from a spreadsheet: looked at, then recorded. */
export function AssayEntry() {
  const lot = useRoute().query.get('lot')
  const [grid, setGrid] = useState<Grid>(() => emptyGrid(lot === null ? [] : [lot]))
  const [defaults, setDefaults] = useState(usual)
  const [state, setState] = useState<State>({ stage: 'none' })
  const ask = async (rows: Grid, isPreview: boolean) => {
    setState({ stage: 'waiting' })
    const body = { rows: trimmed(rows), defaults: stated(defaults) }
    const path = isPreview ? 'api/ledger/assays?preview=1' : 'api/ledger/assays'
    const answer = await send<AssayAnswer>('POST', path, body)
    if (!answer.ok) return setState({ stage: 'refused', trouble: answer })
    setState({ stage: 'answered', answer: answer.value })
    if (!isPreview) recorded()
  }
  const problems = problemsOf(state)
  return (
    <Block title="Results of a laboratory">
      <p className="area-line">
        Copy the table in the spreadsheet and paste it into the first cell, heads and all. A line is
        a lot or a sample; heads say what the columns hold: Lot, Nd %, Dy ppm, Nd2O3 %, H2O %, ±.
        Write <code>&lt; 5</code> for below the limit.
      </p>
      <DefaultFields defaults={defaults} onChange={setDefaults} />
      <GridEditor
        grid={grid}
        problems={problems}
        onChange={(next, isPasted) => {
          setGrid(next)
          if (isPasted) void ask(next, true)
          else if (state.stage !== 'none') setState({ stage: 'none' })
        }}
      />
      <Buttons
        isWaiting={state.stage === 'waiting'}
        onFile={(rows) => {
          const next = asGrid(rows)
          setGrid(next)
          void ask(next, true)
        }}
        onPreview={() => void ask(grid, true)}
        onRecord={() => void ask(grid, false)}
        onClear={() => {
          setGrid(emptyGrid())
          setState({ stage: 'none' })
        }}
      />
      <Outcome state={state} problems={problems} />
    </Block>
  )
}

/** Defaults that say something, as the server takes them. */
function stated({ laboratory, method, status, condition, k, time }: Defaults) {
  const text = (value: string) => (value.trim() === '' ? undefined : value.trim())
  return {
    laboratory: text(laboratory),
    method: text(method),
    status,
    condition,
    k: Number(k) > 0 ? Number(k) : undefined,
    time: text(time),
  }
}

function problemsOf(state: State): CellProblems {
  if (state.stage === 'answered') {
    const refused = state.answer.assays.filter(({ status }) => status !== 'accepted')
    return new Map(refused.map(({ row, detail }) => [`${row - 1} 0`, detail]))
  }
  if (state.stage !== 'refused') return new Map()
  return new Map(
    state.trouble.problems.flatMap(({ path, message, expected }) => {
      const place = placeOf(path)
      const words = expected === '' ? message : `${message}: ${expected}`
      return place === undefined ? [] : [[place.join(' '), words] as const]
    }),
  )
}

function Outcome({ state, problems }: { readonly state: State; readonly problems: CellProblems }) {
  if (state.stage === 'waiting') return <p role="status">Asking the ledger …</p>
  if (state.stage === 'answered') return <Answer answer={state.answer} />
  if (state.stage !== 'refused') return null
  if (problems.size === 0) return <Said trouble={state.trouble} />
  return (
    <div role="alert">
      <p className="ledger-wrong">
        {problems.size === 1 ? 'One cell' : `${problems.size} cells`} to put right:
      </p>
      <ul className="ledger-problems">
        {state.trouble.problems.slice(0, 20).map(({ path, message, expected }) => (
          <li key={`${path} ${message}`}>
            <strong>{path}</strong>: {message}
            {expected === '' ? '' : `: ${expected}`}
          </li>
        ))}
      </ul>
    </div>
  )
}

interface ButtonsProps {
  readonly isWaiting: boolean
  readonly onFile: (rows: Grid) => void
  readonly onPreview: () => void
  readonly onRecord: () => void
  readonly onClear: () => void
}

function Buttons({ isWaiting, onFile, onPreview, onRecord, onClear }: ButtonsProps) {
  const [said, setSaid] = useState('')
  const take = async (file: File | undefined) => {
    if (file === undefined) return
    const rows = await readFile(file)
    setSaid(rows === undefined ? `${file.name} cannot be read: save it as CSV or XLSX.` : '')
    if (rows !== undefined) onFile(rows)
  }
  return (
    <div className="ledger-buttons">
      <button type="button" className="button ledger-main" disabled={isWaiting} onClick={onRecord}>
        Record the results
      </button>
      <button type="button" className="button" disabled={isWaiting} onClick={onPreview}>
        What would change?
      </button>
      <label className="button ledger-button ledger-file">
        Open a file (CSV, XLSX)
        <input
          type="file"
          accept=".csv,.xlsx,text/csv"
          onChange={(event) => void take(event.target.files?.[0])}
        />
      </label>
      <button type="button" className="button" onClick={onClear}>
        Empty the table
      </button>
      <span role="status">{said}</span>
    </div>
  )
}

function DefaultFields({
  defaults,
  onChange,
}: {
  readonly defaults: Defaults
  readonly onChange: (next: Defaults) => void
}) {
  const text = (name: 'laboratory' | 'method' | 'k', label: string, size: number) => (
    <Asked label={label}>
      {(id) => (
        <input
          id={id}
          size={size}
          spellCheck={false}
          value={defaults[name]}
          onChange={(event) => onChange({ ...defaults, [name]: event.target.value })}
        />
      )}
    </Asked>
  )
  const choice = (name: 'status' | 'condition', label: string, options: readonly string[]) => (
    <Asked label={label}>
      {(id) => (
        <select
          id={id}
          value={defaults[name]}
          onChange={(event) => onChange({ ...defaults, [name]: event.target.value })}
        >
          {options.map((option) => (
            <option key={option}>{option}</option>
          ))}
        </select>
      )}
    </Asked>
  )
  return (
    <fieldset className="ledger-bar">
      <legend>Where the table does not say</legend>
      {text('laboratory', 'Laboratory', 18)}
      {text('method', 'Method', 12)}
      {choice('status', 'Status', ['final', 'provisional'])}
      {choice('condition', 'Of the mass', ['wet', 'dry'])}
      {text('k', 'k of ±', 4)}
      <Asked label="When (empty: now)">
        {(id) => (
          <input
            id={id}
            type="datetime-local"
            value={defaults.time === '' ? '' : fieldTime(Date.parse(defaults.time))}
            onChange={(event) => {
              const at = timeOfField(event.target.value)
              onChange({ ...defaults, time: at === undefined ? '' : withOffset(at) })
            }}
          />
        )}
      </Asked>
    </fieldset>
  )
}
