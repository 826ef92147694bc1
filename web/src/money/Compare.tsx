import { useRef } from 'react'
import { drawComparison } from '../../../src/draw/money/index.ts'
import { useFiles } from '../document/files.ts'
import { useWorkspace } from '../document/store.ts'
import type { MoneyView } from '../engine/tasks/appraise.ts'
import { Chart } from '../results/studies/Chart.tsx'
import { stemOf } from '../results/streams/download.ts'
import { Block } from '../ui/Area.tsx'
import { formatNumber } from '../ui/format.ts'
import { compareFile, compareStored, compareView, dropCompared, useCompared } from './compared.ts'
import { Drawn, look } from './Drawn.tsx'
import { figureText, useHeld } from './held.tsx'
import { keyFigures, type KeyFigure } from './key-figures.ts'
import { scaleOf } from './amount.ts'
import { Taken, type Column } from './Taken.tsx'

/** This plant beside another: as saved, the baseline, or another plant file. */
export function Compare() {
  const { now, saved, baseline } = useHeld()
  const { name, view, isOnItsWay, why } = useCompared()
  return (
    <div className="studies">
      <Chooser saved={saved} baseline={baseline} chosen={name} />
      <p role="status">{isOnItsWay ? `Solving and appraising ${name}.` : ''}</p>
      {why === '' ? null : (
        <p role="alert" className="studies-problems">
          {why}
        </p>
      )}
      {view === null ? (
        !isOnItsWay && <p>Choose what to compare this plant with.</p>
      ) : (
        <Both now={now} other={view} name={name} />
      )}
    </div>
  )
}

function Chooser({
  saved,
  baseline,
  chosen,
}: {
  readonly saved: MoneyView | null
  readonly baseline: { readonly name: string; readonly view: MoneyView } | null
  readonly chosen: string
}) {
  const plants = useFiles((f) => f.plants)
  const file = useWorkspace((w) => w.file)
  const input = useRef<HTMLInputElement>(null)
  return (
    <div className="studies-run-row money-choice" role="group" aria-label="Compare with">
      {saved === null ? null : (
        <button type="button" onClick={() => compareView('as saved', saved)}>
          The plant as saved
        </button>
      )}
      {baseline === null ? null : (
        <button type="button" onClick={() => compareView(baseline.name, baseline.view)}>
          {baseline.name}
        </button>
      )}
      <label className="studies-field">
        <span>A plant of the server</span>
        <select
          value={plants.some((plant) => plant.name === chosen) ? chosen : ''}
          onChange={(event) => void compareStored(event.target.value)}
        >
          <option value="" disabled>
            Choose a plant
          </option>
          {plants.map((plant) => (
            <option key={plant.name} value={plant.name}>
              {plant.title === '' ? plant.name : plant.title}
              {plant.name === file ? ' (as on the server)' : ''}
            </option>
          ))}
        </select>
      </label>
      <button type="button" onClick={() => input.current?.click()}>
        A plant file …
      </button>
      <input
        ref={input}
        type="file"
        accept=".yaml,.yml,application/yaml"
        hidden
        onChange={(event) => {
          const [own] = event.target.files ?? []
          if (own !== undefined) void compareFile(own)
          event.target.value = ''
        }}
      />
      {chosen === '' ? null : (
        <button type="button" onClick={dropCompared}>
          Let go
        </button>
      )}
    </div>
  )
}

interface Row extends KeyFigure {
  readonly own: number | null
  readonly other: number | null
  /** Other less own; null where one is unknown or the money is another. */
  readonly difference: number | null
}

function Both({
  now,
  other,
  name,
}: {
  readonly now: MoneyView
  readonly other: MoneyView
  readonly name: string
}) {
  const stem = stemOf(useWorkspace((w) => w.file))
  const { basis } = now.appraisal
  const { basis: otherBasis } = other.appraisal
  const isSame = basis.currency === otherBasis.currency && basis.year === otherBasis.year
  const rows = keyFigures.map((figure): Row => {
    const [own, others] = [figure.of(now.appraisal) ?? null, figure.of(other.appraisal) ?? null]
    const isComparable =
      own !== null && others !== null && (isSame || figure.reading.as !== 'money')
    return { ...figure, own, other: others, difference: isComparable ? others - own : null }
  })
  const heads = [
    now.appraisal.title === other.appraisal.title ? 'this plant' : now.appraisal.title,
    now.appraisal.title === other.appraisal.title ? name : other.appraisal.title,
  ] as const
  return (
    <>
      {isSame ? null : (
        <p className="studies-stale">
          The other plant counts in {otherBasis.currency} of {otherBasis.year}: amounts of money
          stand side by side and are not subtracted.
        </p>
      )}
      {isSame && (
        <Chart
          title={`${heads[0]} and ${heads[1]}`}
          name={`${stem}-compared`}
          rows={[
            ['figure', ...heads],
            ...rows.map(({ name: figure, own, other: others }) => [figure, own, others]),
          ]}
          draw={(chart) => <Drawn svg={drawing(rows, heads, basis.currency)} chart={chart} />}
        />
      )}
      <Block title="Figure by figure">
        <Table rows={rows} heads={heads} currencies={[basis.currency, otherBasis.currency]} />
      </Block>
    </>
  )
}

function drawing(rows: readonly Row[], names: readonly string[], currency: string): string {
  const figures = rows.flatMap(({ name, reading, own, other }) => {
    if (own === null && other === null) return []
    const scale =
      reading.as === 'money'
        ? scaleOf([own ?? 0, other ?? 0], currency, reading.per)
        : reading.as === 'share'
          ? { unit: '%', factor: 100 }
          : { unit: reading.unit, factor: 1 }
    const values = [own, other].map((value) => (value === null ? null : value * scale.factor))
    return [{ name, unit: scale.unit, values }]
  })
  return drawComparison({ title: 'Compared', names, figures }, look)
}

function Table({
  rows,
  heads,
  currencies,
}: {
  readonly rows: readonly Row[]
  readonly heads: readonly [string, string]
  readonly currencies: readonly [string, string]
}) {
  const stem = stemOf(useWorkspace((w) => w.file))
  const text = (value: number | null, { reading }: Row, currency: string) =>
    value === null ? 'none' : figureText(value, reading, currency)
  const columns: readonly Column<Row>[] = [
    { id: 'name', head: 'figure', value: ({ name }) => name },
    {
      id: 'own',
      head: heads[0],
      value: ({ own }) => own,
      show: (row) => text(row.own, row, currencies[0]),
    },
    {
      id: 'other',
      head: heads[1],
      value: ({ other }) => other,
      show: (row) => text(row.other, row, currencies[1]),
    },
    {
      id: 'difference',
      head: 'difference',
      value: ({ difference }) => difference,
      show: (row) => (row.difference === null ? '–' : text(row.difference, row, currencies[1])),
    },
    {
      id: 'relative',
      head: '%',
      value: ({ own, difference }) =>
        own === null || own === 0 || difference === null ? null : difference / Math.abs(own),
      show: ({ own, difference }) =>
        own === null || own === 0 || difference === null
          ? '–'
          : formatNumber((100 * difference) / Math.abs(own), 3),
    },
    {
      id: 'verdict',
      head: 'better',
      words: 'short',
      value: verdict,
      show: (row) => (verdict(row) === '' ? '' : verdict(row) === 'this' ? heads[0] : heads[1]),
    },
  ]
  return (
    <Taken
      label="Plants compared"
      file={`${stem}-compared`}
      columns={columns}
      rows={rows}
      keyOf={({ name }) => name}
      empty=""
    />
  )
}

function verdict({ difference, better }: Row): 'this' | 'other' | '' {
  if (better === undefined || difference === null || difference === 0) return ''
  return difference > 0 === (better === 'more') ? 'other' : 'this'
}
