import { Suspense } from 'react'
import { href } from '../app/router.ts'
import { useWorkspace } from '../document/store.ts'
import type { PlantView, UnitView } from '../engine/protocol.ts'
import type { SolvedWarning } from '../../../src/scenario/index.ts'
import { Icon } from '../ui/Icon.tsx'
import { formatNumber, formatWithUnit } from '../ui/format.ts'
import { readableOf } from '../ui/shown-in.ts'
import { SourceOf } from './Because.tsx'

/** What a unit is built of, sized by its flows. */
export function Equipment({ unit }: { readonly unit: UnitView }) {
  const items = useWorkspace((w) => w.solution?.units[unit.name]?.equipment)
  if (items === undefined) return <p>Not solved yet.</p>
  if (items.length === 0) return <p>This unit needs no equipment of its own.</p>
  return (
    <ul className="inspector-items">
      {items.map(({ type, count, size, power, material, basis }) => (
        <li key={type + basis}>
          <strong>
            {count} × {type}
          </strong>
          <div>
            {size.name} {sizeText(size.value, size.unit)}, {material}
            {power === undefined ? '' : `, ${formatNumber(power / 1000)} kW`}
          </div>
          <p className="inspector-about">{basis}</p>
        </li>
      ))}
    </ul>
  )
}

function sizeText(value: number, unit: string): string {
  const shown = readableOf(value, unit)
  return formatWithUnit(shown.value, shown.unit)
}

const ranks: Readonly<Record<number, string>> = {
  1: 'decides a product',
  2: 'to be minded',
  3: 'for information',
}

/** What to mind about a unit, worst first. */
export function UnitWarnings({ warnings }: { readonly warnings: readonly SolvedWarning[] }) {
  if (warnings.length === 0) return <p>Nothing to warn of.</p>
  return (
    <ul className="inspector-items">
      {warnings.map(({ rank, stage, code, text }) => (
        <li key={`${code} ${stage ?? ''} ${text}`} data-rank={rank}>
          <strong>
            <Icon name="warning" /> {ranks[rank] ?? code}
            {stage === null ? '' : ` · stage ${stage}`}
          </strong>
          <div>{text}</div>
          {code.includes('valid') || code.includes('range') ? (
            <a href={href('sources')}>Sources and their validity</a>
          ) : null}
        </li>
      ))}
    </ul>
  )
}

/** Who says what a unit is told: data sets, constants, assumptions and notes. */
export function Sources({ plant, unit }: { readonly plant: PlantView; readonly unit: UnitView }) {
  const own = plant.parameters.filter((parameter) => parameter.unit === unit.name)
  const stated = own.filter(({ isDefault }) => !isDefault).length
  return (
    <>
      <Suspense fallback={<p>Loading …</p>}>
        <SourceOf path={unit.name} />
      </Suspense>
      {own.length === 0 ? null : (
        <p className="inspector-about">
          {stated} of {own.length} numbers are stated by the plant file, the others are defaults of
          the unit.
        </p>
      )}
      <a href={href('sources')}>All sources</a>
    </>
  )
}
