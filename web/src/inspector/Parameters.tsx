import { useState } from 'react'
import { useWorkspace } from '../document/store.ts'
import type { ParameterView, PlantView, UnitView } from '../engine/protocol.ts'
import { formatWithUnit } from '../ui/format.ts'
import { readableOf } from '../ui/shown-in.ts'
import { QuantityField } from './QuantityField.tsx'

interface ParametersProps {
  readonly plant: PlantView
  readonly unit: UnitView
}

/** The numbers of a unit: those that the plant states first, defaults behind a button. */
export function Parameters({ plant, unit }: ParametersProps) {
  const [hasDefaults, showDefaults] = useState(false)
  const savedPlant = useWorkspace((w) => w.saved?.plant ?? null)
  const held = useWorkspace((w) => w.solution?.circuits[unit.name]?.held)
  const own = plant.parameters.filter((parameter) => parameter.unit === unit.name)
  const stated = own.filter(({ isDefault }) => !isDefault)
  const defaults = own.filter(({ isDefault }) => isDefault)
  const saved = new Map(savedPlant?.parameters.map((parameter) => [parameter.path, parameter]))
  const field = (parameter: ParameterView) => (
    <QuantityField
      key={parameter.path}
      parameter={parameter}
      saved={saved.get(parameter.path)}
      operatingHours={plant.operatingHours}
      held={
        held !== undefined && parameter.path === `${unit.name}.${held.vary}`
          ? `the circuit's hold sets it: ${heldText(held.value, held.unit)}`
          : undefined
      }
    />
  )
  return (
    <>
      <p className="inspector-about">{unit.about}</p>
      {own.length === 0 ? <p>This unit has no numbers to set.</p> : null}
      {groupsOf(stated).map(([group, fields]) => (
        <fieldset key={group} className="field-group">
          {group === '' ? null : <legend>{group}</legend>}
          {fields.map(field)}
        </fieldset>
      ))}
      {defaults.length === 0 ? null : (
        <>
          <button
            type="button"
            className="button inspector-more"
            aria-expanded={hasDefaults}
            onClick={() => showDefaults(!hasDefaults)}
          >
            {hasDefaults ? 'Hide' : 'Show'} {defaults.length}{' '}
            {defaults.length === 1 ? 'default' : 'defaults'}
          </button>
          {hasDefaults
            ? groupsOf(defaults).map(([group, fields]) => (
                <fieldset key={group} className="field-group">
                  {group === '' ? null : <legend>{group}</legend>}
                  {fields.map(field)}
                </fieldset>
              ))
            : null}
        </>
      )}
    </>
  )
}

function heldText(value: number, unit: string): string {
  const shown = readableOf(value, unit)
  return formatWithUnit(shown.value, shown.unit)
}

/** Parameters by what stands before the colon of their label: sections, lots, assays. */
function groupsOf(parameters: readonly ParameterView[]): readonly [string, ParameterView[]][] {
  const groups = new Map<string, ParameterView[]>()
  for (const parameter of parameters) {
    const at = parameter.label.lastIndexOf(': ')
    const group = at < 0 ? '' : parameter.label.slice(0, at)
    groups.set(group, [...(groups.get(group) ?? []), at < 0 ? parameter : shortened(parameter, at)])
  }
  return [...groups]
}

const short = new WeakMap<ParameterView, ParameterView>()

/** A parameter under the last part of its label; the same record each time, as fields are kept. */
function shortened(parameter: ParameterView, colon: number): ParameterView {
  const known = short.get(parameter) ?? { ...parameter, label: parameter.label.slice(colon + 2) }
  short.set(parameter, known)
  return known
}
