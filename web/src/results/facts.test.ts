import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { readPlant, simulate } from '../../../src/scenario/index.ts'
import {
  dutiesOf,
  fedElements,
  impurityNames,
  outletsOf,
  oxides,
  partsOf,
  powerOf,
  setOf,
} from './facts.ts'

const path = new URL('../../../plants/belfast-demonstration.yaml', import.meta.url)
const read = readPlant(readFileSync(path, 'utf8'))
if (!read.ok) throw new Error('the plant is refused')
const solution = simulate(read.plant)

describe('what is read from a solution', () => {
  it('says where an element leaves: the shares are all of it', () => {
    const outlets = outletsOf(solution, 'Dy')
    expect(outlets[0]?.unit).toBe('dysprosium-oxide')
    expect(outlets.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1, 3)
    expect(fedElements(solution).has('Cl')).toBe(false)
  })

  it('sums the oxides as the terminal does', () => {
    const found = oxides(solution)
    const perYear = (rate = 0) => rate * 3.6 * solution.operatingHours
    expect(perYear(found?.fed)).toBeCloseTo(10.49, 2)
    expect(found?.recovery).toBeGreaterThan(0.95)
  })

  it('keeps unknown heats out of the sums and says whose they are', () => {
    const duties = dutiesOf(solution)
    expect(duties.unknown).toContain('sx1')
    const known = Object.values(solution.units).flatMap(({ heat }) =>
      'unknown' in heat ? [] : [heat.watts],
    )
    const sum = known.reduce((total, watts) => total + watts, 0)
    expect(duties.added - duties.removed).toBeCloseTo(sum, 6)
    const mixers = solution.units['sx1']?.equipment ?? []
    const power = mixers.reduce((total, item) => total + (item.power ?? 0), 0)
    expect(solution.units['sx1'] && powerOf(solution.units['sx1'])).toBeCloseTo(power, 9)
  })

  it('orders impurities by the most that a product holds of them', () => {
    const names = impurityNames(solution.products)
    const most = (name: string) =>
      Math.max(...solution.products.map(({ impurities }) => impurities[name] ?? 0))
    const sizes = names.map(most)
    expect(sizes).toEqual([...sizes].sort((a, b) => b - a))
    expect(sizes.at(-1)).toBeGreaterThanOrEqual(1e-9)
  })

  it('finds the data set of a warning and parts its fact from what many repeat', () => {
    const warning = solution.warnings.find(({ code }) => code === 'outside-validity')
    if (warning === undefined) throw new Error('no circuit leaves its range')
    expect(setOf(warning, solution.dataSets)).toBe('PC88A-T21-NdPr')
    const { fact, worth } = partsOf(warning)
    expect(`${fact}; ${worth}`).toBe(warning.text)
    const short = { ...warning, text: 'a; b' }
    expect(partsOf(short)).toEqual({ fact: 'a; b', worth: '' })
    expect(setOf(short, solution.dataSets)).toBeUndefined()
  })
})
