import { useState } from 'react'
import { drawOdds, drawSwings } from '../../../src/draw/money/index.ts'
import type { RiskSummary } from '../../../src/scenario/risk/types.ts'
import { useWorkspace, workspace } from '../document/store.ts'
import type { Odds, OddsAsked, OddsSample, OddsSoFar, tasks } from '../engine/tasks/risk.ts'
import { Chart } from '../results/studies/Chart.tsx'
import { createStudy, useRun } from '../results/studies/run.ts'
import { RunBar } from '../results/studies/RunBar.tsx'
import { workersFor } from '../results/studies/uncertain.ts'
import { stemOf } from '../results/streams/download.ts'
import { Block } from '../ui/Area.tsx'
import { formatNumber } from '../ui/format.ts'
import { Drawn, look } from './Drawn.tsx'
import { firstWish, oddsSentences, requestOf, runOdds, type OddsWish } from './odds.ts'
import { OddsForm } from './OddsForm.tsx'
import { Differences, Influences, RiskInputs, Spreads } from './OddsTables.tsx'

const study = createStudy<typeof tasks, OddsSoFar, { readonly ok: true } & Odds>('risk')

let kept = firstWish

/** The odds of the plant's money: draws of everything that is not known, in workers beside it. */
export function OddsPage() {
  const [wish, setWish] = useState(kept)
  const run = useRun(study)
  const hasSaved = useWorkspace((w) => w.saved !== null && w.saved.text !== w.text)
  const baseline = useWorkspace((w) => w.baseline)
  const others = [
    ...(hasSaved ? ([['saved', 'the plant as saved']] as const) : []),
    ...(baseline === null ? [] : ([['baseline', baseline.name]] as const)),
  ]
  const change = (next: Partial<OddsWish>) => {
    kept = { ...wish, ...next }
    setWish(kept)
  }
  const start = () =>
    study.start(workersFor(navigator.hardwareConcurrency), (workers, told) =>
      runOdds(workers, askedOf(wish), told),
    )
  const found = run.answer ?? run.partial
  return (
    <div className="studies">
      <p>
        Draws everything that the plant file, or a line below, states as uncertain: constants,
        assays, recoveries, the cost of capital within its class, prices, the schedule. The plant is
        solved and appraised anew in every draw.
      </p>
      <OddsForm wish={wish} others={others} onChange={change} />
      <RunBar
        run={run}
        name="Run the draws"
        onStart={start}
        onStop={study.stop}
        disabled={problemOf(wish)}
        doing="Draws solved and appraised"
      />
      {found === undefined ? null : <Found soFar={found} summary={run.answer?.summary} />}
    </div>
  )
}

function problemOf({ draws, seed }: OddsWish): string {
  if (!(Number.isInteger(draws) && draws >= 10 && draws <= 10_000)) {
    return 'From 10 to 10 000 draws; more in the terminal: didymium risk.'
  }
  return Number.isInteger(seed) && seed >= 0 ? '' : 'The seed is a whole number.'
}

/** What is asked, with the other plant's file where one is laid beside. */
function askedOf(wish: OddsWish): OddsAsked {
  const { saved, baseline, file, sets } = workspace()
  const request = requestOf(wish)
  const other =
    wish.against === 'saved' && saved !== null
      ? { name: 'as saved', text: saved.text }
      : wish.against === 'baseline' && baseline !== null
        ? { name: baseline.name, text: baseline.text }
        : undefined
  if (other === undefined) return { request }
  return { request, other: { name: other.name, plant: { file, text: other.text, sets } } }
}

function Found({
  soFar: { made, unsolved, samples },
  summary,
}: {
  readonly soFar: OddsSoFar
  readonly summary: RiskSummary | undefined
}) {
  const [chosen, choose] = useState('npv')
  const stem = stemOf(useWorkspace((w) => w.file))
  const sample = samples.find(({ measure }) => measure === chosen) ?? samples[0]
  if (sample === undefined) return <p>Nothing was measured.</p>
  return (
    <>
      <p>
        {formatNumber(made)} draws
        {unsolved > 0 && `, ${formatNumber(unsolved)} of them without a solution`}.
      </p>
      <label className="studies-field">
        <span>Figure</span>
        <select value={sample.measure} onChange={(event) => choose(event.target.value)}>
          {samples.map(({ measure, title }) => (
            <option key={measure} value={measure}>
              {title}
            </option>
          ))}
        </select>
      </label>
      <Histogram sample={sample} stem={stem} />
      {summary === undefined ? null : (
        <Summed summary={summary} measure={sample.measure} stem={stem} />
      )}
    </>
  )
}

function Histogram({ sample, stem }: { readonly sample: OddsSample; readonly stem: string }) {
  const [first] = sample.cases
  const marks =
    first === undefined || first.values.length === 0
      ? []
      : [
          { name: 'P10', at: first.p10 },
          { name: 'P50', at: first.p50 },
          { name: 'P90', at: first.p90 },
        ]
  const chart = {
    title: sample.title,
    unit: sample.unit,
    samples: sample.cases.map(({ name, values }) => ({ name, values })),
    marks,
  }
  const most = Math.max(0, ...sample.cases.map(({ values }) => values.length))
  return (
    <Chart
      title={`${sample.title}${sample.unit === '' ? '' : `, ${sample.unit}`}`}
      name={`${stem}-odds-${sample.measure.replaceAll(/\W+/g, '-')}`}
      rows={[
        sample.cases.map(({ name }) => name),
        ...Array.from({ length: most }, (_, k) =>
          sample.cases.map(({ values }) => values[k] ?? null),
        ),
      ]}
      draw={(ref) => <Drawn svg={drawOdds(chart, look)} chart={ref} />}
    >
      {oddsSentences(sample).map((sentence) => (
        <p key={sentence}>{sentence}</p>
      ))}
    </Chart>
  )
}

/** Bars of a tornado that are drawn; the others are in its table. */
const mostBars = 15
/** A bar shorter than this share of the longest says nothing. */
const shortest = 5e-3

function Summed({
  summary,
  measure,
  stem,
}: {
  readonly summary: RiskSummary
  readonly measure: string
  readonly stem: string
}) {
  const [first] = summary.cases
  const tornado = first?.tornado.find((own) => own.measure === measure)
  const spread = first?.spreads.find((own) => own.measure === measure)
  if (first === undefined || tornado === undefined || spread === undefined) return null
  const { base, bars, unit } = tornado
  const reach = (bar: (typeof bars)[number]) => {
    const ends = [bar.atLow, bar.atHigh, base].filter((value) => value !== null)
    return ends.length === 0 ? 0 : Math.max(...ends) - Math.min(...ends)
  }
  const most = Math.max(0, ...bars.map(reach))
  const swings = bars
    .filter((bar) => reach(bar) > shortest * most)
    .map(({ input, low, high, atLow, atHigh }) => {
      return { name: input, about: `${low} .. ${high}`, low: atLow, high: atHigh }
    })
  return (
    <>
      {base === null ? null : (
        <Chart
          title={`What moves it, each input alone${unit === '' ? '' : `, ${unit}`}`}
          name={`${stem}-tornado-${measure.replaceAll(/\W+/g, '-')}`}
          rows={[
            ['input', 'low', 'high', 'at low', 'at high'],
            ...bars.map((bar) => [bar.input, bar.low, bar.high, bar.atLow, bar.atHigh]),
          ]}
          draw={(ref) => (
            <Drawn
              svg={drawSwings(
                { title: spread.title, unit, base, bars: swings.slice(0, mostBars) },
                look,
              )}
              chart={ref}
            />
          )}
        />
      )}
      <Block title="All figures">
        <Spreads summary={summary} file={`${stem}-odds`} />
      </Block>
      <Requirements summary={summary} />
      {summary.differences.length > 0 && (
        <Block title="The other plant less this one, on the same draws">
          <Differences summary={summary} file={`${stem}-odds-differences`} />
        </Block>
      )}
      <Block title="What the spread comes from">
        <Influences spread={spread} file={`${stem}-odds-influences`} />
      </Block>
      <Block title="What is drawn">
        <RiskInputs summary={summary} file={`${stem}-odds-inputs`} />
      </Block>
    </>
  )
}

function Requirements({ summary }: { readonly summary: RiskSummary }) {
  const rows = summary.cases.flatMap(({ name, requirements }) =>
    requirements.map((requirement) => ({ name, ...requirement })),
  )
  const failures = summary.cases.flatMap(({ name, failures: of }) =>
    of.map((failure) => ({ name, ...failure })),
  )
  return (
    <Block title="Conditions, and draws without a solution">
      <ul className="money-list">
        {rows.map(({ name, requirement, met }) => (
          <li key={`${name} ${requirement}`}>
            <strong>{requirement}</strong> holds in {formatNumber(100 * met, 3)}&nbsp;% of all draws
            {summary.cases.length > 1 && ` of ${name}`}; a draw without a solution counts as one in
            which it does not.
          </li>
        ))}
        {failures.map(({ name, outcome, unit, count, detail }) => (
          <li key={`${name} ${outcome} ${unit}`}>
            {count} {outcome}
            {unit !== '' && ` in ${unit}`}: {detail}
          </li>
        ))}
      </ul>
    </Block>
  )
}
