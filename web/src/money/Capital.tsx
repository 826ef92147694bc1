import { drawBreakdown } from '../../../src/draw/money/index.ts'
import type { CapitalLine, EquipmentLine } from '../../../src/economics/index.ts'
import { UnitLink } from '../results/links.tsx'
import { Chart } from '../results/studies/Chart.tsx'
import { stemOf } from '../results/streams/download.ts'
import { useWorkspace } from '../document/store.ts'
import { Block } from '../ui/Area.tsx'
import { formatNumber, formatWithUnit } from '../ui/format.ts'
import { readableOf } from '../ui/shown-in.ts'
import { amountText, inScale, scaleOf, type Scale } from './amount.ts'
import { Drawn, look } from './Drawn.tsx'
import { byGroup, capitalGroups, classText, priceOf, unpricedText } from './facts.ts'
import { useHeld } from './held.tsx'
import { Beside } from './Numbers.tsx'
import { Taken, type Column } from './Taken.tsx'
import { WhereFrom } from './WhereFrom.tsx'

/** What the plant costs to build: the whole by parts, its lines, and every piece of equipment. */
export function Capital() {
  const { now } = useHeld()
  const { capital } = now.appraisal
  const { currency } = capital.basis
  const stem = stemOf(useWorkspace((w) => w.file))
  const parts = byGroup(capital.lines, capitalGroups)
  const scale = scaleOf(
    parts.map(({ amount }) => amount),
    currency,
  )
  const breakdown = {
    title: 'Capital',
    unit: scale.unit,
    parts: parts.map(({ name, amount }) => ({ name, amount: amount * scale.factor })),
    missing: unpricedText(capital.unpriced),
  }
  return (
    <Beside title="What the estimate rests on" sections={['estimate', 'basis']}>
      <Chart
        title="Capital by part"
        name={`${stem}-capital`}
        rows={[['part', currency], ...parts.map(({ name, amount }) => [name, amount])]}
        draw={(chart) => (
          <Drawn svg={drawBreakdown('Capital by part', [breakdown], look)} chart={chart} />
        )}
      >
        <p>
          An estimate of {classText(capital)}
          {capital.scaled === undefined
            ? ''
            : `, scaled from ${capital.scaled.from} with the exponent ${capital.scaled.exponent}`}
          .
        </p>
      </Chart>
      <Block title="Lines of the estimate">
        <Lines lines={capital.lines} scale={scale} file={`${stem}-capital-lines`} />
      </Block>
      <Block title="Equipment">
        <Equipment items={capital.equipment} currency={currency} file={`${stem}-equipment`} />
      </Block>
      <Block title="Battery limits">
        <Limits />
      </Block>
    </Beside>
  )
}

function Lines({
  lines,
  scale,
  file,
}: {
  readonly lines: readonly CapitalLine[]
  readonly scale: Scale
  readonly file: string
}) {
  const columns: readonly Column<CapitalLine>[] = [
    { id: 'name', head: 'line', value: ({ name }) => name },
    { id: 'group', head: 'part', words: 'short', value: ({ group }) => capitalGroups[group] },
    {
      id: 'amount',
      head: scale.unit,
      value: ({ amount }) => amount * scale.factor,
      show: ({ amount }) => inScale(amount, scale),
    },
    { id: 'how', head: 'how', words: 'long', value: ({ how }) => how },
    {
      id: 'from',
      head: 'where from',
      words: 'short',
      value: ({ source, assumption }) => source ?? assumption ?? '',
      show: (line) => <WhereFrom {...line} />,
    },
  ]
  return (
    <Taken
      label="Lines of the capital estimate"
      file={file}
      columns={columns}
      rows={lines}
      keyOf={({ name, group }, k) => `${group} ${name} ${k}`}
      empty="The estimate has no line."
    />
  )
}

function Equipment({
  items,
  currency,
  file,
}: {
  readonly items: readonly EquipmentLine[]
  readonly currency: string
  readonly file: string
}) {
  const scale = scaleOf(
    items.map((item) => priceOf(item) ?? 0),
    currency,
  )
  const columns = equipmentColumns(scale)
  const missing = items.filter((item) => priceOf(item) === undefined).length
  return (
    <>
      {missing > 0 && (
        <p className="area-line">
          {missing} of {items.length} lines have no price: they are in no sum.
        </p>
      )}
      <Taken
        label="Equipment with its price"
        file={file}
        columns={columns}
        rows={items}
        keyOf={({ unit, type }, k) => `${unit} ${type} ${k}`}
        empty="The plant implies no equipment."
      />
    </>
  )
}

const equipmentColumns = (scale: Scale): readonly Column<EquipmentLine>[] => [
  {
    id: 'unit',
    head: 'unit',
    value: ({ unit }) => unit,
    show: ({ unit }) => <UnitLink unit={unit} />,
  },
  {
    id: 'type',
    head: 'equipment',
    words: 'long',
    value: ({ type }) => type,
    under: ({ material, price }) =>
      'missing' in price ? (
        <>
          {material}; <span className="verdict-word-unknown">{price.missing}</span>
        </>
      ) : (
        <>
          {material}; {price.how}
          {price.extrapolated === undefined ? null : (
            <span className="verdict-word-unknown"> {price.extrapolated}</span>
          )}
          ; {price.source}
        </>
      ),
  },
  { id: 'count', head: 'count', value: ({ count }) => count },
  {
    id: 'size',
    head: 'size of each',
    words: 'short',
    value: ({ size }) => `${size.name} ${size.value} ${size.unit}`,
    show: ({ size, further = [] }) => [size, ...further].map(sizeText).join(', '),
  },
  { id: 'material', head: 'material', onlyTaken: true, value: ({ material }) => material },
  {
    id: 'each',
    head: `each, ${scale.unit}`,
    value: ({ price }) => ('missing' in price ? null : price.each * scale.factor),
    show: ({ price }) => ('missing' in price ? 'unknown' : inScale(price.each, scale)),
  },
  {
    id: 'total',
    head: `together, ${scale.unit}`,
    value: (item) => {
      const price = priceOf(item)
      return price === undefined ? null : price * scale.factor
    },
    show: (item) => {
      const price = priceOf(item)
      return price === undefined ? 'unknown' : inScale(price, scale)
    },
  },
  {
    id: 'how',
    head: 'how it is priced',
    onlyTaken: true,
    value: ({ price }) => ('missing' in price ? price.missing : `${price.how}; ${price.source}`),
  },
]

function sizeText({ name, value, unit }: EquipmentLine['size']): string {
  const shown = readableOf(value, unit)
  return `${name} ${formatWithUnit(shown.value, shown.unit, 3)}`
}

function Limits() {
  const { batteryLimits, excluded, unpriced, totals, basis } = useHeld().now.appraisal.capital
  return (
    <>
      <p className="area-line">
        Total plant {amountText(totals.totalPlant, basis.currency)}, fixed capital{' '}
        {amountText(totals.fixed, basis.currency)}, with working capital{' '}
        {amountText(totals.total, basis.currency)}.
      </p>
      <dl className="area-pairs">
        {batteryLimits.length > 0 && (
          <div>
            <dt>Inside</dt>
            <dd>{batteryLimits.join('; ')}</dd>
          </div>
        )}
        {excluded.length > 0 && (
          <div>
            <dt>Not in the estimate</dt>
            <dd>{excluded.join('; ')}</dd>
          </div>
        )}
      </dl>
      {unpriced.length > 0 && (
        <details>
          <summary>{formatNumber(unpriced.length)} without a price</summary>
          <ul className="money-list">
            {unpriced.map(({ what, why }) => (
              <li key={what}>
                <strong>{what}</strong> {why}
              </li>
            ))}
          </ul>
        </details>
      )}
    </>
  )
}
