import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { readPlant, simulate, type Solution, type SolvedStream } from '../scenario/index.ts'
import {
  concentrationOf,
  headOf,
  phaseMass,
  streamColumns,
  streamRows,
  turned,
  usualChoice,
} from './stream-columns.ts'
import { streamTable } from './stream-table.ts'

const stream = (over: Partial<SolvedStream>): SolvedStream => ({
  from: 'a.out',
  to: 'b.in',
  temperature: 298.15,
  phase: 'aqueous',
  mass: 2,
  species: { aqueous: { H2O: 100, 'Nd+3': 0.5 } },
  elements: { Nd: 0.072, H: 0.2 },
  volume: { aqueous: 0.0018 },
  density: { aqueous: 1111 },
  ...over,
})

const solutionOf = (streams: Record<string, SolvedStream>) =>
  ({ streams, operatingHours: 6000 }) as unknown as Solution

const solved = (): Solution => {
  const text = readFileSync(new URL('../../plants/makuutu.yaml', import.meta.url), 'utf8')
  const read = readPlant(text)
  if (!read.ok) throw new Error('the plant is refused')
  return simulate(read.plant)
}

describe('streamColumns', () => {
  const one = solutionOf({ pls: stream({ tracers: { 'Th-232': 4, 'recycled Nd': 0.001 } }) })
  const cells = (choice: Partial<typeof usualChoice>) => {
    const columns = streamColumns(one, { ...usualChoice, ...choice })
    const [heads = [], row = []] = streamRows(one, columns)
    return Object.fromEntries(heads.map((head, k) => [String(head), row[k]]))
  }

  it('converts rates into every unit system', () => {
    const [sets, year] = [['state', 'elements', 'species', 'tracers'] as const, 6000 * 3600]
    expect(cells({ sets, units: 'SI' })).toMatchObject({
      'mass kg/s': 2,
      'temperature K': 298.15,
      'Nd kg/s': 0.072,
      'aqueous Nd+3 mol/s': 0.5,
      'Th-232 Bq/s': 4,
      'recycled Nd kg/s': 0.001,
    })
    expect(cells({ sets, units: 'hour' })).toMatchObject({
      'mass kg/h': 7200,
      'temperature degC': 25,
      'Nd kg/h': expect.closeTo(259.2, 9),
      'aqueous Nd+3 mol/h': 1800,
      'Th-232 Bq/h': 14_400,
    })
    expect(cells({ sets, units: 'year' })).toMatchObject({
      'mass t/y': (2 * year) / 1000,
      'Nd t/y': expect.closeTo((0.072 * year) / 1000, 9),
      'aqueous Nd+3 kmol/y': (0.5 * year) / 1000,
      'Th-232 MBq/y': (4 * year) / 1e6,
    })
  })

  it('gives elements in g/L of the liquid, and none where solids would be counted', () => {
    expect(cells({ sets: ['elements'], elementsAs: 'concentration' })['Nd g/L']).toBe(40)
    const slurry = stream({ species: { aqueous: { H2O: 1 }, solid: { Nd2O3: 1 } } })
    expect(concentrationOf('Nd', slurry)).toBeUndefined()
    expect(concentrationOf('Nd', stream({ phase: 'gas' }))).toBeUndefined()
  })

  it('knows the mass of a phase from its volume, or where it is alone', () => {
    expect(phaseMass('aqueous', stream({}))).toBe(2)
    expect(phaseMass('gas', stream({}))).toBe(0)
    const both = stream({ species: { aqueous: { H2O: 1 }, gas: { N2: 1 } } })
    expect(phaseMass('aqueous', both)).toBeCloseTo(0.0018 * 1111, 12)
    expect(phaseMass('gas', both)).toBeUndefined()
  })

  it('orders elements as it is told, and leaves out the sets that are not asked for', () => {
    const order = (symbols: readonly string[]) => [...symbols].sort().reverse()
    const columns = streamColumns(one, { ...usualChoice, sets: ['elements'], order })
    expect(columns.map(headOf)).toEqual(['stream', 'Nd kg/h', 'H kg/h'])
  })

  it('makes text of a name that a spreadsheet could take for a formula', () => {
    const odd = solutionOf({ '=1+1': stream({}) })
    expect(streamRows(odd, streamColumns(odd, { ...usualChoice, sets: [] }))).toEqual([
      ['stream'],
      ["'=1+1"],
    ])
  })
})

describe('the table of the terminal', () => {
  it('is the usual choice of columns, and turning it over twice changes nothing', () => {
    const solution = solved()
    const table = streamTable(solution)
    expect(table).toEqual(streamRows(solution, streamColumns(solution, usualChoice)))
    expect(turned(turned(table))).toEqual(table)
    expect(table.length).toBe(Object.keys(solution.streams).length + 1)
  })
})
