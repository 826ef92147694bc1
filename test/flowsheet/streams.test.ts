import { speciesTable } from '../../src/chemistry/species.ts'
import { describe, expect, it } from 'vitest'
import {
  chargeOf,
  densityOf,
  elementFlows,
  elementMasses,
  emptyStream,
} from '../../src/flowsheet/index.ts'
import {
  entrained,
  massFlow,
  mix,
  moisture,
  onlyPhase,
  phaseMass,
} from '../../src/flowsheet/index.ts'
import {
  scale,
  tracerFlows,
  tracerPerMass,
  volumeFlow,
  solve,
  heatCapacityFlow,
} from '../../src/flowsheet/index.ts'
import { magnetPlant, streamOf } from '../unitops/rig.ts'
import {
  connect,
  feed,
  mixer,
  separator,
  sheetOf,
  sink,
  splitter,
  stream,
  table,
  unit,
} from './kit.ts'

const plant = magnetPlant.species

describe('streams', () => {
  const slurry = streamOf({ 'solid Nd2O3': 0.2, 'aqueous H2O': 10, 'organic PC88A': 0.01 }, 330)

  it('mass, moisture, entrainment, elements', () => {
    const solid = phaseMass(plant, slurry, 'solid')
    const wet = phaseMass(plant, slurry, 'aqueous')
    const solvent = phaseMass(plant, slurry, 'organic')
    expect(massFlow(plant, slurry)).toBeCloseTo(solid + wet + solvent, 12)
    expect(solid).toBeCloseTo(0.2 * 0.336482, 5)
    expect(moisture(plant, slurry)).toBeCloseTo(wet / (wet + solid), 12)
    expect(entrained(plant, slurry, 'organic')).toBeCloseTo(solvent / (solvent + wet), 12)
    expect(elementFlows(plant, slurry)[plant.element('Nd')]).toBeCloseTo(0.4, 12)
    const masses = elementMasses(plant, slurry, new Map(plant.elements.map((e) => [e, 2])))
    expect(masses['Nd']).toBeCloseTo(0.8, 12)
    expect(masses['La']).toBeUndefined()
    expect(massFlow(plant, onlyPhase(plant, slurry, 'aqueous'))).toBeCloseTo(wet, 12)
    expect(chargeOf(plant, streamOf({ 'aqueous Nd+3': 1, 'aqueous Cl-': 3 }))).toBe(0)
  })

  it('volumes: brine is not additive, gas is ideal, unknown solids are unknown', () => {
    const water = streamOf({ 'aqueous H2O': 55.508 })
    expect(volumeFlow(plant, water, 'aqueous')).toBeCloseTo(1.00296e-3, 7)
    expect(densityOf(plant, water, 'aqueous')).toBeCloseTo(997.05, 0)
    const brine = streamOf({ 'aqueous H2O': 55.508, 'aqueous Nd+3': 1.5, 'aqueous Cl-': 4.5 })
    expect(densityOf(plant, brine, 'aqueous')).toBeGreaterThan(1200)
    expect(volumeFlow(plant, streamOf({ 'gas N2': 1 }, 273.15), 'gas')).toBeCloseTo(0.022414, 6)
    expect(densityOf(plant, water, 'gas')).toBeUndefined()
  })

  it('mixing: heat by capacity, acid meets base, surface of solids adds', () => {
    const hot = streamOf({ 'aqueous H2O': 3 }, 350)
    const cold = streamOf({ 'aqueous H2O': 1 }, 290)
    expect(mix(plant, [hot, cold]).temperature).toBeCloseTo(335, 9)
    expect(mix(plant, [hot, emptyStream(plant)])).toBe(hot)
    expect(mix(plant, []).flow.every((n) => n === 0)).toBe(true)
    const acid = streamOf({ 'aqueous H+': 0.3, 'aqueous Cl-': 0.3, 'aqueous H2O': 5 })
    const base = streamOf({ 'aqueous Na+': 0.2, 'aqueous OH-': 0.2, 'aqueous H2O': 5 })
    const both = mix(plant, [acid, base])
    const at = (id: string) => both.flow[plant.index('aqueous', id)]
    expect(at('OH-')).toBe(0)
    expect(at('H+')).toBeCloseTo(0.1, 14)
    expect(at('H2O')).toBeCloseTo(10.2, 12)
    const fine = { ...streamOf({ 'solid Nd2O3': 1 }), particleSize: 10e-6 }
    const coarse = { ...streamOf({ 'solid Nd2O3': 3 }), particleSize: 90e-6 }
    expect(mix(plant, [fine, coarse]).particleSize).toBeCloseTo(4 / (1 / 10e-6 + 3 / 90e-6), 12)
    expect(mix(plant, [fine, streamOf({ 'solid Nd2O3': 3 })]).particleSize).toBeUndefined()
    expect(mix(plant, [fine, hot]).particleSize).toBeCloseTo(10e-6, 15)
  })

  it('mixing weighs by heat capacity, the unknown part at the specific heat of the known', () => {
    const capacity = { value: 75, source: 'test', method: 'assumption' } as const
    const water = table.species[0]
    const oxide = table.species[6]
    if (water === undefined || oxide === undefined) throw new Error('the kit changed')
    const own = speciesTable([{ ...water, heatCapacity: capacity }, oxide])
    const wet = { flow: Float64Array.of(2, 0), temperature: 360 }
    const muddy = { flow: Float64Array.of(1, 0.1), temperature: 300 }
    const { watts, known, mass } = heatCapacityFlow(own, muddy)
    expect(known / mass).toBeCloseTo(0.018 / (0.018 + 0.0336), 12)
    expect(watts).toBeCloseTo((75 * mass) / known, 9)
    const expected = (150 * 360 + watts * 300) / (150 + watts)
    expect(mix(own, [wet, muddy]).temperature).toBeCloseTo(expected, 9)
  })

  it('scaling by nonsense is refused', () => {
    expect(() => scale(slurry, NaN)).toThrow()
    expect(() => scale(slurry, -1)).toThrow()
  })
})

describe('tracers', () => {
  const sheet = sheetOf(
    [
      unit('swarf', feed, { stream: stream({ H2O: 10, 'Nd+3': 1, 'Cl-': 3 }) }),
      unit('ore', feed, { stream: stream({ H2O: 20, 'Nd+3': 3, 'Gd+3': 1, 'Cl-': 12 }) }),
      unit('m', mixer),
      unit('s', separator, { shares: { 'Nd+3': 0.4, 'Gd+3': 0.1, H2O: 0.5 } }),
      unit('t', splitter, { bleed: 0.2 }),
      unit('p', sink),
      unit('q', sink),
    ],
    connect(
      'swarf.out > m.in',
      'ore.out > m.in',
      'm.out > s.in',
      's.bleed > p.in',
      's.out > t.in',
      'back: t.out > m.in',
      't.bleed > q.in',
    ),
  )
  const solution = solve(sheet)
  const flows = (tracer: Parameters<typeof tracerFlows>[3]) => {
    const result = tracerFlows(table, sheet.connections, solution.streams, tracer)
    if (!result.ok) throw new Error(result.detail)
    return result.amounts
  }

  it('ride on their carrier round a recycle and are conserved', () => {
    expect(solution.status).toBe('converged')
    const recycled = flows({
      name: 'recycled',
      unit: 'kg/s',
      carrier: { elements: ['Nd'] },
      sources: { 'swarf.out': 0.144 },
    })
    const out = (recycled['s.bleed'] ?? 0) + (recycled['t.bleed'] ?? 0)
    expect(Math.abs(out / 0.144 - 1)).toBeLessThan(1e-12)
    // Nd of both feeds is mixed before it parts, so every line has a quarter of its Nd recycled.
    for (const name of ['m.out', 's.bleed', 's.out', 'back', 't.bleed']) {
      const nd = solution.streams[name]?.flow[table.index('aqueous', 'Nd+3')] ?? NaN
      expect((recycled[name] ?? NaN) / (0.144 * nd)).toBeCloseTo(0.25, 10)
    }
  })

  it('fall back on mass where their carrier is absent, and still balance', () => {
    const thorium = flows({
      name: 'Th-232',
      unit: 'Bq/s',
      carrier: 'solids',
      sources: { 'ore.out': 7 },
    })
    const out = (thorium['s.bleed'] ?? 0) + (thorium['t.bleed'] ?? 0)
    expect(Math.abs(out / 7 - 1)).toBeLessThan(1e-12)
    const product = solution.streams['s.bleed'] ?? emptyStream(table)
    expect(tracerPerMass(table, product, thorium['s.bleed'] ?? 0)).toBeGreaterThan(0)
  })

  it('a loop that never lets go is named', () => {
    const loop = connect('f.out > a.in', 'a.out > b.in', 'back: b.out > a.in')
    const one = stream({ 'Nd+3': 1, 'Cl-': 3 })
    const streams = { 'f.out': one, 'a.out': one, back: one }
    const result = tracerFlows(table, loop, streams, {
      name: 'lot 7',
      unit: 'kg/s',
      carrier: { elements: ['Nd'] },
      sources: { 'f.out': 1 },
    })
    expect(result).toMatchObject({ ok: false, detail: 'lot 7 has no way out of loop a-b' })
  })
})
