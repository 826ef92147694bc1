import type { RiskDifference, RiskSpread, RiskSummary } from '../../../src/scenario/risk/types.ts'
import { formatNumber, formatPercent } from '../ui/format.ts'
import { Taken, type Column } from './Taken.tsx'

const orDash = (value: number | null) => (value === null ? '–' : formatNumber(value))

interface SpreadRow extends RiskSpread {
  readonly plant: string
}

/** Every figure with its band, tail and odds below zero. */
export function Spreads({
  summary: { cases },
  file,
}: {
  readonly summary: RiskSummary
  readonly file: string
}) {
  const rows = cases.flatMap(({ name, spreads }) =>
    spreads.map((spread): SpreadRow => ({ ...spread, plant: name })),
  )
  const number = (id: string, head: string, of: (row: SpreadRow) => number | null) => ({
    id,
    head,
    value: of,
    show: (row: SpreadRow) => orDash(of(row)),
  })
  const columns: readonly Column<SpreadRow>[] = [
    { id: 'title', head: 'figure', value: ({ title }) => title },
    ...(cases.length > 1
      ? [
          {
            id: 'plant',
            head: 'plant',
            words: 'short' as const,
            value: ({ plant }: SpreadRow) => plant,
          },
        ]
      : []),
    { id: 'unit', head: 'unit', words: 'short', value: ({ unit }) => unit },
    number('base', 'as written', ({ base }) => base),
    number('p10', 'P10', ({ p10 }) => p10),
    number('p50', 'P50', ({ p50 }) => p50),
    number('p90', 'P90', ({ p90 }) => p90),
    number('mean', 'mean', ({ mean }) => mean),
    number('cvar', 'mean of the worst 5 %', ({ cvar }) => cvar),
    {
      id: 'below',
      head: 'below zero',
      value: ({ belowZero }) => belowZero,
      show: ({ belowZero }) => formatPercent(belowZero, 3),
    },
    number('never', 'never', ({ never }) => never),
  ]
  return (
    <Taken
      label="Odds of every figure"
      file={file}
      columns={columns}
      rows={rows}
      keyOf={({ plant, measure }) => `${plant} ${measure}`}
      empty="Nothing was measured."
    />
  )
}

/** How the second plant stands to the first, draw by draw. */
export function Differences({
  summary: { differences },
  file,
}: {
  readonly summary: RiskSummary
  readonly file: string
}) {
  const number = (id: string, head: string, of: (row: RiskDifference) => number) => ({
    id,
    head,
    value: of,
    show: (row: RiskDifference) => formatNumber(of(row)),
  })
  const columns: readonly Column<RiskDifference>[] = [
    { id: 'measure', head: 'figure', value: ({ measure }) => measure },
    { id: 'unit', head: 'unit', words: 'short', value: ({ unit }) => unit },
    number('p10', 'P10', ({ p10 }) => p10),
    number('p50', 'P50', ({ p50 }) => p50),
    number('p90', 'P90', ({ p90 }) => p90),
    {
      id: 'better',
      head: 'better in',
      value: ({ better }) => better,
      show: ({ better }) => formatPercent(better, 3),
    },
    number('correlation', 'correlation', ({ correlation }) => correlation),
  ]
  return (
    <Taken
      label="Differences on the same draws"
      file={file}
      columns={columns}
      rows={differences}
      keyOf={({ measure }) => measure}
      empty="There is no other plant."
    />
  )
}

type Influence = RiskSpread['influences'][number]

/** Which inputs the spread of a figure comes from. */
export function Influences({
  spread: { influences },
  file,
}: {
  readonly spread: RiskSpread
  readonly file: string
}) {
  const strength = ({ total, firstOrder, rankCorrelation }: Influence) =>
    total ?? Math.max(firstOrder, rankCorrelation ** 2)
  const rows = [...influences].sort((a, b) => strength(b) - strength(a))
  const columns: readonly Column<Influence>[] = [
    { id: 'input', head: 'input', value: ({ input }) => input },
    {
      id: 'first',
      head: 'share of the variance',
      value: ({ firstOrder }) => firstOrder,
      show: ({ firstOrder }) => formatPercent(Math.max(0, firstOrder), 2),
    },
    {
      id: 'total',
      head: 'with interactions',
      value: ({ total }) => total ?? null,
      show: ({ total }) => (total === undefined || total === null ? '–' : formatPercent(total, 2)),
    },
    {
      id: 'rank',
      head: 'rank correlation',
      value: ({ rankCorrelation }) => rankCorrelation,
      show: ({ rankCorrelation }) => formatNumber(rankCorrelation, 2),
    },
  ]
  return (
    <Taken
      label="What the spread comes from"
      file={file}
      columns={columns}
      rows={rows}
      keyOf={({ input }) => input}
      empty="This figure does not vary."
    />
  )
}

type Input = RiskSummary['inputs'][number]
const origins = { stated: 'the plant file', given: 'given here', assumed: 'assumption' } as const

/** Everything that was drawn, with where its spread is from. */
export function RiskInputs({
  summary: { inputs, fixed, assumptions },
  file,
}: {
  readonly summary: RiskSummary
  readonly file: string
}) {
  const columns: readonly Column<Input>[] = [
    { id: 'name', head: 'input', value: ({ name }) => name },
    { id: 'kind', head: 'kind', words: 'short', value: ({ kind }) => kind },
    { id: 'text', head: 'spread', words: 'short', value: ({ text }) => text },
    { id: 'origin', head: 'by', words: 'short', value: ({ origin }) => origins[origin] },
    { id: 'basis', head: 'where from', words: 'long', value: ({ basis }) => basis },
  ]
  return (
    <>
      <Taken
        label="What is drawn"
        file={file}
        columns={columns}
        rows={inputs}
        keyOf={({ name }) => name}
        empty="Nothing is uncertain."
      />
      {assumptions.length > 0 && (
        <>
          <h3>Assumed</h3>
          <ul className="money-list">
            {assumptions.map((text) => (
              <li key={text}>{text}</li>
            ))}
          </ul>
        </>
      )}
      {fixed.length > 0 && (
        <details>
          <summary>{fixed.length} stay fixed, because nobody states how uncertain they are</summary>
          <p>{fixed.join(', ')}</p>
        </details>
      )}
    </>
  )
}
