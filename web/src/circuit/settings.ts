import { formatQuantity, type Dimension } from '../../../src/quantities/index.ts'
import type { ParameterView, PlantView } from '../engine/protocol.ts'
import type { CircuitPlan } from './plan.ts'

/** A number of the circuit that has a slider: where it is, and how far the slider goes. */
export interface Setting {
  readonly label: string
  readonly parameter: ParameterView
  /** Near 1 it is what is missing that counts: the slider moves in powers of ten of it. */
  readonly nines?: boolean
}

const named = (plant: PlantView, path: string) => plant.parameters.find((p) => p.path === path)

/** The settings of a circuit in the order in which the organic meets them. */
export function settingsOf(plant: PlantView, plan: CircuitPlan): readonly Setting[] {
  const { name, hold, sections, reagents } = plan
  const found: Setting[] = []
  const add = (label: string, path: string, nines = false) => {
    const parameter = named(plant, path)
    if (parameter !== undefined) found.push({ label, parameter, ...(nines ? { nines } : {}) })
  }
  const isHeld = (what: string) => hold?.vary === what
  if (hold !== undefined) {
    const of = `${hold.measure} of ${hold.elements.join(', ')}`
    const isShare = hold.measure === 'purity' || hold.measure === 'recovery'
    add(
      `held: ${of}${hold.outlet === '' ? '' : ` in ${hold.outlet}`}`,
      `${name}.hold.target`,
      isShare,
    )
  }
  if (!isHeld('organicFlow')) add('organic flow', `${name}.organicFlow`)
  if (!isHeld('saponification')) add('saponification', `${name}.saponification`)
  add('extractant', `${name}.concentration`)
  for (const section of sections) {
    const held =
      (section.type === 'scrub' && isHeld('scrubFlow')) ||
      (section.type === 'strip' && isHeld('stripFlow'))
    const path = `${name}.sections[${section.index}].flow`
    if (!held) add(`${section.name} flow`, path)
    const unit = reagents.find((r) => r.section === section.name)?.unit
    const acids = plant.parameters.filter((p) => p.path.startsWith(`${unit}.concentration.`))
    for (const acid of acids) {
      const species = acid.path.slice(acid.path.lastIndexOf('.') + 1)
      found.push({ label: `${section.name}: ${species} of ${unit}`, parameter: acid })
    }
  }
  return found
}

/** Where a slider begins and ends, and how its places become values. */
export interface Reach {
  readonly from: number
  readonly to: number
  readonly nines: boolean
}

/** From half to twice a value, within what is allowed; shares from 50 % to 99.999 %. */
export function reachOf({ parameter, nines = false }: Setting): Reach {
  const { value, min, max } = parameter
  if (nines && value > 0 && value < 1)
    return value > 0.9 ? { from: 0.5, to: 0.99999, nines } : { from: 0.02, to: 0.98, nines: false }
  if (value === 0)
    return {
      from: 0,
      to: Math.min(max ?? 1, parameter.dimension === 'ratio' ? 0.5 : 1),
      nines: false,
    }
  return {
    from: Math.max(0.5 * value, min ?? 0),
    to: Math.min(2 * value, max ?? 2 * value),
    nines: false,
  }
}

/** Steps of a slider from end to end. */
export const sliderSteps = 1000

export function placeIn({ from, to, nines }: Reach, value: number): number {
  const place = nines
    ? Math.log((1 - from) / Math.max(1 - value, 1e-12)) / Math.log((1 - from) / (1 - to))
    : (value - from) / (to - from)
  return Math.round(sliderSteps * Math.min(Math.max(place, 0), 1))
}

export function valueIn({ from, to, nines }: Reach, place: number): number {
  const share = place / sliderSteps
  return nines ? 1 - (1 - from) * ((1 - to) / (1 - from)) ** share : from + share * (to - from)
}

/** The unit that a text is written in: `20 L/h` in L/h; empty where it has none. */
export const writtenUnit = (text: string) =>
  /^\s*[+-]?[\d.]+(?:[eE][+-]?\d+)?\s*(?:±\s*[\d.]+\s*)?(.*?)\s*$/.exec(text)?.[1] ?? ''

/** A value as it is written over the text of a parameter, in the unit that stands there. */
export function writtenAs(value: number, parameter: ParameterView, hours: number): string {
  const { dimension, text, whole } = parameter
  if (whole) return String(Math.round(value))
  // Near 1 the digits count from what is missing.
  const near = dimension === 'ratio' && value > 0.9 && value < 1
  const digits = near ? Math.min(9, Math.ceil(-Math.log10(1 - value)) + 2) : 4
  if (dimension === undefined) return String(Number(value.toPrecision(digits)))
  const unit = writtenUnit(text)
  const known = parameter.accepted.includes(unit) ? unit : parameter.shownIn
  const options = { secondsPerYear: 3600 * hours }
  return formatQuantity(value, dimension as Dimension, known, digits, options)
}
