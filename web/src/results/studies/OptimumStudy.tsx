import { useState } from 'react'
import type { OptimumReport } from '../../../../src/scenario/index.ts'
import { setText, useWorkspace } from '../../document/store.ts'
import type { Choices, tasks } from '../../engine/tasks/results.ts'
import { formatNumber, formatWithUnit } from '../../ui/format.ts'
import { Verdict } from '../Verdict.tsx'
import { useChoices } from './choices.ts'
import {
  problemOf,
  questionOf,
  takenOver,
  usualOptimum,
  type AskedOptimum,
  type Freedom,
} from './optimum.ts'
import { RunBar } from './RunBar.tsx'
import { createStudy, useRun } from './run.ts'
import './studies.css'

interface SoFar {
  readonly evaluations: number
  readonly objective: number
}

const study = createStudy<
  typeof tasks,
  SoFar,
  { readonly ok: true; readonly report: OptimumReport }
>('results')

let kept: AskedOptimum | undefined

/** Moves parameters within bounds to the best of an objective that keeps what is required. */
export function OptimumStudy() {
  const choices = useChoices()
  const places = useWorkspace((w) => w.places)
  const [asked, setAsked] = useState(kept)
  const run = useRun(study)
  if (choices === undefined) {
    return <p role="status">Asking the plant what can be moved.</p>
  }
  // Only what is written in the file can be taken over into it.
  const movable = choices.parameters.filter(({ path }) => places.has(path))
  const now = asked ?? usualOptimum(choices, movable)
  const change = (next: Partial<AskedOptimum>) => {
    kept = { ...now, ...next }
    setAsked(kept)
  }
  const start = () =>
    study.start(1, async ([worker], told) => {
      if (worker === undefined) throw new Error('no worker was started')
      return worker.optimise(questionOf(now), (share, partial) => told(share, partial as SoFar))
    })
  const report = run.answer?.report
  return (
    <div className="studies">
      <p className="area-line">
        The plant is solved with the parameters moved within their bounds until the objective cannot
        be bettered and every requirement is kept.
      </p>
      <Freedoms asked={now} movable={movable} onChange={change} />
      <Objective asked={now} choices={choices} onChange={change} />
      <RunBar
        run={run}
        name="Find the optimum"
        onStart={start}
        onStop={study.stop}
        disabled={problemOf(now)}
        doing="Solutions of those allowed"
      />
      {run.phase === 'running' && run.partial !== undefined && (
        <p>
          {run.partial.evaluations} solutions of the plant; the objective at the last one is{' '}
          {formatNumber(run.partial.objective, 6)}.
        </p>
      )}
      {report !== undefined && <Report report={report} />}
    </div>
  )
}

interface FormProps {
  readonly asked: AskedOptimum
  readonly onChange: (next: Partial<AskedOptimum>) => void
}

function Freedoms({
  asked,
  movable,
  onChange,
}: FormProps & { readonly movable: Choices['parameters'] }) {
  const { freedoms } = asked
  const put = (at: number, next: Partial<Freedom>) =>
    onChange({ freedoms: freedoms.map((own, k) => (k === at ? { ...own, ...next } : own)) })
  const taken = new Set(freedoms.map(({ path }) => path))
  return (
    <fieldset className="studies-group studies-rows">
      <legend>What may be moved, and within what</legend>
      {freedoms.map((freedom, k) => (
        <FreedomRow
          key={freedom.path}
          freedom={freedom}
          movable={movable.filter(({ path }) => path === freedom.path || !taken.has(path))}
          onChange={(next) => put(k, next)}
          onRemove={() => onChange({ freedoms: freedoms.filter((_, own) => own !== k) })}
        />
      ))}
      <div>
        <button
          type="button"
          onClick={() => {
            const next = movable.find(({ path }) => !taken.has(path))
            if (next !== undefined) onChange({ freedoms: [...freedoms, freedomOf(next)] })
          }}
        >
          Add a parameter
        </button>
      </div>
    </fieldset>
  )
}

/** A parameter free by a fifth up and down, within what is allowed. */
function freedomOf({ path, value, unit, min, max, whole }: Choices['parameters'][number]): Freedom {
  const reach = whole ? Math.max(1, Math.round(0.2 * value)) : 0.2 * Math.abs(value)
  const round = (at: number) => `${Number(at.toPrecision(4))}`
  return {
    path,
    unit,
    low: round(Math.max(min ?? Number.NEGATIVE_INFINITY, value - reach)),
    high: round(Math.min(max ?? Number.POSITIVE_INFINITY, value + reach)),
  }
}

function FreedomRow({
  freedom,
  movable,
  onChange,
  onRemove,
}: {
  readonly freedom: Freedom
  readonly movable: Choices['parameters']
  readonly onChange: (next: Partial<Freedom>) => void
  readonly onRemove: () => void
}) {
  const own = movable.find(({ path }) => path === freedom.path)
  return (
    <div className="studies-row">
      <label className="studies-field studies-grow">
        <span>Parameter {own !== undefined && `(now ${own.text})`}</span>
        <select
          value={freedom.path}
          onChange={(event) => {
            const next = movable.find(({ path }) => path === event.target.value)
            if (next !== undefined) onChange(freedomOf(next))
          }}
        >
          {movable.map(({ path }) => (
            <option key={path}>{path}</option>
          ))}
        </select>
      </label>
      <label className="studies-field">
        <span>lowest{freedom.unit !== '' && `, ${freedom.unit}`}</span>
        <input
          inputMode="decimal"
          size={10}
          value={freedom.low}
          onChange={(event) => onChange({ low: event.target.value })}
        />
      </label>
      <label className="studies-field">
        <span>highest{freedom.unit !== '' && `, ${freedom.unit}`}</span>
        <input
          inputMode="decimal"
          size={10}
          value={freedom.high}
          onChange={(event) => onChange({ high: event.target.value })}
        />
      </label>
      <button type="button" aria-label={`Remove ${freedom.path}`} onClick={onRemove}>
        Remove
      </button>
    </div>
  )
}

function Objective({ asked, choices, onChange }: FormProps & { readonly choices: Choices }) {
  return (
    <div className="studies-form">
      <fieldset className="studies-group studies-rows">
        <legend>Objective</legend>
        <label className="studies-field">
          <span>Sense</span>
          <select
            value={asked.sense}
            onChange={(event) => onChange({ sense: event.target.value as AskedOptimum['sense'] })}
          >
            <option value="minimise">minimise</option>
            <option value="maximise">maximise</option>
          </select>
        </label>
        <label className="studies-field studies-grow">
          <span>A result or parameter, or a sum: A + 0.5 * B</span>
          <input
            list="optimum-results"
            value={asked.objective}
            onChange={(event) => onChange({ objective: event.target.value })}
          />
        </label>
        <datalist id="optimum-results">
          {choices.results.map(({ text }) => (
            <option key={text} value={text} />
          ))}
        </datalist>
      </fieldset>
      <label className="studies-field">
        <span>What must hold, one a line</span>
        <textarea
          rows={6}
          spellCheck={false}
          value={asked.requirements}
          placeholder="recovery Nd >= 95 %"
          onChange={(event) => onChange({ requirements: event.target.value })}
        />
      </label>
      <label className="studies-field">
        <span>Solutions of the plant that it may take</span>
        <input
          type="number"
          min={10}
          max={100_000}
          step={10}
          value={asked.evaluations}
          onChange={(event) => onChange({ evaluations: Number(event.target.value) })}
        />
      </label>
    </div>
  )
}

const outcomes = {
  optimal: { kind: 'meets', text: 'optimal' },
  infeasible: { kind: 'short', text: 'nothing keeps all requirements' },
  'max-evaluations': { kind: 'unknown', text: 'stopped before the end' },
} as const

function Report({ report }: { readonly report: OptimumReport }) {
  const { outcome, text, objective, evaluations, choices } = report
  return (
    <div className="studies-rows">
      <p>
        <Verdict {...outcomes[outcome]} />: {objective.text} {formatNumber(objective.value, 6)}
        {objective.before !== null && ` (as written ${formatNumber(objective.before, 6)})`}.{' '}
        {capital(text)}. {evaluations} solutions of the plant
        {choices > 1 && `, ${choices} choices of whole numbers`}.
      </p>
      <Moved report={report} />
      <Kept report={report} />
      {outcome !== 'infeasible' && <TakeOver report={report} />}
    </div>
  )
}

const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1)

function Moved({ report }: { readonly report: OptimumReport }) {
  return (
    <div className="area-scroll" tabIndex={0} role="region" aria-label="Parameters found">
      <table className="table">
        <thead>
          <tr>
            <th scope="col">parameter</th>
            <th scope="col">as written</th>
            <th scope="col">found</th>
            <th scope="col">bounds</th>
            <th scope="col" className="table-text">
              binds
            </th>
          </tr>
        </thead>
        <tbody>
          {report.parameters.map(({ path, unit, before, value, low, high, binds }) => (
            <tr key={path}>
              <th scope="row">{path}</th>
              <td>{formatWithUnit(before, unit, 5)}</td>
              <td title={`${value}`}>{formatWithUnit(value, unit, 6)}</td>
              <td>{`${formatNumber(low)} to ${formatWithUnit(high, unit)}`}</td>
              <td className="table-text">
                {binds === null ? '' : `at its ${binds === 'low' ? 'lower' : 'upper'} bound`}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

function Kept({ report: { requirements } }: { readonly report: OptimumReport }) {
  if (requirements.length === 0) return null
  return (
    <div className="area-scroll" tabIndex={0} role="region" aria-label="Requirements">
      <table className="table">
        <thead>
          <tr>
            <th scope="col">requirement</th>
            <th scope="col">as written</th>
            <th scope="col">found</th>
            <th scope="col" className="table-text">
              verdict
            </th>
            <th scope="col">objective, relaxed by 1</th>
          </tr>
        </thead>
        <tbody>
          {requirements.map(({ requirement, unit, before, value, met, binds, price }) => (
            <tr key={requirement}>
              <th scope="row">{requirement}</th>
              <td>{before === null ? '–' : formatWithUnit(before, unit, 5)}</td>
              <td>{formatWithUnit(value, unit, 6)}</td>
              <td className="table-text">
                <Verdict
                  kind={met ? 'meets' : 'short'}
                  text={met ? (binds ? 'meets, binds' : 'meets') : 'short'}
                />
              </td>
              <td>{binds ? formatNumber(price, 3) : '–'}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

/** Writes what was found into the plant file; one step to undo. */
function TakeOver({ report }: { readonly report: OptimumReport }) {
  const state = useWorkspace((w) => w.state)
  const places = useWorkspace((w) => w.places)
  const text = useWorkspace((w) => w.text)
  const isReady = state === 'solved' || state === 'infeasible'
  const next = isReady ? takenOver(text, places, report.parameters) : undefined
  const isThere = next === text
  return (
    <div className="studies-run-row">
      <button
        type="button"
        className="studies-start"
        disabled={next === undefined || isThere}
        onClick={() => {
          if (next !== undefined) setText(next, 'optimum')
        }}
      >
        Take this over into the plant
      </button>
      <span className="studies-doing" role="status">
        {isThere && 'The plant file says so.'}
        {isReady && next === undefined && 'A parameter is not in the plant file any more.'}
      </span>
    </div>
  )
}
