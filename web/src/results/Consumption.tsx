import type { SolvedUnit } from '../../../src/scenario/index.ts'
import { formatNumber, formatPercent, formatWithUnit } from '../ui/format.ts'
import { Figure, useComparison } from './comparison.tsx'
import { dutiesOf, powerOf } from './facts.ts'
import { UnitLink } from './links.tsx'
import { Verdict } from './Verdict.tsx'

/** What the plant draws of each reagent, by the hour, the year and the kg of product. */
export function Reagents() {
  const { now } = useComparison()
  if (now.reagents.length === 0) return <p>The plant draws no reagent.</p>
  const find = (name: string) => (s: typeof now) => s.reagents.find((r) => r.name === name)
  return (
    <div className="area-scroll" tabIndex={0} role="region" aria-label="Reagents">
      <table className="table">
        <thead>
          <tr>
            <th scope="col">reagent</th>
            <th scope="col">kg/h</th>
            <th scope="col">t/y</th>
            <th scope="col">kg per kg of product</th>
            <th scope="col" className="table-text">
              composition, mass
            </th>
          </tr>
        </thead>
        <tbody>
          {now.reagents.map(({ name, composition }) => (
            <tr key={name}>
              <th scope="row">
                <UnitLink unit={name} />
              </th>
              <td>
                <Figure pick={(s) => find(name)(s)?.rate['kg/s']} as={{ unit: '', factor: 3600 }} />
              </td>
              <td>
                <Figure pick={(s) => find(name)(s)?.rate['t/y']} as={{ unit: '' }} />
              </td>
              <td>
                <Figure pick={(s) => find(name)(s)?.perProduct} as={{ unit: '' }} />
              </td>
              <td className="table-text">
                {Object.entries(composition)
                  .sort(([, a], [, b]) => b - a)
                  .map(([id, share]) => `${id} ${formatPercent(share, 3)}`)
                  .join(', ')}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

/** Heat and electricity of each unit; an unknown heat says what is missing. */
export function UnitDuties() {
  const { now } = useComparison()
  const duties = dutiesOf(now)
  return (
    <>
      <p className="area-line">
        Where the heat is known, {formatWithUnit(duties.added / 1000, 'kW')} are to be added and{' '}
        {formatWithUnit(duties.removed / 1000, 'kW')} to be removed. Electricity, where stated:{' '}
        {formatWithUnit(duties.power / 1000, 'kW')}.{' '}
        {duties.unknown.length > 0 &&
          `The heat of ${duties.unknown.length} units is unknown; they are in no sum.`}
      </p>
      <DutyTable />
    </>
  )
}

function DutyTable() {
  const { now } = useComparison()
  const shown = Object.entries(now.units).filter(
    ([, unit]) => 'unknown' in unit.heat || unit.heat.watts !== 0 || powerOf(unit) !== undefined,
  )
  return (
    <div className="area-scroll" tabIndex={0} role="region" aria-label="Duties">
      <table className="table">
        <thead>
          <tr>
            <th scope="col">unit</th>
            <th scope="col" className="table-text">
              kind
            </th>
            <th scope="col">heat, kW</th>
            <th scope="col">electricity, kW</th>
            <th scope="col" className="table-text">
              what is not in it
            </th>
          </tr>
        </thead>
        <tbody>
          {shown.map(([name, unit]) => (
            <DutyRow key={name} name={name} unit={unit} />
          ))}
        </tbody>
      </table>
    </div>
  )
}

function DutyRow({
  name,
  unit: { title, heat },
}: {
  readonly name: string
  readonly unit: SolvedUnit
}) {
  return (
    <tr>
      <th scope="row">
        <UnitLink unit={name} />
      </th>
      <td className="table-text">{title}</td>
      <td>
        {'unknown' in heat ? (
          <Verdict kind="unknown" text="unknown" />
        ) : (
          <Figure
            pick={(s) => {
              const of = s.units[name]?.heat
              return of === undefined || 'unknown' in of ? undefined : of.watts
            }}
            as={{ unit: '', factor: 1e-3 }}
          />
        )}
      </td>
      <td>
        <Figure
          pick={(s) => {
            const unit = s.units[name]
            return unit === undefined ? undefined : powerOf(unit)
          }}
          as={{ unit: '', factor: 1e-3 }}
          absent="not stated"
        />
      </td>
      <td className="table-text table-long">
        {'unknown' in heat
          ? heat.unknown
          : heat.without === undefined
            ? ''
            : `without ${heat.without}: no enthalpy is known of it`}
      </td>
    </tr>
  )
}

/** Every piece of equipment that the solved flows imply, with how its size follows. */
export function EquipmentList() {
  const { now } = useComparison()
  const rows = Object.entries(now.units).flatMap(([unit, { equipment }]) =>
    equipment.map((item, at) => ({ ...item, unit, at, key: `${unit} ${at}` })),
  )
  if (rows.length === 0) return <p>No unit of the plant implies equipment.</p>
  return (
    <div className="area-scroll" tabIndex={0} role="region" aria-label="Equipment">
      <table className="table">
        <thead>
          <tr>
            <th scope="col">unit</th>
            <th scope="col" className="table-text">
              equipment
            </th>
            <th scope="col">count</th>
            <th scope="col" className="table-text">
              size of each
            </th>
            <th scope="col">power, kW</th>
            <th scope="col" className="table-text">
              material
            </th>
            <th scope="col" className="table-text">
              basis
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ key, unit, at, type, count, size, power, material, basis }) => (
            <tr key={key}>
              <th scope="row">
                <UnitLink unit={unit} />
              </th>
              <td className="table-text">{type}</td>
              <td>{count}</td>
              <td className="table-text">
                {size.name}{' '}
                <Figure
                  pick={(s) => s.units[unit]?.equipment[at]?.size.value}
                  as={{ unit: unitText(size.unit) }}
                />
              </td>
              <td>{power === undefined ? 'not stated' : formatNumber(power / 1000)}</td>
              <td className="table-text">{material}</td>
              <td className="table-text table-long">{basis}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

/** `m3/s` as people read it: `m³/s`. */
const unitText = (unit: string) => unit.replace('m3', 'm³').replace('m2', 'm²')
