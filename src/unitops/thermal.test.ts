import { describe, expect, test } from 'vitest'
import {
  figure,
  fine,
  inputOf,
  magnetPlant,
  molesOf,
  reagentOf,
  reagents,
  run,
  sizeOf,
  streamOf,
} from '../../test/unitops/rig.ts'
import { deOiler } from './de-oiler.ts'
import { demagnetiser } from './demagnetiser.ts'
import { gasScrubber } from './gas-scrubber.ts'
import { hydrogenDecrepitation } from './hydrogen-decrepitation.ts'
import { roaster } from './roaster.ts'

const table = magnetPlant.species
const phase = { 'solid Nd': 2, 'solid Fe': 14, 'solid B': 1 }

describe('demagnetiser', () => {
  const glued = streamOf({ ...phase, 'solid adhesive': 0.01, 'solid oil': 0.01, 'solid Cl': 0.001 })
  test('adhesive decomposes by temperature and time, oil evaporates, chlorine leaves as HCl', () => {
    const nitrogen = reagentOf({ 'gas N2': 1 })
    const cool = run(demagnetiser, { in: glued, air: nitrogen }, { temperature: 573.15 })
    const hot = run(demagnetiser, { in: glued, air: nitrogen }, { temperature: 673.15 })
    expect(figure(hot, 'adhesive decomposed')).toBeGreaterThan(figure(cool, 'adhesive decomposed'))
    expect(molesOf(hot.outlets['offgas'], 'gas VOC')).toBeGreaterThan(0)
    expect(molesOf(hot.outlets['offgas'], 'gas HCl')).toBeGreaterThan(5e-4)
    expect(molesOf(hot.outlets['out'], 'solid oil')).toBeLessThan(1e-6)
    const long = run(
      demagnetiser,
      { in: glued, air: nitrogen },
      { temperature: 573.15, time: 7200 },
    )
    expect(figure(long, 'adhesive decomposed')).toBeGreaterThan(figure(cool, 'adhesive decomposed'))
  })
  test('below the Curie temperature is a warning of the first rank', () => {
    const codes = (t: number) =>
      run(demagnetiser, { in: glued }, { temperature: t }).warnings?.map((w) => w.code)
    expect(codes(573.15)).toContain('below-curie')
    expect(codes(623.15)).not.toContain('below-curie')
  })
  test('in air the char burns', () => {
    const burnt = run(demagnetiser, { in: glued, air: reagents.air }, { gasRatio: 1 })
    expect(molesOf(burnt.outlets['offgas'], 'gas CO2')).toBeGreaterThan(0.05)
  })
})

describe('de-oiler', () => {
  const swarf = streamOf({ ...phase, 'solid oil': 0.2, 'solid S': 0.01, 'aqueous H2O': 2 })
  test('evaporation follows temperature, pressure and time', () => {
    const removed = (params: Record<string, unknown>) =>
      figure(run(deOiler, { in: swarf }, params), 'oil removed')
    const base = removed({ temperature: 473.15 })
    expect(base).toBeGreaterThan(0.05)
    expect(removed({ temperature: 523.15 })).toBeGreaterThan(base)
    expect(removed({ temperature: 473.15, pressure: 1000 })).toBeGreaterThan(base)
    expect(removed({ temperature: 473.15, time: 600 })).toBeLessThan(base)
  })
  test('washing dilutes by ratio and stages; sulfur goes with the oil', () => {
    const washed = (params: Record<string, unknown>) =>
      run(deOiler, { in: swarf, wash: reagents.water }, { method: 'wash', ...params })
    expect(figure(washed({ washRatio: 6 }), 'oil removed')).toBeGreaterThan(
      figure(washed({ washRatio: 2 }), 'oil removed'),
    )
    expect(figure(washed({ stages: 5 }), 'oil removed')).toBeGreaterThan(
      figure(washed({ stages: 1 }), 'oil removed'),
    )
    expect(molesOf(washed({}).outlets['oil'], 'solid S')).toBeGreaterThan(0.005)
  })
})

describe('hydrogen decrepitation', () => {
  const hydrogen = reagentOf({ 'gas H2': 1 })
  const magnets = streamOf({ 'solid Nd': 2.3, 'solid Fe': 14, 'solid B': 1 })
  test('90 % is opened under the conditions that the rate is fitted to', () => {
    expect(
      figure(run(hydrogenDecrepitation, { in: magnets, hydrogen }), 'magnet opened'),
    ).toBeCloseTo(0.9, 2)
  })
  test('time, temperature and pressure move it', () => {
    const opened = (params: Record<string, unknown>) =>
      figure(run(hydrogenDecrepitation, { in: magnets, hydrogen }, params), 'magnet opened')
    expect(opened({ time: 3600 })).toBeLessThan(opened({ time: 7200 }))
    expect(opened({ temperature: 300 })).toBeLessThan(opened({ temperature: 400 }))
    expect(opened({ pressure: 50e3 })).toBeLessThan(opened({ pressure: 200e3 }))
  })
  test('uptake is near 0.4 % by mass and degassing at 300 degC keeps only the boundary phase', () => {
    const full = run(hydrogenDecrepitation, { in: magnets, hydrogen }, { time: 1e6 })
    const kilograms = magnets.flow.reduce((m, n, i) => m + n * (table.molarMass[i] as number), 0)
    const uptake = (figure(full, 'hydrogen taken up') * 2.016e-3) / kilograms
    expect(uptake).toBeGreaterThan(0.0035)
    expect(uptake).toBeLessThan(0.0045)
    const degassed = run(
      hydrogenDecrepitation,
      { in: magnets, hydrogen },
      { time: 1e6, degas: 573.15 },
    )
    expect(molesOf(degassed.outlets['out'], 'solid NdH2')).toBeCloseTo(0.3, 6)
    expect(figure(degassed, 'vent air below 25 % of the explosive limit')).toBeGreaterThan(100)
  })
  test('samarium cobalt hardly takes up hydrogen', () => {
    const cobalt = streamOf({ 'solid Sm': 2, 'solid Co': 17 })
    const result = run(hydrogenDecrepitation, { in: cobalt, hydrogen })
    expect(result.warnings?.[0]?.code).toBe('samarium-cobalt')
    expect(figure(result, 'magnet opened')).toBeLessThan(0.9)
  })
})

describe('roaster', () => {
  test('complete oxidation of Nd2Fe14B gains 37.74 % and is strongly exothermic', () => {
    const result = run(
      roaster,
      { in: fine(phase), air: reagents.air },
      { temperature: 753.15, time: 360_000 },
    )
    expect(figure(result, 'mass gain of solids')).toBeCloseTo(0.3774, 4)
    expect(molesOf(result.outlets['out'], 'solid Fe2O3')).toBeCloseTo(7, 9)
    expect(molesOf(result.outlets['out'], 'solid B2O3')).toBeCloseTo(0.5, 9)
    const { heat } = result
    if (heat === undefined || 'unknown' in heat) throw new Error(heat?.unknown)
    // Nd2O3 + 7 Fe2O3 + 1/2 B2O3 from the elements are near -8.2 MJ, less what the hot gas takes.
    expect(heat.watts).toBeLessThan(-4e6)
    expect(heat.watts).toBeGreaterThan(-8.5e6)
  })
  test('the sourced 96 h at 400 degC complete the oxidation; hours do not', () => {
    const iron = (hours: number) =>
      figure(
        run(
          roaster,
          { in: fine(phase), air: reagents.air },
          { temperature: 673.15, time: hours * 3600 },
        ),
        'iron oxidised',
      )
    expect(iron(96)).toBeGreaterThan(0.99)
    expect(iron(4)).toBeLessThan(0.6)
  })
  test('below 400 degC the rare earth goes first; finer and hotter is faster', () => {
    const at = (temperature: number, size = 74e-6) =>
      run(roaster, { in: fine(phase, size), air: reagents.air }, { temperature, time: 7200 })
    expect(figure(at(573.15), 'rare earth oxidised')).toBeGreaterThan(
      figure(at(573.15), 'iron oxidised'),
    )
    expect(figure(at(723.15), 'iron oxidised')).toBeGreaterThan(figure(at(673.15), 'iron oxidised'))
    expect(figure(at(673.15, 20e-6), 'iron oxidised')).toBeGreaterThan(
      figure(at(673.15), 'iron oxidised'),
    )
  })
  test('orthoferrite only above 500 degC', () => {
    const ferrite = (t: number) =>
      molesOf(
        run(roaster, { in: fine(phase), air: reagents.air }, { temperature: t, time: 14_400 })
          .outlets['out'],
        'solid NdFeO3',
      )
    expect(ferrite(770)).toBe(0)
    expect(ferrite(973.15)).toBeGreaterThan(0.1)
    expect(ferrite(1073.15)).toBeGreaterThan(ferrite(973.15))
  })
  test('oil, carbon, sulfur, chlorine and fluorine leave with the gas', () => {
    const dirty = fine({
      ...phase,
      'solid oil': 0.05,
      'solid adhesive': 0.01,
      'solid C': 0.1,
      'solid S': 0.01,
      'solid Cl': 0.01,
      'solid F': 0.01,
      'aqueous H2O': 1,
    })
    const { outlets } = run(
      roaster,
      { in: dirty, air: reagents.air },
      { time: 36_000, temperature: 823.15 },
    )
    for (const [id, n] of [
      ['SO2', 0.01],
      ['HCl', 0.01],
      ['HF', 0.01],
    ] as const) {
      expect(molesOf(outlets['offgas'], `gas ${id}`)).toBeCloseTo(n, 4)
    }
    expect(molesOf(outlets['offgas'], 'gas CO2')).toBeGreaterThan(1.2)
    expect(molesOf(outlets['out'], 'solid oil')).toBeLessThan(1e-6)
  })
  test('a starved roast leaves FeO and says so', () => {
    const starved = run(
      roaster,
      { in: fine(phase), air: reagents.air },
      { temperature: 773.15, time: 36_000, airExcess: -0.3 },
    )
    expect(molesOf(starved.outlets['out'], 'solid FeO')).toBeGreaterThan(1)
    expect(starved.warnings?.map((w) => w.code)).toContain('air-short')
  })
  test('without air it is infeasible; doubling the feed doubles the kiln', () => {
    expect(roaster.steady(inputOf(roaster, { in: fine(phase) })).ok).toBe(false)
    const double = { 'solid Nd': 4, 'solid Fe': 28, 'solid B': 2 }
    expect(sizeOf(roaster, { in: fine(double), air: reagents.air })).toBeCloseTo(
      2 * sizeOf(roaster, { in: fine(phase), air: reagents.air }),
      9,
    )
  })
})

describe('gas scrubber', () => {
  const gas = streamOf({
    'gas N2': 10,
    'gas O2': 2,
    'gas HCl': 0.1,
    'gas SO2': 0.05,
    'gas HF': 0.01,
    'gas Cl2': 0.01,
  })
  test('takes 1 - exp(-NTU) of the acid gases as long as there is alkali', () => {
    for (const ntu of [1, 4]) {
      const { outlets } = run(
        gasScrubber,
        { in: gas, liquor: reagents.caustic },
        { transferUnits: ntu },
      )
      expect(molesOf(outlets['gas'], 'gas HCl')).toBeCloseTo(0.1 * Math.exp(-ntu), 9)
      expect(molesOf(outlets['liquor'], 'aqueous SO4-2')).toBeCloseTo(
        0.05 * (1 - Math.exp(-ntu)),
        9,
      )
    }
  })
  test('short of alkali it lets sulfur dioxide pass and says so', () => {
    const short = run(gasScrubber, { in: gas, liquor: reagents.caustic }, { excess: -0.6 })
    expect(short.warnings?.[0]?.code).toBe('liquor-short')
    expect(molesOf(short.outlets['gas'], 'gas SO2')).toBeGreaterThan(0.01)
  })
  test('ammonia goes into acid', () => {
    const acid = reagentOf({ 'aqueous H+': 0.1, 'aqueous Cl-': 0.1, 'aqueous H2O': 5 })
    const sour = streamOf({ 'gas N2': 10, 'gas NH3': 0.1 })
    const { outlets } = run(gasScrubber, { in: sour, liquor: acid })
    expect(molesOf(outlets['liquor'], 'aqueous NH4+')).toBeCloseTo(0.1 * (1 - Math.exp(-4)), 9)
  })
})
