import type { SalesLine } from '../../../src/economics/index.ts'
import { drawBreakdown } from '../../../src/draw/money/index.ts'
import { useWorkspace } from '../document/store.ts'
import { UnitLink } from '../results/links.tsx'
import { Chart } from '../results/studies/Chart.tsx'
import { stemOf } from '../results/streams/download.ts'
import { Block } from '../ui/Area.tsx'
import { formatNumber, formatPercent } from '../ui/format.ts'
import { inScale, scaleOf, type Scale } from './amount.ts'
import { Drawn, look } from './Drawn.tsx'
import { rateOf, whyNoRate } from './facts.ts'
import { Figure, useHeld } from './held.tsx'
import { Beside } from './Numbers.tsx'
import { Taken, type Column } from './Taken.tsx'

/** What each product brings, with sliders for its price; everything else follows at once. */
export function Prices() {
  const { sales, basis } = useHeld().now.appraisal
  const stem = stemOf(useWorkspace((w) => w.file))
  const scale = scaleOf(
    sales.lines.map(({ amount }) => amount),
    basis.currency,
    '/y',
  )
  const breakdown = {
    title: 'Sales',
    unit: scale.unit,
    parts: sales.lines.map(({ product, amount }) => ({
      name: product,
      amount: amount * scale.factor,
    })),
  }
  return (
    <Beside title="Prices and terms" sections={['sales']} isFirst>
      <Live />
      <Chart
        title="Sales by product"
        name={`${stem}-sales`}
        rows={[
          ['product', `${basis.currency}/y`],
          ...sales.lines.map(({ product, amount }) => [product, amount]),
        ]}
        draw={(chart) => (
          <Drawn svg={drawBreakdown('Sales by product', [breakdown], look)} chart={chart} />
        )}
      />
      <Block title="What is sold, and on which terms">
        <Lines lines={sales.lines} scale={scale} file={`${stem}-sales-lines`} />
      </Block>
    </Beside>
  )
}

/** The figures that prices decide, beside the sliders. */
function Live() {
  const { metrics } = useHeld().now.appraisal.finance
  return (
    <dl className="money-figures money-live">
      <div>
        <dt>Sales</dt>
        <dd>
          <Figure pick={(v) => v.appraisal.sales.perYear} reading={{ as: 'money', per: '/y' }} />
        </dd>
      </div>
      <div>
        <dt>Net present value</dt>
        <dd>
          <Figure pick={(v) => v.appraisal.finance.metrics.projectNpv} reading={{ as: 'money' }} />
        </dd>
      </div>
      <div>
        <dt>Rate of return</dt>
        <dd>
          <Figure
            pick={(v) => rateOf(v.appraisal.finance.metrics.projectIrr)}
            reading={{ as: 'share' }}
            absent={whyNoRate(metrics.projectIrr)}
          />
        </dd>
      </div>
    </dl>
  )
}

function Lines({
  lines,
  scale,
  file,
}: {
  readonly lines: readonly SalesLine[]
  readonly scale: Scale
  readonly file: string
}) {
  const columns: readonly Column<SalesLine>[] = [
    {
      id: 'product',
      head: 'product',
      value: ({ product }) => product,
      show: ({ product }) => <UnitLink unit={product} />,
    },
    {
      id: 'rate',
      head: 't/y',
      value: ({ ratePerYear }) => ratePerYear / 1000,
      show: ({ ratePerYear }) => formatNumber(ratePerYear / 1000),
    },
    {
      id: 'payable',
      head: 'payable',
      value: ({ payable }) => payable,
      show: ({ payable }) => formatPercent(payable, 3),
    },
    {
      id: 'amount',
      head: scale.unit,
      value: ({ amount }) => amount * scale.factor,
      show: ({ amount }) => inScale(amount, scale),
    },
    {
      id: 'tiers',
      head: 'markets',
      words: 'short',
      value: ({ tiers }) => tiers.map(tierText).join('; '),
    },
    {
      id: 'how',
      head: 'how',
      words: 'long',
      value: ({ how }) => how,
      show: ({ how, unsold }) =>
        unsold > 0 ? (
          <>
            {how}{' '}
            <span className="verdict-word-unknown">
              {formatNumber(unsold / 1000)} t/y find no market
            </span>
          </>
        ) : (
          how
        ),
    },
  ]
  return (
    <Taken
      label="What is sold"
      file={file}
      columns={columns}
      rows={lines}
      keyOf={({ product }) => product}
      empty="Nothing is sold: the plant packs no product, or none has a price."
    />
  )
}

const tierText = ({ name, volume, price }: SalesLine['tiers'][number]) =>
  `${name}: ${formatNumber(volume / 1000)} t/y at ${formatNumber(price)}/kg`
