import { drawBreakdown } from '../../../src/draw/money/index.ts'
import type { OperatingLine, ProductCost } from '../../../src/economics/index.ts'
import { useWorkspace } from '../document/store.ts'
import { UnitLink } from '../results/links.tsx'
import { Chart } from '../results/studies/Chart.tsx'
import { stemOf } from '../results/streams/download.ts'
import { Block } from '../ui/Area.tsx'
import { formatNumber, formatPercent, formatWithUnit } from '../ui/format.ts'
import { inScale, scaleOf, type Scale } from './amount.ts'
import { Drawn, look } from './Drawn.tsx'
import { byGroup, operatingGroups, unpricedText } from './facts.ts'
import { Figure, useHeld } from './held.tsx'
import { Beside } from './Numbers.tsx'
import { Taken, type Column } from './Taken.tsx'
import { WhereFrom } from './WhereFrom.tsx'

const rules = { mass: 'mass', value: 'value', treo: 'rare earth oxide' } as const

/** What the plant costs to run: by part, line by line, and per kg of each product. */
export function Operating() {
  const { now } = useHeld()
  const { operating } = now.appraisal
  const { currency } = operating.basis
  const stem = stemOf(useWorkspace((w) => w.file))
  const parts = byGroup(operating.lines, operatingGroups)
  const scale = scaleOf(
    parts.map(({ amount }) => amount),
    currency,
    '/y',
  )
  const breakdown = {
    title: 'Operating cost',
    unit: scale.unit,
    parts: parts.map(({ name, amount }) => ({ name, amount: amount * scale.factor })),
    missing: unpricedText(operating.gaps),
  }
  return (
    <Beside title="What the operating cost rests on" sections={['operating']}>
      <Chart
        title="Operating cost by part"
        name={`${stem}-operating`}
        rows={[['part', `${currency}/y`], ...parts.map(({ name, amount }) => [name, amount])]}
        draw={(chart) => (
          <Drawn svg={drawBreakdown('Operating cost by part', [breakdown], look)} chart={chart} />
        )}
      />
      <Block title="Cost of each product">
        <p className="area-line">
          Shared among the products by {rules[operating.allocation]}. All oxides together cost{' '}
          <Figure
            pick={(v) => v.appraisal.operating.perKgReo}
            reading={{ as: 'money', per: '/kg REO' }}
          />
          .
        </p>
        <Products scale={scale} file={`${stem}-cost-of-products`} />
      </Block>
      <Block title="Lines of the operating cost">
        <Lines lines={operating.lines} scale={scale} file={`${stem}-operating-lines`} />
      </Block>
      <Block title="What has no price">
        <Unpriced />
      </Block>
    </Beside>
  )
}

function Products({ scale, file }: { readonly scale: Scale; readonly file: string }) {
  const { operating, basis } = useHeld().now.appraisal
  const perKg = `${basis.currency}/kg`
  const columns: readonly Column<ProductCost>[] = [
    {
      id: 'name',
      head: 'product',
      value: ({ name }) => name,
      show: ({ name }) => <UnitLink unit={name} />,
    },
    {
      id: 'rate',
      head: 't/y',
      value: ({ ratePerYear }) => ratePerYear / 1000,
      show: ({ ratePerYear }) => formatNumber(ratePerYear / 1000),
    },
    {
      id: 'cost',
      head: scale.unit,
      value: ({ cost }) => cost * scale.factor,
      show: ({ cost }) => inScale(cost, scale),
    },
    {
      id: 'perKg',
      head: perKg,
      value: (row) => row.perKg,
      show: ({ name }) => (
        <Figure
          pick={(v) => v.appraisal.operating.products.find((p) => p.name === name)?.perKg}
          reading={{ as: 'number', unit: '' }}
        />
      ),
    },
    {
      id: 'share',
      head: 'share',
      value: ({ share }) => share,
      show: ({ share }) => formatPercent(share, 3),
    },
  ]
  return (
    <Taken
      label="Cost of each product"
      file={file}
      columns={columns}
      rows={operating.products}
      keyOf={({ name }) => name}
      empty="The plant packs no product."
    />
  )
}

const withUnit = (of: { readonly value: number; readonly unit: string } | undefined) =>
  of === undefined ? '' : formatWithUnit(of.value, of.unit)

function Lines({
  lines,
  scale,
  file,
}: {
  readonly lines: readonly OperatingLine[]
  readonly scale: Scale
  readonly file: string
}) {
  const columns: readonly Column<OperatingLine>[] = [
    {
      id: 'name',
      head: 'line',
      value: ({ name }) => name,
    },
    {
      id: 'group',
      head: 'part',
      words: 'long',
      value: ({ group }) => operatingGroups[group],
      under: (line) => (
        <>
          {line.how} <WhereFrom {...line} />
        </>
      ),
    },
    {
      id: 'moves',
      head: 'moves with',
      words: 'short',
      value: ({ variable }) => (variable ? 'output' : 'time'),
    },
    {
      id: 'quantity',
      head: 'a year',
      value: ({ quantity }) => quantity?.value ?? null,
      show: ({ quantity }) => withUnit(quantity),
    },
    {
      id: 'price',
      head: 'price',
      value: ({ price }) => price?.value ?? null,
      show: ({ price }) => withUnit(price),
    },
    {
      id: 'amount',
      head: scale.unit,
      value: ({ amount }) => amount * scale.factor,
      show: ({ amount }) => inScale(amount, scale),
    },
    {
      id: 'how',
      head: 'how',
      onlyTaken: true,
      value: ({ how, source, assumption }) =>
        [how, source, assumption].filter((text) => text !== undefined).join('; '),
    },
  ]
  return (
    <Taken
      label="Lines of the operating cost"
      file={file}
      columns={columns}
      rows={lines}
      keyOf={({ name, group }, k) => `${group} ${name} ${k}`}
      empty="Nothing is bought and nobody is paid."
    />
  )
}

function Unpriced() {
  const { gaps } = useHeld().now.appraisal.operating
  if (gaps.length === 0) return <p>Everything that the plant takes and gives has a price.</p>
  return (
    <ul className="money-list">
      {gaps.map(({ what, why }) => (
        <li key={what}>
          <strong>{what}</strong> {why}
        </li>
      ))}
    </ul>
  )
}
