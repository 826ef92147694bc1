import { describe, expect, it } from 'vitest'
import { portsOf, type Stream } from '../../src/flowsheet/index.ts'
import { unitOps } from '../../src/unitops/index.ts'
import { inputOf, reagentOf, reagents, streamOf } from '../unitops/rig.ts'
import { examples, inletFor } from './examples.ts'

/**
 * No recovery, split or purity is a parameter where a mechanism is known: what an operator changes
 * (acid, pH, dose, temperature, time, size of the machine) moves what comes out.
 */

interface Mechanism {
  /** Parameters that must move an outlet or a draw, each with the value it is changed to. */
  readonly moves: Readonly<Record<string, unknown>>
  readonly params?: Readonly<Record<string, unknown>>
  readonly inlets?: Readonly<Record<string, Stream>>
}

const dirtyOrganic = streamOf({
  'organic PC88A': 1,
  'organic diluent': 3.5,
  'organic Fe(PC88A)3': 0.01,
})
const oilyWater = streamOf({ 'aqueous H2O': 50, 'aqueous PC88A': 1e-4 })
const hydrochloric = streamOf({ 'aqueous H2O': 45, 'aqueous H+': 5, 'aqueous Cl-': 5 })
const oxalicResidue = streamOf({
  'aqueous H2O': 45,
  'aqueous H+': 5,
  'aqueous C2O4-2': 1,
  'aqueous Cl-': 3,
})
const strongAcid = reagentOf({ 'aqueous H+': 0.15, 'aqueous Cl-': 0.15, 'aqueous H2O': 0.85 })
const roast = streamOf({ 'solid Nd2O3': 0.75, 'solid Dy2O3': 0.05, 'solid Fe2O3': 6 })
const ironLiquor = streamOf({
  'aqueous H2O': 50,
  'aqueous H+': 0.1,
  'aqueous Nd+3': 0.2,
  'aqueous Fe+2': 0.05,
  'aqueous Cl-': 0.8,
})

const carbonateCake = streamOf({
  'solid La2(CO3)3·8H2O': 0.2,
  'solid Nd2(CO3)3·8H2O': 0.2,
  'solid CeO2': 0.02,
  'solid Al(OH)3': 0.05,
  'aqueous H2O': 5,
})

const mechanisms: Readonly<Record<string, readonly Mechanism[]>> = {
  'acid-recovery': [
    { moves: { evaporation: 0.5, residueTemperature: 320 }, inlets: { in: oxalicResidue } },
    {
      params: { method: 'dialysis', membraneArea: 2000 },
      moves: { membraneArea: 4000, permeability: 4e-6, waterRatio: 2 },
      inlets: { in: hydrochloric },
    },
    { params: { method: 'dialysis' }, moves: { acidLeft: 500 }, inlets: { in: hydrochloric } },
  ],
  'activated-carbon': [
    {
      params: { capacity: 1, exponent: 0.5, dose: 1e-3 },
      moves: { capacity: 0.5, exponent: 0.8, dose: 2e-3 },
      inlets: { in: oilyWater },
    },
  ],
  calciner: [
    { moves: { temperature: 1000 } },
    { params: { temperature: 1000 }, moves: { time: 36_000, activationEnergy: 300e3 } },
  ],
  'carbonate-dissolver': [
    {
      inlets: { in: carbonateCake },
      moves: {
        pH: 4.6,
        residenceTime: 300,
        settlingTime: 3600,
        rareEarth: 500,
        reductantRatio: 0.5,
      },
    },
  ],
  'carbonate-precipitator': [{ moves: { dose: 0.5, time: 100, settlingTime: 6000 } }],
  conditioner: [
    { moves: { acidity: 5, rareEarth: 100 } },
    { params: { method: 'evaporation', acidity: 100 }, moves: { acidity: 300 } },
    {
      params: { method: 'dialysis', acidity: 300, membraneArea: 500 },
      moves: { membraneArea: 1000, permeability: 4e-6, waterRatio: 2 },
    },
  ],
  'de-oiler': [
    { params: { method: 'vacuum' }, moves: { temperature: 400, time: 100, pressure: 1e5 } },
    { params: { method: 'wash' }, moves: { stages: 1, washRatio: 5, moisture: 0.5 } },
  ],
  demagnetiser: [{ moves: { temperature: 800, time: 60 } }],
  'double-sulfate': [{ moves: { dose: 1, time: 100, temperature: 343 } }],
  dryer: [{ moves: { temperature: 340, time: 100 } }],
  evaporator: [{ moves: { evaporation: 0.2 } }],
  filter: [{ moves: { moisture: 0.5, washRatio: 0.5 } }, { moves: { mixedCells: 10 } }],
  'gas-scrubber': [{ moves: { transferUnits: 1, temperature: 330 } }],
  'hydrogen-decrepitation': [
    { moves: { temperature: 400, pressure: 5e5, time: 100 } },
    { moves: { degas: 600 } },
  ],
  'heap-desorption': [
    {
      moves: { ammonium: 900, liquidToSolid: 2, moisture: 0.1, rinseRatio: 1, mixedCells: 1 },
    },
    { params: { desorbed: { Nd: 0.5 } }, moves: { desorbed: { Nd: 0.7 } } },
  ],
  leach: [
    { moves: { acidRatio: 0.5, temperature: 300, time: 60 } },
    { params: { time: 60 }, moves: { tanks: 1, particleSize: 1e-3 }, inlets: { in: roast } },
    { params: { liquidToSolid: 20 }, moves: { liquidToSolid: 40 } },
  ],
  neutraliser: [{ moves: { pH: 7, residenceTime: 60, settlingTime: 6000, form: 'crystalline' } }],
  'organic-regeneration': [
    {
      moves: { contacts: 1, excess: 0.5, otherwise: 0.4 },
      inlets: { in: dirtyOrganic, wash: strongAcid },
    },
  ],
  'oxalate-precipitator': [
    { moves: { excess: 2, pH: 1, residenceTime: 60, settlingTime: 6000, doubleSalt: 0 } },
    { params: { pH: 1 }, moves: { hold: true } },
  ],
  precipitator: [
    { moves: { pH: 3.5, residenceTime: 60, settlingTime: 6000, oxidantExcess: 0.3 } },
    { params: { pH: 4 }, moves: { carriedDown: 0.01, carriedDownPerPH: 1, iron: 'goethite' } },
    {
      params: { oxidantExcess: 300, pH: 6.5 },
      moves: { residenceTime: 60, pH: 7 },
      inlets: { in: ironLiquor, oxidant: reagents.air },
    },
  ],
  roaster: [{ moves: { temperature: 600, time: 60, airExcess: 3 } }],
  'sx-circuit': [{ moves: { organicFlow: 7e-4, saponification: 0.3, concentration: 800 } }],
  thickener: [{ moves: { underflowSolids: 0.1 } }],
}

/** Kinds with nothing to move, each with the reason. */
const none: Readonly<Record<string, string>> = {
  discharge: 'the boundary: measures what leaves',
  feed: 'the boundary: says what comes in',
  'heat-exchanger': 'its temperature is the duty; flows pass',
  delivery: 'the boundary: another plant decides what comes in',
  liquor: 'the boundary: says what comes in',
  mill: 'its product size is the duty; flows pass',
  mixer: 'adds',
  product: 'the boundary: measures what leaves',
  pump: 'flows pass',
  reagent: 'the boundary: says what is drawn',
  splitter: 'divides one composition by its setting',
  tank: 'hold-up only; flows pass',
}

it('knows every kind: what moves it, or why nothing does', () => {
  const known = [...Object.keys(mechanisms), ...Object.keys(none)]
  expect(known.toSorted()).toEqual(unitOps.map((op) => op.kind).toSorted())
})

const cases = unitOps.flatMap((op) =>
  (mechanisms[op.kind] ?? []).flatMap((mechanism) =>
    Object.entries(mechanism.moves).map(([name, value]) => ({
      title: [op.kind, ...Object.values(mechanism.params ?? {}), name].join(' '),
      op,
      mechanism,
      name,
      value,
    })),
  ),
)

/** Flows that leave and draws, rounded to what a reader would call the same. */
function outcome(
  op: (typeof unitOps)[number],
  given: Readonly<Record<string, Stream>>,
  params: Readonly<Record<string, unknown>>,
) {
  const result = op.steady(inputOf(op, given, params))
  if (!result.ok) throw new Error(`${result.outcome}: ${result.detail}`)
  const flows = Object.entries(result.outlets).flatMap(([port, { flow }]) =>
    [...flow].map((n, i) => [`${port} ${i}`, n] as const),
  )
  return new Map([...flows, ...Object.entries(result.draws ?? {})])
}

describe('what an operator changes moves the result', () => {
  it.each(cases)('$title', ({ op, mechanism, name, value }) => {
    const example = examples[op.kind]?.[0]
    const params = { ...example?.params, ...mechanism.params }
    const { inlets } = portsOf({ name: 'unit', op, params: inputOf(op, {}, params).params })
    const own = { ...example?.inlets, ...mechanism.inlets }
    const given = Object.fromEntries(inlets.map((p) => [p.name, own[p.name] ?? inletFor(p)]))
    expect(op.params, 'a parameter of this unit').toHaveProperty(name)
    const before = outcome(op, given, params)
    const after = outcome(op, given, { ...params, [name]: value })
    let moved = 0
    for (const [key, n] of before) {
      const m = after.get(key) ?? 0
      moved = Math.max(moved, Math.abs(n - m) / Math.max(n, m, 1e-12))
    }
    expect(moved).toBeGreaterThan(1e-6)
  })
})
