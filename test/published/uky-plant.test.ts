import { describe, expect, test } from 'vitest'
import { costBank, type CostBank } from '../../src/databank/costs.ts'
import {
  capitalIn,
  priceItem,
  qgessFixed,
  qgessLabour,
  qgessRules,
  qgessTotalPlant,
  qgessWorth,
} from '../../src/economics/index.ts'
import type {
  CostBasis,
  CostCorrelation,
  LabourPosition,
  Money,
  PriceLevels,
} from '../../src/economics/index.ts'
import { readCase } from './case.ts'

interface Case {
  readonly tolerance: number
  readonly equipment: readonly (readonly [string, string, number, string, number])[]
  readonly otherPlantCosts: Money
  readonly basis: CostBasis
  readonly labour: Readonly<Record<string, readonly [people: number, wage: number]>>
  readonly paidHours: number
  readonly revenue: number
  readonly variable: number
  readonly land: number
  readonly outputs: Readonly<Record<string, number>>
}

const published = readCase('uky-plant') as Case

/** SI of one of the units in which the case states its sizes. */
const units: Readonly<Record<string, number>> = {
  '': 1,
  hp: 745.6998715822702,
  ft2: 0.09290304,
  ft3: 0.028316846592,
  'ft3/min': 0.028316846592 / 60,
  gal: 0.003785411784,
  'gal/min': 0.003785411784 / 60,
  ton: 907.18474,
  'ton/h': 907.18474 / 3600,
  'MBTU/h': 1055.05585262e6 / 3600,
}

const technical = new Set(['technician', 'engineer'])

interface Result {
  readonly bareErected: number
  readonly other: number
  readonly totalPlant: number
  readonly operatingLabour: number
  readonly technicalLabour: number
  readonly fixed: number
  readonly revenue: number
  readonly operating: number
  readonly asTested: number
  readonly corrected: number
}

function levelsOf(bank: CostBank): PriceLevels {
  const index = bank.indices.get('CEPCI')
  if (index === undefined) throw new Error('no CEPCI')
  return { index, exchange: [...bank.exchange.values()] }
}

/** The whole case in million dollars; `changed` alters one correlation on its way in. */
function reproduce(
  bank: CostBank,
  changed: (c: CostCorrelation) => CostCorrelation = (c) => c,
  rule: (id: string) => number | undefined = (id) => bank.rules.get(id)?.value,
): Result {
  const { basis, outputs: _, ...given } = published
  const levels = levelsOf(bank)
  const bareErected = given.equipment.reduce((sum, [name, account, value, unit, count]) => {
    const found = bank.correlations.find((c) => c.account === account)
    if (found === undefined) throw new Error(`no account ${account}`)
    const size = {
      name: found.size.name,
      unit: found.size.unit,
      value: value * (units[unit] ?? NaN),
    }
    const line = { unit: name, type: found.types[0] ?? '', count, size, material: '', basis: '' }
    const price = priceItem(line, { basis, levels, correlations: [changed(found)] })
    if ('missing' in price) throw new Error(`${name}: ${price.missing}`)
    return sum + price.total
  }, 0)
  const other = capitalIn(given.otherPlantCosts, basis, levels)
  const factors = bank.factorSets.get('qgess')
  if ('missing' in other || factors === undefined) throw new Error('the data lack something')
  const rules = qgessRules(rule)
  const totalPlant = qgessTotalPlant(bareErected, factors, other.value)
  const positions = Object.entries(given.labour).map(
    ([role, [perShift, wage]]): LabourPosition => ({
      role,
      group: technical.has(role) ? 'technical' : 'operating',
      perShift,
      paidHours: given.paidHours,
      wage: { value: wage, currency: 'USD', year: '2019' },
    }),
  )
  const fixed = qgessFixed(totalPlant, positions, given.revenue * 1e6, rules)
  const worth = (otherTwice: boolean) =>
    qgessWorth({
      totalPlant: totalPlant / 1e6,
      otherPlant: other.value / 1e6,
      fixed: fixed.total / 1e6,
      variable: given.variable,
      land: given.land,
      revenue: given.revenue,
      otherTwice,
      terms: {
        discountRate: 0.1,
        plantLife: 20,
        spend: [0.1, 0.6, 0.3],
        capitalEscalation: 0.036,
        loanInterest: 0.06,
        loanYears: 10,
        debtShare: 0.5,
        operatingInflation: 0.03,
        revenueInflation: 0.03,
      },
    })
  const tested = worth(true)
  return {
    bareErected: bareErected / 1e6,
    other: other.value / 1e6,
    totalPlant: totalPlant / 1e6,
    operatingLabour: qgessLabour(positions, 'operating', rules.burden) / 1e6,
    technicalLabour: qgessLabour(positions, 'technical', rules.burden) / 1e6,
    fixed: fixed.total / 1e6,
    revenue: tested.pvRevenue,
    operating: tested.pvOperating,
    asTested: tested.npv,
    corrected: worth(false).npv,
  }
}

const names = {
  bareErected: 'BEC_musd',
  other: 'other_plant_costs_musd',
  totalPlant: 'TPC_musd',
  operatingLabour: 'operating_labour_musd_recomputed',
  technicalLabour: 'technical_labour_musd_recomputed',
  fixed: 'fixed_om_musd',
  revenue: 'pv_revenue',
  operating: 'pv_opex',
  asTested: 'npv_musd_as_tested',
  corrected: 'npv_after_double_count_fix',
} as const satisfies Record<keyof Result, string>

const deviation = (result: Result, name: keyof Result) =>
  result[name] / (published.outputs[names[name]] ?? NaN) - 1

describe('rare earth plant of the University of Kentucky, as the method qgess has it', () => {
  const bank = costBank()
  const result = reproduce(bank)

  test.each(Object.keys(names) as (keyof Result)[])('%s', (name) => {
    const off = deviation(result, name)
    process.stdout.write(
      `${name}: ${result[name].toPrecision(7)} MUSD, published ${published.outputs[names[name]]}, ` +
        `${(off * 100).toFixed(4)} %\n`,
    )
    expect(Math.abs(off)).toBeLessThan(published.tolerance)
  })

  test('one per cent on an account is noticed', () => {
    const [, account] = published.equipment.find(([name]) => name === 'RSX_mixer_settler') ?? []
    const moved = reproduce(bank, (c) =>
      c.account === account ? { ...c, cost: { ...c.cost, value: c.cost.value * 1.01 } } : c,
    )
    expect(Math.abs(deviation(moved, 'bareErected'))).toBeGreaterThan(published.tolerance)
  })

  test.each(['qgess.labour-burden', 'qgess.maintenance', 'qgess.property-tax-insurance'])(
    'one per cent on %s is noticed',
    (id) => {
      const rule = (wanted: string) =>
        (bank.rules.get(wanted)?.value ?? 0) * (wanted === id ? 1.01 : 1)
      const moved = reproduce(bank, undefined, rule)
      expect(Math.abs(deviation(moved, 'fixed'))).toBeGreaterThan(published.tolerance)
    },
  )
})
