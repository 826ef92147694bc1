import { useState } from 'react'
import type { Design, UncertaintyRequest } from '../../../../src/scenario/index.ts'
import { useWorkspace } from '../../document/store.ts'
import type { Choices, Spread, tasks } from '../../engine/tasks/results.ts'
import { formatNumber } from '../../ui/format.ts'
import { stemOf } from '../streams/download.ts'
import { Chart } from './Chart.tsx'
import { useChoices } from './choices.ts'
import { HistogramChart, spreadSentence } from './HistogramChart.tsx'
import { RunBar } from './RunBar.tsx'
import { createStudy, useRun } from './run.ts'
import { ResultChooser } from './SensitivityStudy.tsx'
import { drawAll, strongest, workersFor } from './uncertain.ts'
import './studies.css'

const study = createStudy<typeof tasks, Spread, { readonly ok: true } & Spread>('results')

/** The request as the form holds it; texts as lines. */
interface Asked {
  readonly results: readonly string[]
  readonly requirements: string
  readonly inputs: string
  readonly design: Design
  readonly draws: number
  readonly seed: number
  readonly constants: number
  /** Per cent. */
  readonly assays: number
}

let kept: Asked | undefined

function usual({ results, requirements }: Choices): Asked {
  const purities = results.filter(({ usual, text }) => usual && text.startsWith('product '))
  return {
    results: purities.slice(0, 6).map(({ text }) => text),
    requirements: requirements.filter((text) => text.startsWith('product ')).join('\n'),
    inputs: '',
    design: 'lhs',
    draws: 200,
    seed: 1,
    constants: 0,
    assays: 0,
  }
}

const lines = (text: string) =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean)

const requestOf = (asked: Asked): UncertaintyRequest => ({
  design: asked.design,
  draws: asked.draws,
  seed: asked.seed,
  results: asked.results,
  requirements: lines(asked.requirements),
  inputs: lines(asked.inputs),
  unstatedConstants: asked.constants,
  unstatedAssays: asked.assays / 100,
})

/** Draws of constants and assays from their errors: bands of results, and what drives them. */
export function UncertaintyStudy() {
  const choices = useChoices()
  const [asked, setAsked] = useState(kept)
  const run = useRun(study)
  if (choices === undefined) return <p role="status">Asking the plant what can be followed.</p>
  const now = asked ?? usual(choices)
  const change = (next: Partial<Asked>) => {
    kept = { ...now, ...next }
    setAsked(kept)
  }
  const start = () =>
    study.start(workersFor(navigator.hardwareConcurrency), (workers, told) =>
      drawAll(workers, requestOf(now), told),
    )
  const found = run.answer ?? run.partial
  return (
    <div className="studies">
      <p className="area-line">
        Numbers that state an uncertainty (assays written as 31.2 ± 0.4 %, constants of extractant
        sets) are drawn from it, and the plant is solved for each draw, in workers of this page:
        nothing is sent anywhere.
      </p>
      <div className="studies-form">
        <ResultChooser
          choices={choices}
          chosen={now.results}
          onChange={(results) => change({ results })}
        />
        <Texts asked={now} onChange={change} />
        <Numbers asked={now} onChange={change} />
      </div>
      <RunBar
        run={run}
        name="Draw"
        onStart={start}
        onStop={study.stop}
        disabled={now.results.length === 0 ? 'Choose a result.' : ''}
        doing="Draws"
      />
      {found !== undefined && <Found spread={found} />}
    </div>
  )
}

interface FormProps {
  readonly asked: Asked
  readonly onChange: (next: Partial<Asked>) => void
}

function Texts({ asked, onChange }: FormProps) {
  return (
    <div className="studies-rows">
      <label className="studies-field">
        <span>Targets, one a line: the share of draws that meet each is counted</span>
        <textarea
          rows={6}
          spellCheck={false}
          value={asked.requirements}
          placeholder="product dysprosium-oxide reoOfTreo >= 99.5 %"
          onChange={(event) => onChange({ requirements: event.target.value })}
        />
      </label>
      <label className="studies-field">
        <span>Uncertainties of your own, one a line; * stands for any letters</span>
        <textarea
          rows={3}
          spellCheck={false}
          value={asked.inputs}
          placeholder="magnets.rate=± 1 t/y"
          onChange={(event) => onChange({ inputs: event.target.value })}
        />
      </label>
    </div>
  )
}

function Numbers({ asked, onChange }: FormProps) {
  return (
    <div className="studies-rows">
      <label className="studies-field">
        <span>Design</span>
        <select
          value={asked.design}
          onChange={(event) => onChange({ design: event.target.value as Design })}
        >
          <option value="lhs">Latin hypercube</option>
          <option value="sobol">Sobol sequence</option>
          <option value="saltelli">Saltelli: total indices too</option>
        </select>
      </label>
      <NumberField
        name="Draws"
        value={asked.draws}
        min={2}
        max={100_000}
        step={1}
        onChange={(draws) => onChange({ draws })}
      />
      <NumberField
        name="Seed: the same gives the same draws"
        value={asked.seed}
        min={0}
        max={1e9}
        step={1}
        onChange={(seed) => onChange({ seed })}
      />
      <NumberField
        name="Assumed for constants that state none, in their unit (0 leaves them)"
        value={asked.constants}
        min={0}
        max={10}
        step={0.01}
        onChange={(constants) => onChange({ constants })}
      />
      <NumberField
        name="Assumed for assays that state none, % of their value (0 leaves them)"
        value={asked.assays}
        min={0}
        max={100}
        step={1}
        onChange={(assays) => onChange({ assays })}
      />
    </div>
  )
}

function NumberField({
  name,
  value,
  min,
  max,
  step,
  onChange,
}: {
  readonly name: string
  readonly value: number
  readonly min: number
  readonly max: number
  readonly step: number
  readonly onChange: (value: number) => void
}) {
  return (
    <label className="studies-field">
      <span>{name}</span>
      <input
        type="number"
        min={min}
        max={max}
        step={step}
        value={value}
        onChange={(event) => onChange(Number(event.target.value))}
      />
    </label>
  )
}

function Found({ spread }: { readonly spread: Spread }) {
  const { summary, bins } = spread
  const stem = stemOf(useWorkspace((w) => w.file))
  const { draws, solved, failures, fixed } = summary
  return (
    <>
      <p>
        {formatNumber(draws)} draws of {summary.inputs.length} inputs: {formatNumber(solved)} solved
        {draws > solved && `, ${formatNumber(draws - solved)} without a solution`}.
        {fixed.length > 0 &&
          ` ${fixed.length} constants and assays stay fixed, because nobody states how uncertain they are.`}
      </p>
      {failures.length > 0 && (
        <ul>
          {failures.map(({ outcome, unit, count, detail }) => (
            <li key={`${outcome} ${unit}`}>
              {count} {outcome}
              {unit !== '' && ` in ${unit}`}: {detail}
            </li>
          ))}
        </ul>
      )}
      <Inputs spread={spread} />
      {summary.results.map((result, k) => {
        const own = bins[k]
        if (own === undefined || result.count === 0) {
          return <p key={result.result}>{result.result}: no draw has a value of it yet.</p>
        }
        const targets = spread.targets.filter((target) => target.result === result.result)
        return (
          <Chart
            key={result.result}
            title={result.result}
            name={`${stem}-spread-${result.result.replaceAll(/\W+/g, '-')}`}
            rows={[
              ['from', 'to', 'draws'],
              ...own.counts.map((count, bar) => [
                own.from + bar * own.width,
                own.from + (bar + 1) * own.width,
                count,
              ]),
            ]}
            draw={(chart) => (
              <HistogramChart spread={result} bins={own} targets={targets} chart={chart} />
            )}
          >
            <p>{spreadSentence(result)}</p>
            <Far bins={own} />
            <Shares spread={spread} result={result.result} />
            <Drivers spread={spread} at={k} />
          </Chart>
        )
      })}
      <OtherTargets spread={spread} />
    </>
  )
}

/** Draws too far from the others for a bar of their own. */
function Far({ bins: { below, above } }: { readonly bins: Spread['bins'][number] }) {
  if (below + above === 0) return null
  const parts = [
    ...(below > 0 ? [`${below} far below`] : []),
    ...(above > 0 ? [`${above} far above`] : []),
  ]
  return <p>Not drawn: {parts.join(', ')} the others.</p>
}

/** Of each target: which share of the draws is beyond it. */
function Shares({ spread, result }: { readonly spread: Spread; readonly result: string }) {
  const own = spread.summary.requirements.filter((_, k) => spread.targets[k]?.result === result)
  return (
    <>
      {own.map((requirement) => (
        <p key={requirement.requirement}>{shareText(requirement)}</p>
      ))}
    </>
  )
}

function shareText({ requirement, met }: Spread['summary']['requirements'][number]): string {
  const percent = (share: number) => `${formatNumber(100 * share, 3)}\u202f%`
  if (met === 1) return `Every draw meets ${requirement}.`
  return `${percent(1 - met)} of all draws miss ${requirement} (a draw without a solution counts as one).`
}

/** Targets of results that are not followed themselves. */
function OtherTargets({ spread }: { readonly spread: Spread }) {
  const followed = new Set(spread.summary.results.map(({ result }) => result))
  const rest = spread.summary.requirements.filter(
    (_, k) => !followed.has(spread.targets[k]?.result ?? ''),
  )
  if (rest.length === 0) return null
  return (
    <ul>
      {rest.map((requirement) => (
        <li key={requirement.requirement}>{shareText(requirement)}</li>
      ))}
    </ul>
  )
}

/** Draws from which on a share of the variance means something. */
const fewest = 30

/** Which inputs matter to a result, in words: what knowing each would take of the variance. */
function Drivers({ spread, at }: { readonly spread: Spread; readonly at: number }) {
  const result = spread.summary.results[at]
  if (result === undefined || !(result.deviation > 0)) return null
  if (result.count < fewest) return <p>What matters is said from {fewest} draws on.</p>
  const strong = strongest(result.influences, spread.summary.solved)
  if (strong.length === 0) return <p>No input stands out of the noise of so many draws.</p>
  const words = strong.map(({ input, firstOrder, rankCorrelation, total }) => {
    const share = `${formatNumber(100 * Math.max(0, total ?? firstOrder), 2)}\u202f%`
    return `${input} ${share}, ${rankCorrelation < 0 ? 'falling' : 'rising'} with it`
  })
  return <p>What matters, as a share of the variance: {words.join('; ')}.</p>
}

const origins = {
  stated: 'stated',
  given: 'given here',
  assumed: 'assumption',
} as const

function Inputs({ spread }: { readonly spread: Spread }) {
  const { inputs } = spread.summary
  return (
    <details>
      <summary>{inputs.length} inputs with their uncertainties</summary>
      <div className="area-scroll" tabIndex={0} role="region" aria-label="Inputs">
        <table className="table">
          <thead>
            <tr>
              <th scope="col">input</th>
              <th scope="col">value</th>
              <th scope="col">±</th>
              <th scope="col" className="table-text">
                unit
              </th>
              <th scope="col" className="table-text">
                uncertainty
              </th>
            </tr>
          </thead>
          <tbody>
            {inputs.map(({ path, value, deviation, unit, origin }) => (
              <tr key={path}>
                <th scope="row">{path}</th>
                <td>{formatNumber(value, 5)}</td>
                <td>{formatNumber(deviation, 3)}</td>
                <td className="table-text">{unit}</td>
                <td className="table-text">{origins[origin]}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </details>
  )
}
