import { capitalIn } from './basis.ts'
import type { CapitalEstimate, CapitalInputs, CapitalLine } from './capital-types.ts'
import { basisText, classOf, equipmentLines, totalled } from './capital.ts'
import { allocate } from './allocation.ts'
import type { EstimateInputs } from './estimate.ts'
import { waterName } from './materials.ts'
import { estimateOperating } from './operating.ts'
import type { FixedRule, OperatingEstimate, OperatingLine } from './operating-types.ts'
import { qgessOverhead, qgessQuirks, qgessRecovery, type QgessRules } from './qgess.ts'
import type { SolvedPlant } from './solved-plant.ts'
import { percent, plainNumber } from './words.ts'

/** Equipment by the accounts of the method alone, whatever its size, and the list on it. */
function capital(plant: SolvedPlant, inputs: CapitalInputs): CapitalEstimate {
  const { basis, levels, correlations, factors, accuracy, given, equipmentFactor } = inputs
  const equipment = equipmentLines(plant, {
    basis,
    levels,
    correlations: correlations.filter((c) => c.account !== undefined),
    ...(given === undefined ? {} : { given }),
    ...(equipmentFactor === undefined ? {} : { factor: equipmentFactor }),
  })
  let bareErected = 0
  const unpriced: { what: string; why: string }[] = []
  for (const { unit, type, price } of equipment) {
    if ('missing' in price) unpriced.push({ what: `${unit}: ${type}`, why: price.missing })
    else bareErected += price.total
  }
  const lines: CapitalLine[] = [
    {
      name: 'Equipment',
      group: 'equipment',
      amount: bareErected,
      how: `${equipment.length} lines, bare erected by account, in ${basisText(basis)}`,
    },
    ...factors.lines.map(
      (line): CapitalLine => ({
        name: line.name,
        group:
          line.group === 'contingency'
            ? 'contingency'
            : line.group === 'direct'
              ? 'direct'
              : 'indirect',
        amount: line.factor * bareErected,
        how: `${percent(line.factor)} of bare erected cost`,
        source: line.source,
      }),
    ),
  ]
  for (const rule of inputs.rules) {
    if ('fraction' in rule.amount) continue
    const moved = capitalIn(rule.amount, basis, levels)
    if ('missing' in moved) unpriced.push({ what: rule.name, why: moved.missing })
    else
      lines.push({
        name: rule.name,
        group: 'other',
        amount: moved.value,
        how: 'other plant cost, added to the total plant cost',
        ...(rule.source === undefined ? {} : { source: rule.source }),
        ...(rule.assumption === undefined ? {} : { assumption: rule.assumption }),
      })
  }
  const totalPlant = lines.reduce((sum, { amount }) => sum + amount, 0)
  return totalled({
    method: 'qgess',
    basis,
    estimateClass: classOf(accuracy),
    equipment,
    lines,
    totals: { bareErected, totalPlant, fixed: 0, workingCapital: 0, total: 0 },
    batteryLimits: inputs.batteryLimits,
    excluded: [
      ...inputs.excluded,
      "owner's cost, working capital, spares, start-up, first fill and hold-up: the method has none of them in its capital",
    ],
    unpriced,
    warnings: qgessQuirks.map(({ name, text }) => ({ rank: 3, at: name, text })),
    assumptions: [],
  })
}

const sum = (lines: readonly OperatingLine[]) => lines.reduce((t, { amount }) => t + amount, 0)

const rated = (rules: QgessRules): readonly FixedRule[] => [
  {
    name: 'Maintenance and material',
    group: 'maintenance',
    fraction: rules.maintenance,
    of: 'total-plant',
  },
  {
    name: 'Quality assurance',
    group: 'other',
    fraction: rules.quality,
    of: 'operating-labour',
  },
  {
    name: 'Sales, patents and research',
    group: 'overhead',
    fraction: rules.sales,
    of: 'revenue',
  },
  {
    name: 'Administration and support',
    group: 'overhead',
    fraction: rules.administration,
    of: 'operating-labour',
  },
  {
    name: 'Property tax and insurance',
    group: 'other',
    fraction: rules.taxes,
    of: 'total-plant',
  },
]

/** Rates that the method charges on labour, plant and revenue, then overhead on what it names. */
function operating(
  plant: SolvedPlant,
  inputs: EstimateInputs['operating'],
  totalPlant: number,
  rules: QgessRules,
): OperatingEstimate {
  const plain = estimateOperating(plant, {
    ...inputs,
    totalPlant,
    labour: { ...inputs.labour, burden: rules.burden },
    rules: rated(rules),
  })
  const byName = (test: (line: OperatingLine) => boolean) => sum(plain.lines.filter(test))
  const fixed = new Set<OperatingLine['group']>(['labour', 'maintenance', 'overhead'])
  const others = new Set((inputs.other ?? []).map((o) => o.name))
  const overhead: OperatingLine = {
    name: 'Plant overhead',
    group: 'overhead',
    variable: false,
    amount: qgessOverhead(
      {
        fixed: byName((l) => fixed.has(l.group) || (l.group === 'other' && !others.has(l.name))),
        power: byName((l) => l.name === 'Electricity'),
        chemicals: byName((l) => l.group === 'reagents' && l.name !== waterName),
        waste: byName((l) => l.group === 'waste'),
        land: 0,
      },
      rules,
    ),
    how: `${percent(rules.overhead)} of fixed cost, power, chemicals and waste`,
  }
  const lines = [...plain.lines, overhead]
  const perYear = plain.perYear + overhead.amount
  const { annualised, perUnit } = qgessRecovery(totalPlant, perYear, plain.reo, rules)
  return {
    ...plain,
    lines,
    perYear,
    fixedPerYear: plain.fixedPerYear + overhead.amount,
    perKgReo: plain.reo > 0 ? perYear / plain.reo : null,
    recovery: {
      annualisedCapital: annualised,
      perKgReo: perUnit,
      how: `${percent(rules.fixedCharge)} a year x ${plainNumber(rules.tascOverToc)} of total plant cost, and the operating cost`,
    },
    products: allocate(plant, perYear, inputs.allocation, inputs.productPrices).products,
  }
}

/**
 * Capital and operating cost of a solved plant by the published United States method `qgess`,
 * with its quirks as `qgessQuirks` names them. `inputs.capital.factors` is its list.
 */
export function qgessEstimate(
  plant: SolvedPlant,
  inputs: EstimateInputs,
  rules: QgessRules,
): { readonly capital: CapitalEstimate; readonly operating: OperatingEstimate } {
  const built = capital(plant, inputs.capital)
  return {
    capital: built,
    operating: operating(plant, inputs.operating, built.totals.totalPlant, rules),
  }
}
