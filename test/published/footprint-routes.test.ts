import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { costBank } from '../../src/databank/costs.ts'
import { figure } from '../../src/report/index.ts'
import { type Footprint, footprintOf, simulate } from '../../src/scenario/index.ts'
import { plantOf, plants } from '../plants/kit.ts'
import { readCase } from './case.ts'

interface Case {
  readonly routes: readonly {
    readonly id: string
    readonly functionalUnit: string
    readonly low: number
    readonly high: number
  }[]
  readonly notComparable: readonly string[]
  readonly grids: readonly { readonly grid: string; readonly kgPerKwh: number }[]
  readonly uk: { readonly sum: number }
  readonly factors: Readonly<Record<string, readonly [value: number, printed: string]>>
  readonly oxalate: { readonly kgCO2PerKgNd2O3: number }
}

const published = readCase('footprint') as Case

const file = join(plants, 'belfast-demonstration.yaml')
const plant = plantOf(readFileSync(file, 'utf8'), { file })
const solution = simulate(plant)

type Choices = Parameters<typeof footprintOf>[2]

function footprint(choices: Choices): Footprint {
  const answer = footprintOf(plant, solution, choices)
  if (answer.outcome !== 'computed') throw new Error(JSON.stringify(answer.problems))
  return answer.footprint
}

const found = footprint({
  grid: 'GB',
  fuel: 'natural gas',
  heatEfficiency: 0.85,
  allocation: 'section',
})

describe('primary routes as published', () => {
  it.each(published.routes)('$id stands beside the plant, unit with unit', (route) => {
    const beside = found.compared.find((one) => one.route.id === route.id)
    expect(beside?.comparable).toBe(true)
    if (beside?.comparable !== true) return
    expect(beside.route.functionalUnit).toBe(route.functionalUnit)
    expect(beside.route.range).toEqual([route.low, route.high])
    expect(beside.own).toBeCloseTo(found.perKgReo ?? Number.NaN, 12)
    expect(beside.ratio[0]).toBeCloseTo(beside.own / route.high, 12)
    expect(beside.ratio[1]).toBeCloseTo(beside.own / route.low, 12)
    const share = found.unknownMass.value / found.unknownMass.of
    console.log(
      `${route.id}: published ${route.low} to ${route.high}, ${plant.title} ${figure(beside.own)} ` +
        `kg CO2e/kg ${route.functionalUnit}, without ${figure(100 * share, 3)} % of the mass that needs a factor`,
    )
  })

  it('say why where they cannot', () => {
    const rest = found.compared.filter(({ comparable }) => !comparable)
    expect(rest.map(({ route }) => route.id)).toEqual(published.notComparable)
    for (const one of rest) expect(one.comparable ? '' : one.because).not.toBe('')
  })
})

describe('factors as printed', () => {
  const perKwh = (grid: string, upstream: boolean) => {
    const { lines } = footprint({ grid, upstream })
    const line = lines.find(({ group }) => group === 'electricity')
    return (line?.amount ?? Number.NaN) / (line?.quantity.value ?? Number.NaN)
  }

  it.each(published.grids)('$grid: lb per MWh are $kgPerKwh kg per kWh', ({ grid, kgPerKwh }) => {
    expect(Math.abs(perKwh(grid, false) / kgPerKwh - 1)).toBeLessThan(2e-4)
  })

  it('electricity of Great Britain with losses and the supply of fuels', () => {
    expect(Math.abs(perKwh('GB', true) / published.uk.sum - 1)).toBeLessThan(1e-9)
    expect(perKwh('GB', false)).toBeCloseTo(0.177, 12)
  })
})

describe('the data', () => {
  const files = [...costBank().footprint.values()]
  const factors = new Map(
    files.flatMap((file) => file.factors ?? []).map((factor) => [factor.id, factor.value]),
  )

  it.each(Object.entries(published.factors))('%s is what its source prints', (id, [printed]) => {
    expect(factors.get(id)).toBe(printed)
  })
})

describe('stoichiometry', () => {
  it('a kilogram of Nd2O3 from its oxalate gives off six CO2', () => {
    const neodymium = found.perProduct.find(({ name }) => name === 'neodymium-oxide')
    const own = neodymium?.byGroup['process CO2'] ?? Number.NaN
    // What the sections in front emit, oil burnt in the roaster, comes on top.
    const { kgCO2PerKgNd2O3 } = published.oxalate
    const calciner = found.lines
      .filter(({ unit, group }) => unit === 'nd-calciner' && group === 'process CO2')
      .reduce((sum, { amount }) => sum + amount, 0)
    const perKg = calciner / (neodymium?.ratePerYear ?? Number.NaN)
    console.log(
      `oxalate to oxide: ${figure(kgCO2PerKgNd2O3)} kg CO2/kg Nd2O3 by stoichiometry, calciner ${figure(perKg)}, product ${figure(own)}`,
    )
    // Pr and a little oxalic acid in the cake move it by less than half a per cent.
    expect(Math.abs(perKg / kgCO2PerKgNd2O3 - 1)).toBeLessThan(0.005)
    expect(own).toBeGreaterThanOrEqual(perKg)
  })
})
