import { allocate, oxidesPerYear } from './allocation.ts'
import { priceIn } from './basis.ts'
import {
  addFeeds,
  addLine,
  addReagents,
  addWastes,
  noCost,
  originOf,
  type Costed,
} from './materials.ts'
import type {
  FixedRule,
  OperatingEstimate,
  OperatingInputs,
  OperatingLine,
  UnitPrice,
} from './operating-types.ts'
import type { SolvedPlant } from './solved-plant.ts'
import { percent, plainNumber } from './words.ts'

/** Electricity of a unit, W: that of its equipment, pumps too, else its own figure. */
function unitPower({
  power,
  equipment,
}: Pick<SolvedPlant['units'][string], 'power' | 'equipment'>): number | undefined {
  let drawn: number | undefined
  for (const item of equipment) {
    if (item.power !== undefined) drawn = (drawn ?? 0) + item.power
  }
  return drawn ?? power
}

/** Duties of the whole plant, W, and the units whose duty nobody states. */
export interface Duties {
  readonly electricity: number
  readonly heat: number
  readonly cooling: number
  readonly unknownHeat: readonly string[]
}

/** Units at the boundary of the plant: they state no heat because they have none. */
const boundary = new Set(['feed', 'delivery', 'liquor', 'reagent', 'product', 'discharge'])

/** What the units of a plant take and give off; nothing is recovered from one to the other. */
export function plantDuties(plant: SolvedPlant): Duties {
  let [electricity, heat, cooling] = [0, 0, 0]
  const unknownHeat: string[] = []
  for (const [name, unit] of Object.entries(plant.units)) {
    electricity += unitPower(unit) ?? 0
    const duty = unit.heat
    if ('unknown' in duty) {
      if (!boundary.has(unit.kind)) unknownHeat.push(name)
    } else if (duty.watts > 0) heat += duty.watts
    else cooling -= duty.watts
  }
  return { electricity, heat, cooling, unknownHeat }
}

function addUtilities(into: Costed, plant: SolvedPlant, inputs: OperatingInputs): void {
  const duties = plantDuties(plant)
  const seconds = plant.operatingHours * 3600
  const add = (name: string, watts: number, price: UnitPrice | undefined, how: string) => {
    if (!(watts > 0)) return
    const quantity = watts * seconds
    if (price !== undefined) {
      addLine(into, { name, group: 'utilities', quantity, how }, price, inputs)
      return
    }
    const what = `${name}: ${plainNumber(quantity / 3.6e9)} MWh/y`
    into.gaps.push({ what, why: `no price of ${name.toLowerCase()}` })
  }
  add('Electricity', duties.electricity, inputs.electricity, 'drives that are sized')
  add('Heat', duties.heat, inputs.heat, 'sum of what units take; none recovered')
  add('Cooling', duties.cooling, inputs.cooling, 'sum of what units give off; none recovered')
  if (duties.unknownHeat.length === 0) return
  const what = `heat or cooling of ${duties.unknownHeat.join(', ')}`
  into.gaps.push({ what, why: 'no enthalpy of what reacts there' })
}

function labourLines({ labour, basis, levels }: OperatingInputs): Costed {
  const found = noCost()
  for (const { role, perShift, paidHours, wage } of labour.positions) {
    const moved = priceIn(wage, basis, levels)
    if ('missing' in moved) {
      found.gaps.push({ what: role, why: moved.missing })
      continue
    }
    const hours = perShift * paidHours
    const each = moved.value * (1 + labour.burden)
    const how = `${plainNumber(perShift)} at work, ${plainNumber(paidHours)} h/y paid for each; wage + ${percent(labour.burden)}`
    found.lines.push({
      name: role,
      group: 'labour',
      variable: false,
      quantity: { value: hours, unit: 'h/y' },
      price: { value: each, unit: `${basis.currency}/h` },
      amount: hours * each,
      how: moved.how === '' ? how : `${how}; ${moved.how}`,
      ...originOf(wage),
    })
  }
  return found
}

/** Labour a year by group of the positions, in the basis. */
function labourOf(lines: readonly OperatingLine[], inputs: OperatingInputs) {
  const operating = new Set(
    inputs.labour.positions.filter((p) => p.group === 'operating').map((p) => p.role),
  )
  let [own, all] = [0, 0]
  for (const { name, amount } of lines) {
    all += amount
    if (operating.has(name)) own += amount
  }
  return { 'operating-labour': own, labour: all }
}

const total = (lines: readonly OperatingLine[]) => lines.reduce((sum, l) => sum + l.amount, 0)

const ruleWords: Readonly<Record<FixedRule['of'], string>> = {
  'total-plant': 'total plant cost',
  'operating-labour': 'operating labour',
  labour: 'all labour',
  revenue: 'revenue',
  'cash-cost': 'the cost before it',
}

function ruleLines(
  inputs: OperatingInputs,
  before: readonly OperatingLine[],
  labour: readonly OperatingLine[],
): Costed {
  const bases: Partial<Record<FixedRule['of'], number>> = {
    'total-plant': inputs.totalPlant,
    ...labourOf(labour, inputs),
    ...(inputs.revenue === undefined ? {} : { revenue: inputs.revenue }),
  }
  const lines: OperatingLine[] = []
  const gaps: { what: string; why: string }[] = []
  // Shares of the cost before them come last, so that they find all of it.
  const ordered = inputs.rules.toSorted(
    (a, b) => Number(a.of === 'cash-cost') - Number(b.of === 'cash-cost'),
  )
  for (const rule of ordered) {
    const of = rule.of === 'cash-cost' ? total(before) + total(lines) : bases[rule.of]
    if (of === undefined) gaps.push({ what: rule.name, why: `no ${ruleWords[rule.of]} is given` })
    else
      lines.push({
        name: rule.name,
        group: rule.group,
        variable: rule.of === 'revenue',
        amount: rule.fraction * of,
        how: `${percent(rule.fraction)} of ${ruleWords[rule.of]}`,
        ...originOf(rule),
      })
  }
  return { lines, gaps }
}

function otherLines({ other = [], basis, levels }: OperatingInputs): Costed {
  const found = noCost()
  for (const { name, perYear, variable = false } of other) {
    const moved = priceIn(perYear, basis, levels)
    if ('missing' in moved) found.gaps.push({ what: name, why: moved.missing })
    else
      found.lines.push({
        name,
        group: 'other',
        variable,
        amount: moved.value,
        how: ['amount a year given', moved.how].filter((t) => t !== '').join('; '),
        ...originOf(perYear),
      })
  }
  return found
}

function assumptionsOf(lines: readonly OperatingLine[]): OperatingEstimate['assumptions'] {
  return lines.flatMap(({ name, assumption }) =>
    assumption === undefined ? [] : [{ at: name, text: assumption }],
  )
}

/**
 * What a solved plant costs a year: feed, reagents, utilities and waste by the solved flows over
 * the operating hours, labour by positions, the rest by rules; and what a kilogram of each product
 * bears of it by the allocation rule named. What has no price is a gap, never zero.
 */
export function estimateOperating(plant: SolvedPlant, inputs: OperatingInputs): OperatingEstimate {
  const flows = noCost()
  addFeeds(flows, plant, inputs)
  addReagents(flows, plant, inputs)
  addUtilities(flows, plant, inputs)
  addWastes(flows, plant, inputs)
  const labour = labourLines(inputs)
  const others = otherLines(inputs)
  const before = [...flows.lines, ...labour.lines, ...others.lines]
  const rules = ruleLines(inputs, before, labour.lines)
  const lines = [...flows.lines, ...labour.lines, ...rules.lines, ...others.lines]
  const perYear = total(lines)
  const variablePerYear = total(lines.filter((l) => l.variable))
  const reo = oxidesPerYear(plant)
  const shared = allocate(plant, perYear, inputs.allocation, inputs.productPrices)
  return {
    basis: inputs.basis,
    lines,
    perYear,
    variablePerYear,
    fixedPerYear: perYear - variablePerYear,
    reo,
    perKgReo: reo > 0 ? perYear / reo : null,
    products: shared.products,
    allocation: inputs.allocation,
    gaps: [...flows.gaps, ...labour.gaps, ...rules.gaps, ...others.gaps, ...shared.gaps],
    assumptions: assumptionsOf(lines),
  }
}
