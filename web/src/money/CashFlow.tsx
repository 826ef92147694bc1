import { useState } from 'react'
import type { CashFlowChart } from '../../../src/draw/money/chart-types.ts'
import { drawCashFlow } from '../../../src/draw/money/index.ts'
import type { CashFlowPeriod, ColumnName } from '../../../src/economics/finance/index.ts'
import { Segments } from '../circuit/parts/Segments.tsx'
import { useWorkspace } from '../document/store.ts'
import { Chart } from '../results/studies/Chart.tsx'
import { stemOf } from '../results/streams/download.ts'
import { Block } from '../ui/Area.tsx'
import { inScale, scaleOf, type Scale } from './amount.ts'
import { Drawn, look } from './Drawn.tsx'
import { barsOf, flowSentence, type FlowBar, type Whose } from './flow.ts'
import { useHeld } from './held.tsx'
import { Beside } from './Numbers.tsx'
import { Taken, type Column } from './Taken.tsx'

const names = { project: 'Flow of the project', equity: 'Flow to the equity' } as const

/** The money of every period: as a chart, as a table, and by which conventions. */
export function CashFlow() {
  const { now } = useHeld()
  const [whose, setWhose] = useState<Whose>('project')
  const { currency } = now.appraisal.basis
  const stem = stemOf(useWorkspace((w) => w.file))
  const bars = barsOf(now.periods, whose)
  const scale = scaleOf(
    bars.flatMap(({ flow, cumulative }) => [flow, cumulative]),
    currency,
  )
  return (
    <Beside title="What the cash flow rests on" sections={['finance']}>
      <Segments
        label="Whose money"
        options={[
          ['project', 'Project'],
          ['equity', 'Equity'],
        ]}
        chosen={whose}
        onChoose={setWhose}
      />
      <Chart
        title={names[whose]}
        name={`${stem}-cash-flow-${whose}`}
        rows={[
          ['period', `flow, ${currency}`, `cumulative, ${currency}`, `discounted, ${currency}`],
          ...bars.map((bar) => [bar.label, bar.flow, bar.cumulative, bar.discounted]),
        ]}
        draw={(chart) => (
          <Drawn svg={drawCashFlow(chartOf(now.periods, bars, whose, scale), look)} chart={chart} />
        )}
      >
        <p>{flowSentence(names[whose], bars, scale)}</p>
      </Chart>
      <Block title="Every period">
        <Periods periods={now.periods} scale={scale} file={`${stem}-cash-flow`} />
      </Block>
      <Block title="Conventions">
        <ConventionList />
      </Block>
    </Beside>
  )
}

/** Columns of the cash flow as the chart groups them; the last are those of loans. */
const flows: readonly (readonly [
  name: string,
  project: readonly ColumnName[],
  loans: readonly ColumnName[],
])[] = [
  ['capital', ['capital', 'replacements', 'oneOffs', 'workingCapital'], []],
  ['revenue', ['revenue', 'credits'], []],
  ['costs', ['variableCosts', 'fixedCosts', 'royalties'], []],
  ['tax', ['tax'], ['taxShield']],
  ['grants', ['grants'], []],
  ['loan drawn', [], ['draws']],
  ['loan served', [], ['fees', 'interest', 'principal']],
]

/** The periods as the chart takes them: what comes in and goes out, and the running sums. */
function chartOf(
  periods: readonly CashFlowPeriod[],
  bars: readonly FlowBar[],
  whose: Whose,
  { unit, factor }: Scale,
): CashFlowChart {
  const series = flows.map(([name, project, loans]) => {
    const own = whose === 'equity' ? [...project, ...loans] : project
    const sum = ({ columns }: CashFlowPeriod) =>
      factor * own.reduce((total, column) => total + columns[column], 0)
    return { name, values: periods.map(sum) }
  })
  return {
    title: names[whose],
    unit,
    periods: periods.map(({ label }) => label),
    series: series.filter(({ values }) => values.some((value) => value !== 0)),
    lines: [
      { name: 'cumulative', values: bars.map(({ cumulative }) => factor * cumulative) },
      { name: 'discounted', values: bars.map(({ discounted }) => factor * discounted) },
    ],
  }
}

const heads: Readonly<Record<ColumnName, string>> = {
  capital: 'capital',
  replacements: 'replacements',
  oneOffs: 'paid once',
  workingCapital: 'working capital',
  grants: 'grants',
  revenue: 'revenue',
  royalties: 'royalties',
  variableCosts: 'variable costs',
  fixedCosts: 'fixed costs',
  credits: 'credits',
  tax: 'tax',
  depreciation: 'depreciation (no cash)',
  taxableIncome: 'taxable income (no cash)',
  draws: 'loan drawn',
  fees: 'loan fees',
  interest: 'interest',
  principal: 'principal',
  taxShield: 'tax saved by the loan',
}

function Periods({
  periods,
  scale,
  file,
}: {
  readonly periods: readonly CashFlowPeriod[]
  readonly scale: Scale
  readonly file: string
}) {
  // A column in which nothing ever happens is left out.
  const used = (Object.keys(heads) as ColumnName[]).filter((name) =>
    periods.some(({ columns }) => columns[name] !== 0),
  )
  const amount = (id: string, head: string, of: (period: CashFlowPeriod) => number) => ({
    id,
    head,
    value: (period: CashFlowPeriod) => of(period) * scale.factor,
    show: (period: CashFlowPeriod) => (of(period) === 0 ? '–' : inScale(of(period), scale)),
  })
  const columns: readonly Column<CashFlowPeriod>[] = [
    { id: 'label', head: scale.unit, value: ({ label }) => label },
    ...used.map((name) => amount(name, heads[name], (period) => period.columns[name])),
    amount('project', 'project', ({ project }) => project),
    amount('equity', 'equity', ({ equity }) => equity),
    amount('cumulative', 'cumulative', ({ cumulative }) => cumulative),
  ]
  return (
    <Taken
      label="Cash flow by period"
      file={file}
      columns={columns}
      rows={periods}
      keyOf={({ period }) => `${period}`}
      empty="The project has no period."
    />
  )
}

function ConventionList() {
  const { conventions } = useHeld().now
  return (
    <ul className="money-list">
      {conventions.map((means) => (
        <li key={means}>{means}</li>
      ))}
    </ul>
  )
}
