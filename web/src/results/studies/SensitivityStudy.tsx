import { useState } from 'react'
import type { Sensitivity } from '../../../../src/scenario/index.ts'
import { stemOf } from '../streams/download.ts'
import { useWorkspace } from '../../document/store.ts'
import type { Choices, tasks } from '../../engine/tasks/results.ts'
import { Chart } from './Chart.tsx'
import { Chooser } from './Chooser.tsx'
import { useChoices } from './choices.ts'
import { RunBar } from './RunBar.tsx'
import { createStudy, useRun } from './run.ts'
import { mostBars, sentence, TornadoChart } from './TornadoChart.tsx'
import { swing, tornadoRows, tornadosOf, type Tornado } from './tornado.ts'
import './studies.css'

const study = createStudy<
  typeof tasks,
  never,
  { readonly ok: true; readonly sensitivity: Sensitivity }
>('results')

interface Asked {
  readonly results: readonly string[]
  readonly parameters: readonly string[]
  readonly by: number
}

/** Kept while the page is open; undefined until something was chosen. */
let kept: Asked | undefined

/** What an engineer turns first: what is fed, and the flows and reagents of the circuits. */
const levers = /(?:^[^.]+\.rate|\.organicFlow|\.saponification|\.flow|\.acidRatio|\.concentration)$/

/** The most that are chosen when nobody has chosen. */
const first = 12

function usual({ results, parameters }: Choices): Asked {
  const purities = results.filter(({ usual, text }) => usual && text.startsWith('product '))
  const found = parameters.filter(({ path, isConstant }) => !isConstant && levers.test(path))
  return {
    results: purities.slice(0, 4).map(({ text }) => text),
    parameters: found.slice(0, first).map(({ path }) => path),
    by: 10,
  }
}

/** Slopes of results to parameters and what moves a result most. */
export function SensitivityStudy() {
  const choices = useChoices()
  const [asked, setAsked] = useState(kept)
  const run = useRun(study)
  if (choices === undefined) return <p role="status">Asking the plant what can be moved.</p>
  const now = asked ?? usual(choices)
  const change = (next: Partial<Asked>) => {
    kept = { ...now, ...next }
    setAsked(kept)
  }
  const { results, parameters, by } = now
  const start = () =>
    study.start(1, async ([worker], told) => {
      if (worker === undefined) throw new Error('no worker was started')
      return worker.sensitivity({ results, parameters, by: by / 100 }, (share) => told(share))
    })
  const disabled =
    results.length === 0
      ? 'Choose a result.'
      : parameters.length === 0
        ? 'Choose a parameter.'
        : by > 0 && by <= 90
          ? ''
          : 'The move is from 0.1 to 90 %.'
  return (
    <div className="studies">
      <p className="area-line">
        Each parameter is moved down and up by its stated uncertainty, or by the share below, and
        the plant is solved again; slopes are taken at its value. A worker of its own does it, so
        the plant can be edited meanwhile.
      </p>
      <div className="studies-form">
        <ResultChooser
          choices={choices}
          chosen={results}
          onChange={(r) => change({ results: r })}
        />
        <ParameterChooser
          choices={choices}
          chosen={parameters}
          onChange={(p) => change({ parameters: p })}
        />
        <label className="studies-field">
          <span>Move by, % of the value where no uncertainty is stated</span>
          <input
            type="number"
            min={0.1}
            max={90}
            step={1}
            value={by}
            onChange={(event) => change({ by: Number(event.target.value) })}
          />
        </label>
      </div>
      <RunBar
        run={run}
        name="Find what moves them"
        onStart={start}
        onStop={study.stop}
        disabled={disabled}
        doing="Parameters"
      />
      {run.answer !== undefined && <Tornados sensitivity={run.answer.sensitivity} />}
    </div>
  )
}

function Tornados({ sensitivity }: { readonly sensitivity: Sensitivity }) {
  const stem = stemOf(useWorkspace((w) => w.file))
  return (
    <>
      <p className="studies-key">
        <span className="studies-swatch studies-swatch-down" /> parameter moved down{' '}
        <span className="studies-swatch studies-swatch-up" /> parameter moved up
      </p>
      {tornadosOf(sensitivity).map((tornado) => {
        const moving = tornado.bars.filter((bar) => swing(bar, tornado.base) > 0).length
        const name = `${stem}-tornado-${tornado.result.replaceAll(/\W+/g, '-')}`
        return (
          <Chart
            key={tornado.result}
            title={tornado.result}
            name={name}
            rows={tornadoRows(tornado)}
            draw={(chart) => <TornadoChart tornado={tornado} chart={chart} />}
          >
            <p>{sentence(tornado)}</p>
            {moving > mostBars && <p>{moving - mostBars} more are in the table.</p>}
            <Lost bars={tornado.bars} />
          </Chart>
        )
      })}
    </>
  )
}

/** Why the plant has no solution with a parameter moved, in the words of the solver. */
function Lost({ bars }: { readonly bars: Tornado['bars'] }) {
  const lost = bars.filter(({ failures }) => failures.length > 0)
  if (lost.length === 0) return null
  return (
    <details>
      <summary>{lost.length} parameters have no solution on one side</summary>
      <ul>
        {lost.map(({ parameter, failures }) => (
          <li key={parameter}>
            {parameter}: {failures.join('; ')}
          </li>
        ))}
      </ul>
    </details>
  )
}

/** Results by name, the usual ones a click away. */
export function ResultChooser({
  choices,
  chosen,
  onChange,
}: {
  readonly choices: Choices
  readonly chosen: readonly string[]
  readonly onChange: (chosen: readonly string[]) => void
}) {
  const starting = (word: string) =>
    choices.results.filter((r) => r.usual && r.text.startsWith(word)).map(({ text }) => text)
  return (
    <Chooser
      title="Results"
      items={choices.results}
      idOf={({ text }) => text}
      textOf={({ text }) => text}
      detail={({ unit }) => unit}
      chosen={chosen}
      onChange={onChange}
      quick={[
        { name: 'purities', ids: starting('product ') },
        { name: 'recoveries', ids: starting('recovery ') },
        { name: 'reagents', ids: starting('reagent ') },
      ]}
    />
  )
}

function ParameterChooser({
  choices,
  chosen,
  onChange,
}: {
  readonly choices: Choices
  readonly chosen: readonly string[]
  readonly onChange: (chosen: readonly string[]) => void
}) {
  const { parameters } = choices
  const paths = (keep: (p: Choices['parameters'][number]) => boolean) =>
    parameters.filter(keep).map(({ path }) => path)
  return (
    <Chooser
      title="Parameters"
      items={parameters}
      idOf={({ path }) => path}
      textOf={({ path, about }) => `${path} ${about}`}
      detail={({ text, about }) => `${text} · ${about}`}
      chosen={chosen}
      onChange={onChange}
      quick={[
        { name: 'levers', ids: paths((p) => !p.isConstant && levers.test(p.path)) },
        { name: 'with a stated uncertainty', ids: paths((p) => p.deviation !== undefined) },
      ]}
    />
  )
}
