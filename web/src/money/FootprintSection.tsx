import { drawFootprint } from '../../../src/draw/money/index.ts'
import type {
  Footprint,
  FootprintLine,
  ProductFootprint,
} from '../../../src/economics/footprint-types.ts'
import { useWorkspace } from '../document/store.ts'
import { UnitLink } from '../results/links.tsx'
import { Chart } from '../results/studies/Chart.tsx'
import { stemOf } from '../results/streams/download.ts'
import { Block } from '../ui/Area.tsx'
import { formatNumber, formatPercent, formatWithUnit } from '../ui/format.ts'
import { Drawn, look } from './Drawn.tsx'
import { useHeld, Figure } from './held.tsx'
import { Beside } from './Numbers.tsx'
import { More } from './Said.tsx'
import { Taken, type Column } from './Taken.tsx'

/** What each product emits from cradle to gate, what is missing, and how other routes stand. */
export function FootprintSection() {
  const { footprint } = useHeld().now.appraisal
  if ('missing' in footprint) return <p>There is no footprint: {footprint.missing}.</p>
  return <Emitted footprint={footprint} />
}

/** Words that begin small and end without a stop, as a sentence. */
const sentence = (text: string) =>
  `${text.charAt(0).toUpperCase()}${text.slice(1)}${text.endsWith('.') ? '' : '.'}`

const perKg = 'kg CO₂e/kg'

function Emitted({ footprint }: { readonly footprint: Footprint }) {
  const stem = stemOf(useWorkspace((w) => w.file))
  const { perProduct, gaps, compared } = footprint
  const groups = Object.keys(perProduct[0]?.byGroup ?? {})
  const chart = {
    title: 'Footprint of each product',
    unit: `${perKg} of product`,
    bars: perProduct.map(({ name, byGroup }) => ({ name, byGroup })),
    missing: gaps.length === 0 ? [] : [`${gaps.length} contributions, listed below`],
  }
  return (
    <Beside title="What the footprint rests on" sections={['footprint']}>
      <Chart
        title="Footprint of each product, cradle to gate"
        name={`${stem}-footprint`}
        rows={[
          ['product', ...groups.map((group) => `${group}, ${perKg}`)],
          ...perProduct.map(({ name, byGroup }) => [name, ...Object.values(byGroup)]),
        ]}
        draw={(ref) => <Drawn svg={drawFootprint(chart, look)} chart={ref} />}
      >
        <p>
          Shared among the products {footprint.rule}. {sentence(footprint.cutOff)}
        </p>
        <p>
          {sentence(footprint.boundary)} Electricity: {footprint.grid}.
        </p>
      </Chart>
      <Block title="Products">
        <Products rows={perProduct} file={`${stem}-footprint-products`} />
      </Block>
      <Block title="What is not in it">
        <Gaps of={footprint} />
      </Block>
      <Block title="Beside other routes, as published">
        {compared.length === 0 ? <p>No published route is known.</p> : <Routes of={footprint} />}
      </Block>
      <Block title="Contributions">
        <Lines lines={footprint.lines} file={`${stem}-footprint-lines`} />
      </Block>
      <Block title="Choices that no source backs">
        {footprint.assumptions.length === 0 ? (
          <p>None.</p>
        ) : (
          <ul className="money-list">
            {footprint.assumptions.map((text) => (
              <li key={text}>{text}</li>
            ))}
          </ul>
        )}
      </Block>
    </Beside>
  )
}

function Gaps({ of: { gaps, unknownMass } }: { readonly of: Footprint }) {
  if (gaps.length === 0) return <p>Every contribution that the plant implies has a factor.</p>
  return (
    <>
      <p className="area-line">
        No factor is known for {formatNumber(unknownMass.value / 1000)} of{' '}
        {formatNumber(unknownMass.of / 1000)} t/y that enter or leave; they are not counted as zero
        but left out.
      </p>
      <More
        items={gaps.map(({ name, group, unit, quantity, missing }) => {
          const what = name === group ? name : `${name}, ${group}`
          const much =
            quantity === undefined ? '' : `${formatWithUnit(quantity.value, quantity.unit)}/y: `
          return { head: unit === '' ? what : `${unit}: ${what}`, text: `${much}${missing}` }
        })}
      />
    </>
  )
}

function Products({
  rows,
  file,
}: {
  readonly rows: readonly ProductFootprint[]
  readonly file: string
}) {
  const pick = (name: string, key: 'kgCO2ePerKg' | 'kgCO2ePerKgReo') => (
    <Figure
      pick={({ appraisal: { footprint: f } }) =>
        'missing' in f ? undefined : f.perProduct.find((p) => p.name === name)?.[key]
      }
      reading={{ as: 'number', unit: '' }}
    />
  )
  const columns: readonly Column<ProductFootprint>[] = [
    {
      id: 'name',
      head: 'product',
      value: ({ name }) => name,
      show: ({ name }) => <UnitLink unit={name} />,
    },
    {
      id: 'perKg',
      head: `${perKg} of product`,
      value: (row) => row.kgCO2ePerKg,
      show: ({ name }) => pick(name, 'kgCO2ePerKg'),
    },
    {
      id: 'perReo',
      head: `${perKg} of REO`,
      value: (row) => row.kgCO2ePerKgReo ?? null,
      show: ({ name }) => pick(name, 'kgCO2ePerKgReo'),
    },
    {
      id: 'share',
      head: 'share of the plant',
      value: ({ share }) => share,
      show: ({ share }) => formatPercent(share, 3),
    },
    {
      id: 'primary',
      head: 'from primary data',
      value: ({ primaryShare }) => primaryShare,
      show: ({ primaryShare }) => formatPercent(primaryShare, 3),
    },
  ]
  return (
    <Taken
      label="Footprint of each product"
      file={file}
      columns={columns}
      rows={rows}
      keyOf={({ name }) => name}
      empty="The plant packs no product."
    />
  )
}

function Routes({ of }: { readonly of: Footprint }) {
  return (
    <ul className="money-list">
      {of.compared.map((compared) => {
        const { id, title, range, boundary, functionalUnit, claim, source } = compared.route
        return (
          <li key={id}>
            <strong>{title}</strong>{' '}
            {range === undefined
              ? (claim ?? '')
              : `${formatNumber(range[0])} to ${formatNumber(range[1])} kg CO₂e/kg of ${functionalUnit}`}
            , {boundary}.{' '}
            {compared.comparable
              ? `This plant: ${formatNumber(compared.own)}, that is ${ratioText(compared.ratio)} of it.`
              : `Not compared: ${compared.because}.`}{' '}
            <span className="area-quiet">{source}</span>
          </li>
        )
      })}
    </ul>
  )
}

const ratioText = ([a, b]: readonly [number, number]) => {
  const [low, high] = [Math.min(a, b), Math.max(a, b)].map((share) => formatPercent(share, 2))
  return low === high ? low : `${low} to ${high}`
}

function Lines({
  lines,
  file,
}: {
  readonly lines: readonly FootprintLine[]
  readonly file: string
}) {
  const sorted = [...lines].sort((a, b) => Math.abs(b.amount) - Math.abs(a.amount))
  const columns: readonly Column<FootprintLine>[] = [
    {
      id: 'name',
      head: 'contribution',
      value: ({ name }) => name,
    },
    {
      id: 'group',
      head: 'part',
      words: 'long',
      value: ({ group }) => group,
      under: ({ factor, source, method, note }) =>
        [factor.title, note, `${source}, ${method}`]
          .filter((text) => text !== undefined)
          .join('; '),
    },
    {
      id: 'unit',
      head: 'unit',
      words: 'short',
      value: ({ unit }) => unit,
      show: ({ unit }) => (unit === '' ? '' : <UnitLink unit={unit} />),
    },
    {
      id: 'quantity',
      head: 'a year',
      value: ({ quantity }) => quantity.value,
      show: ({ quantity }) => formatWithUnit(quantity.value, quantity.unit),
    },
    {
      id: 'factor',
      head: 'factor',
      value: ({ factor }) => factor.value,
      show: ({ factor }) => formatWithUnit(factor.value, factor.unit),
    },
    {
      id: 'amount',
      head: 't CO₂e/y',
      value: ({ amount }) => amount / 1000,
      show: ({ amount }) => formatNumber(amount / 1000),
    },
    {
      id: 'from',
      head: 'where from',
      onlyTaken: true,
      value: ({ factor, source, note }) =>
        [factor.title, source, note].filter((text) => text !== undefined).join('; '),
    },
  ]
  return (
    <Taken
      label="Contributions to the footprint"
      file={file}
      columns={columns}
      rows={sorted}
      keyOf={({ name, group, unit }, k) => `${group} ${unit} ${name} ${k}`}
      empty="Nothing contributes."
    />
  )
}
