import type { ReactNode } from 'react'
import {
  breakEvenOf,
  classText,
  rangeText,
  rateOf,
  whyNoBreakEven,
  whyNoPayback,
  whyNoRate,
} from './facts.ts'
import { Figure, useHeld } from './held.tsx'

/** The figures that a decision begins with, each with how sure it is or what it is of. */
export function KeyFigures() {
  return (
    <dl className="money-figures">
      <Worth />
      <Cost />
      <BreakEvens />
      <Emitted />
    </dl>
  )
}

function Key({
  name,
  note,
  children,
}: {
  readonly name: string
  readonly note?: ReactNode | undefined
  readonly children: ReactNode
}) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
      {note === undefined ? null : <dd className="money-note">{note}</dd>}
    </div>
  )
}

const money = (per = '') => ({ as: 'money', per }) as const
const years = { as: 'number', unit: 'y' } as const

function Worth() {
  const { finance } = useHeld().now.appraisal
  const { metrics, inputs } = finance
  const rate = `${Number((100 * inputs.discountRate).toPrecision(4))}\u202f%`
  return (
    <>
      <Key name="Net present value" note={`of the project, at ${rate} a year`}>
        <Figure pick={(v) => v.appraisal.finance.metrics.projectNpv} reading={money()} />
      </Key>
      <Key name="Rate of return" note="of the project, before debt">
        <Figure
          pick={(v) => rateOf(v.appraisal.finance.metrics.projectIrr)}
          reading={{ as: 'share' }}
          absent={whyNoRate(metrics.projectIrr)}
        />
      </Key>
      {(inputs.debt ?? []).length > 0 && (
        <Key name="Return on equity" note={<Cover />}>
          <Figure
            pick={(v) => rateOf(v.appraisal.finance.metrics.equityIrr)}
            reading={{ as: 'share' }}
            absent={whyNoRate(metrics.equityIrr)}
          />
        </Key>
      )}
      <Key
        name="Paid back in"
        note={metrics.payback.outcome === 'found' ? <FromFirstSpend /> : undefined}
      >
        <Figure
          pick={({ appraisal }) => paybackOf(appraisal, 'fromOperation')}
          reading={years}
          digits={3}
          absent={whyNoPayback(metrics.payback)}
        />
      </Key>
    </>
  )
}

type Appraisal = ReturnType<typeof useHeld>['now']['appraisal']

function paybackOf(
  { finance }: Appraisal,
  from: 'fromOperation' | 'fromFirstSpend',
): number | undefined {
  const { payback } = finance.metrics
  return payback.outcome === 'found' ? payback[from] : undefined
}

function FromFirstSpend() {
  return (
    <>
      from operation;{' '}
      <Figure
        pick={({ appraisal }) => paybackOf(appraisal, 'fromFirstSpend')}
        reading={years}
        digits={3}
      />{' '}
      from the first spend
    </>
  )
}

function Cover() {
  return (
    <>
      least service cover{' '}
      <Figure
        pick={(v) => v.appraisal.finance.metrics.cover?.least}
        reading={{ as: 'number', unit: '' }}
        digits={3}
        absent="none"
      />
    </>
  )
}

function Cost() {
  const { capital } = useHeld().now.appraisal
  const perKgReo = (pick: (of: Appraisal) => number | null) => (
    <Figure pick={(v) => pick(v.appraisal)} reading={money('/kg REO')} />
  )
  return (
    <>
      <Key name="Capital" note={`${classText(capital)}: ${rangeText(capital)}`}>
        <Figure pick={(v) => v.appraisal.capital.totals.total} reading={money()} />
      </Key>
      <Key name="Operating cost" note={perKgReo((a) => a.operating.perKgReo)}>
        <Figure pick={(v) => v.appraisal.operating.perYear} reading={money('/y')} />
      </Key>
      <Key name="Sales" note={perKgReo((a) => a.sales.perKgReo)}>
        <Figure pick={(v) => v.appraisal.sales.perYear} reading={money('/y')} />
      </Key>
      <Key name="Levelised cost" note="of all output, before income tax">
        <Figure pick={(v) => v.appraisal.finance.metrics.levelised.perKg} reading={money('/kg')} />
      </Key>
    </>
  )
}

function BreakEvens() {
  const { breakEvens } = useHeld().now.appraisal.finance
  if (breakEvens === undefined) return null
  const { basketFactor, baskets } = breakEvens
  return (
    <>
      <Key name="Break-even of all prices" note="times the present ones: there the value is zero">
        <Figure
          pick={(v) => {
            const found = v.appraisal.finance.breakEvens
            return found === undefined ? undefined : breakEvenOf(found.basketFactor)
          }}
          reading={{ as: 'number', unit: '×' }}
          absent={whyNoBreakEven(basketFactor)}
        />
      </Key>
      {baskets.map(({ basket, factor }) => (
        <Key key={basket} name={`Break-even price, ${basket}`} note="all other prices as they are">
          <Figure
            pick={(v) =>
              v.appraisal.finance.breakEvens?.baskets.find((b) => b.basket === basket)?.price
            }
            reading={money('/kg')}
            absent={whyNoBreakEven(factor)}
          />
        </Key>
      ))}
    </>
  )
}

function Emitted() {
  const { footprint } = useHeld().now.appraisal
  if ('missing' in footprint) return <Key name="Footprint">{footprint.missing}</Key>
  const gaps = footprint.gaps.length
  const without = gaps === 0 ? '' : `, without ${gaps} contributions of unknown factor`
  return (
    <Key name="Footprint" note={`per kg of rare earth oxide, cradle to gate${without}`}>
      <Figure
        pick={({ appraisal: { footprint: f } }) => ('missing' in f ? undefined : f.perKgReo)}
        reading={{ as: 'number', unit: 'kg CO₂e' }}
      />
    </Key>
  )
}
