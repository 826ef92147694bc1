import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Solution } from '../../../src/scenario/index.ts'
import type { PlantView } from '../engine/protocol.ts'
import { flowOf, thinnest, throughput, totalMass } from './flow.ts'
import { layOutSankey } from './layout.ts'

type Line = readonly [from: string, to: string, mass: number]

const roleOf = (name: string) => {
  if (name.startsWith('feed')) return 'feed' as const
  if (name.startsWith('reagent')) return 'reagent' as const
  if (name.startsWith('product')) return 'product' as const
  return name.startsWith('end') ? ('end' as const) : ('unit' as const)
}

function plantOf(lines: readonly Line[]): { plant: PlantView; solution: Solution } {
  const names = [...new Set(lines.flatMap(([from, to]) => [from, to]))]
  const units = names.map((name) => ({
    name,
    kind: roleOf(name),
    title: name,
    about: '',
    group: '',
    symbol: 'box',
    line: 1,
    inlets: [],
    outlets: [],
    role: roleOf(name),
  }))
  const streams = lines.map(([from, to], i) => ({
    name: `s${i}`,
    from: `${from}.out`,
    to: `${to}.in`,
    line: 1,
    recycle: false,
  }))
  const solved = lines.map(([from, to, mass], i) => [
    `s${i}`,
    { from: `${from}.out`, to: `${to}.in`, mass, elements: { Nd: mass / 2 } },
  ])
  const plant = { title: 'plant', operatingHours: 6000, units, streams }
  const solution = { streams: Object.fromEntries(solved) }
  return { plant: plant as unknown as PlantView, solution: solution as unknown as Solution }
}

/** A chain of units, each of which loses, sells, returns and takes in some; closed by design. */
const closedPlant = fc
  .array(
    fc.record({
      lost: fc.double({ min: 0, max: 0.5, noNaN: true }),
      returned: fc.double({ min: 0, max: 0.4, noNaN: true }),
      to: fc.nat(100),
      added: fc.double({ min: 0, max: 0.5, noNaN: true }),
    }),
    { minLength: 1, maxLength: 9 },
  )
  .map((steps) => {
    // What returns is found by sweeping the loops until nothing changes any more.
    const n = steps.length
    let out = steps.map((): number => 1)
    for (let sweep = 0; sweep < 4000; sweep++) {
      const inflow = steps.map((_, i): number => (i === 0 ? 1 : 0))
      steps.forEach((step, i) => {
        const through = out[i] ?? 0
        const back = step.to % (i + 1)
        inflow[back] = (inflow[back] ?? 0) + through * step.returned
        const on = through * (1 - step.returned) * (1 - step.lost)
        if (i + 1 < n) inflow[i + 1] = (inflow[i + 1] ?? 0) + on
      })
      out = steps.map((step, i) => (inflow[i] ?? 0) + step.added)
    }
    const lines: Line[] = [['feed', 'u0', 1]]
    steps.forEach((step, i) => {
      const through = out[i] ?? 0
      const rest = through * (1 - step.returned)
      lines.push([`reagent${i}`, `u${i}`, step.added])
      lines.push([`u${i}`, `u${step.to % (i + 1)}`, through * step.returned])
      lines.push([`u${i}`, `end${i}`, rest * step.lost])
      lines.push([`u${i}`, i + 1 < n ? `u${i + 1}` : 'product', rest * (1 - step.lost)])
    })
    return lines
  })

describe('the flow of an element', () => {
  it('keeps in bands all that comes into a unit and all that leaves it', () => {
    fc.assert(
      fc.property(closedPlant, (lines) => {
        const { plant, solution } = plantOf(lines)
        const flow = flowOf(plant, solution, totalMass)
        for (const { name, role } of flow.nodes) {
          if (role !== 'unit') continue
          const through = throughput(flow, name)
          expect(Math.abs(through.in - through.out)).toBeLessThan(1e-9 * Math.max(1, through.in))
        }
      }),
      { numRuns: 60, seed: 41 },
    )
  })

  it('draws bands as wide into a unit as out of it, and each bar as high as they are', () => {
    fc.assert(
      fc.property(closedPlant, (lines) => {
        const { plant, solution } = plantOf(lines)
        const flow = flowOf(plant, solution, 'Nd')
        const { bars, strips } = layOutSankey(flow, { width: 900, height: 600 })
        const wide = strips.filter(({ width }) => width > 0.75)
        for (const bar of bars.filter(({ role }) => role === 'unit')) {
          const own = (side: 'from' | 'to') =>
            wide
              .filter(({ band }) => band[side] === bar.name)
              .reduce((sum, { width }) => sum + width, 0)
          // Hairlines stand for less than they are wide: they are left out of the sum.
          const slack = 0.75 * strips.length + 2
          expect(Math.abs(own('to') - own('from'))).toBeLessThan(slack)
          expect(own('from')).toBeLessThan(bar.height + 0.01)
        }
      }),
      { numRuns: 40, seed: 42 },
    )
  })

  it('merges what is thin into other and states its sum', () => {
    const { plant, solution } = plantOf([
      ['feed', 'mill', 1],
      ['mill', 'product', 1 - 3e-4],
      ['mill', 'end1', 1e-4],
      ['mill', 'end2', 2e-4],
    ])
    const flow = flowOf(plant, solution, totalMass)
    const other = flow.bands.find(({ kind }) => kind === 'other')
    expect(other?.value).toBeCloseTo(3e-4, 12)
    expect(other?.streams).toEqual(['s2', 's3'])
    expect(flow.thin.streams).toBe(2)
    expect(flow.thin.share).toBeCloseTo(3e-4, 12)
    expect(flow.bands.every((band) => band.kind === 'other' || band.share >= thinnest)).toBe(true)
  })

  it('tells recycles, reagents and losses from the way through the plant', () => {
    const { plant, solution } = plantOf([
      ['feed', 'leach', 1],
      ['reagent', 'leach', 0.5],
      ['leach', 'filter', 2],
      ['filter', 'leach', 0.5],
      ['filter', 'end', 0.25],
      ['filter', 'product', 1.25],
    ])
    const { bands, nodes, base } = flowOf(plant, solution, totalMass)
    const kinds = bands.map(({ kind }) => kind)
    expect(kinds).toEqual(['forward', 'supply', 'forward', 'recycle', 'loss', 'forward'])
    expect(base).toBe(1)
    expect(nodes.map(({ name, column }) => [name, column])).toEqual([
      ['feed', 0],
      ['leach', 1],
      ['filter', 2],
      ['product', 3],
    ])
  })

  it('draws nothing of an element that does not enter', () => {
    const { plant, solution } = plantOf([['feed', 'product', 1]])
    const flow = flowOf(plant, solution, 'Dy')
    expect(flow.base).toBe(0)
    expect(flow.bands).toEqual([])
    expect(layOutSankey(flow, { width: 900, height: 600 }).strips).toEqual([])
  })
})
