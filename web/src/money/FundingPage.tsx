import { useState } from 'react'
import type { FundingMix } from '../../../src/economics/finance/funding.ts'
import { drawBreakdown } from '../../../src/draw/money/index.ts'
import { useWorkspace } from '../document/store.ts'
import { startEngine } from '../engine/client.ts'
import type { FundingAnswer, tasks } from '../engine/tasks/funding.ts'
import { Chart } from '../results/studies/Chart.tsx'
import { stemOf } from '../results/streams/download.ts'
import { Block } from '../ui/Area.tsx'
import { formatNumber, formatPercent } from '../ui/format.ts'
import { amountText, inScale, scaleOf, type Scale } from './amount.ts'
import { Drawn, look } from './Drawn.tsx'
import { FundingForm } from './FundingForm.tsx'
import { rateOf, whyNoRate } from './facts.ts'
import { requestOf, wishOf, type FundingWish } from './funding-wish.ts'
import { useHeld } from './held.tsx'
import { Taken, type Column } from './Taken.tsx'

type CashFlowInputs = ReturnType<typeof useHeld>['now']['appraisal']['finance']['inputs']

/** What was asked of a plant stays as long as the page does. */
let kept: { readonly file: string; readonly wish: FundingWish } | undefined

interface Search {
  readonly phase: 'idle' | 'searching' | 'done' | 'broken'
  readonly answer?: FundingAnswer
  /** Of which the answer is. */
  readonly inputs?: CashFlowInputs
  readonly why?: string
}

/** Seeks the least grant or the most debt that keeps floors of return and service cover. */
export function FundingPage() {
  const { inputs } = useHeld().now.appraisal.finance
  const file = useWorkspace((w) => w.file)
  const [wish, setWish] = useState(kept?.file === file ? kept.wish : wishOf(inputs))
  const [search, setSearch] = useState<Search>({ phase: 'idle' })
  const asked = requestOf(wish, inputs)
  const change = (next: Partial<FundingWish>) => {
    const now = { ...wish, ...next }
    kept = { file, wish: now }
    setWish(now)
  }
  const start = async () => {
    if (!asked.ok) return
    setSearch({ phase: 'searching' })
    // A worker of its own: the live plant goes on beside it.
    const worker = startEngine()
    try {
      const answer = await worker
        .tasks<typeof tasks>('funding')
        .search({ inputs, request: asked.request })
      setSearch({ phase: 'done', answer, inputs })
    } catch (error) {
      setSearch({ phase: 'broken', why: error instanceof Error ? error.message : String(error) })
    } finally {
      worker.close()
    }
  }
  return (
    <div className="studies">
      <FundingForm wish={wish} currency={inputs.basis.currency} onChange={change} />
      <div className="studies-run-row">
        <button
          type="button"
          className="studies-start"
          disabled={!asked.ok || search.phase === 'searching'}
          onClick={() => void start()}
        >
          Search
        </button>
        <span role="status" className="studies-doing">
          {search.phase === 'searching' && 'Searching.'}
          {search.phase === 'done' && 'Done.'}
          {!asked.ok && asked.why}
        </span>
      </div>
      {search.phase === 'broken' && (
        <p role="alert" className="studies-problems">
          {search.why}
        </p>
      )}
      {search.answer !== undefined && search.inputs !== inputs && (
        <p className="studies-stale">
          The plant was changed after this was found: the mix below is of the earlier one.
        </p>
      )}
      {search.answer !== undefined && <Found answer={search.answer} />}
    </div>
  )
}

function Found({ answer: { funding, ladder } }: { readonly answer: FundingAnswer }) {
  const { currency } = useHeld().now.appraisal.basis
  const stem = stemOf(useWorkspace((w) => w.file))
  const mix = funding.outcome === 'found' ? funding.mix : funding.nearest
  const parts = [
    { name: 'Grant', amount: mix.grant },
    { name: 'Loan', amount: mix.debt },
    { name: 'Equity', amount: mix.equity },
  ]
  const scale = scaleOf(
    parts.map(({ amount }) => amount),
    currency,
  )
  const breakdown = {
    title: 'Funding',
    unit: scale.unit,
    parts: parts.map(({ name, amount }) => ({ name, amount: amount * scale.factor })),
  }
  return (
    <>
      <Chart
        title={funding.outcome === 'found' ? 'The mix that was found' : 'No mix keeps the floors'}
        name={`${stem}-funding`}
        rows={[['part', currency], ...parts.map(({ name, amount }) => [name, amount])]}
        draw={(chart) => <Drawn svg={drawBreakdown('Funding', [breakdown], look)} chart={chart} />}
      >
        {funding.outcome === 'found' ? null : (
          <p>No mix keeps the floors: {funding.why}. The nearest is shown.</p>
        )}
        <p>{mixText(mix, currency)}</p>
      </Chart>
      <Block title="Other shares of debt with the same grant">
        <Ladder ladder={ladder} scale={scale} file={`${stem}-funding-mixes`} />
      </Block>
    </>
  )
}

const coverText = (dscr: number | undefined) => (dscr === undefined ? '–' : formatNumber(dscr, 3))

function mixText(mix: FundingMix, currency: string): string {
  const rate = rateOf(mix.equityIrr)
  const returned = rate === undefined ? whyNoRate(mix.equityIrr) : formatPercent(rate)
  return (
    `Grant ${amountText(mix.grant, currency)}, loan ${amountText(mix.debt, currency)} ` +
    `(${formatPercent(mix.debtShare, 3)} of the fixed capital), equity ` +
    `${amountText(mix.equity, currency)}. Return on equity ${returned}, ` +
    `${mix.dscr === undefined ? 'no loan to serve' : `least service cover ${coverText(mix.dscr)}`}.`
  )
}

function Ladder({
  ladder,
  scale,
  file,
}: {
  readonly ladder: readonly FundingMix[]
  readonly scale: Scale
  readonly file: string
}) {
  const columns: readonly Column<FundingMix>[] = [
    {
      id: 'share',
      head: 'debt, of fixed capital',
      value: ({ debtShare }) => debtShare,
      show: ({ debtShare }) => formatPercent(debtShare, 3),
    },
    {
      id: 'debt',
      head: `loan, ${scale.unit}`,
      value: ({ debt }) => debt * scale.factor,
      show: ({ debt }) => inScale(debt, scale),
    },
    {
      id: 'equity',
      head: `equity, ${scale.unit}`,
      value: ({ equity }) => equity * scale.factor,
      show: ({ equity }) => inScale(equity, scale),
    },
    {
      id: 'irr',
      head: 'return on equity',
      value: ({ equityIrr }) => rateOf(equityIrr) ?? null,
      show: ({ equityIrr }) => {
        const rate = rateOf(equityIrr)
        return rate === undefined ? 'none' : formatPercent(rate)
      },
    },
    {
      id: 'dscr',
      head: 'least service cover',
      value: ({ dscr }) => dscr ?? null,
      show: ({ dscr }) => coverText(dscr),
    },
    {
      id: 'npv',
      head: `equity value, ${scale.unit}`,
      value: ({ equityNpv }) => equityNpv * scale.factor,
      show: ({ equityNpv }) => inScale(equityNpv, scale),
    },
    {
      id: 'keeps',
      head: 'floors',
      words: 'short',
      value: ({ keepsFloors }) => (keepsFloors ? 'kept' : 'not kept'),
      show: ({ keepsFloors }) =>
        keepsFloors ? '✓ kept' : <span className="verdict-word-short">✗ not kept</span>,
    },
  ]
  return (
    <Taken
      label="Mixes of debt and equity"
      file={file}
      columns={columns}
      rows={ladder}
      keyOf={({ debtShare }) => `${debtShare}`}
      empty="No mix was tried."
    />
  )
}
