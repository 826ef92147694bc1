import { aqueousVolume } from '../chemistry/index.ts'
import type { SpeciesTable } from '../chemistry/species.ts'
import { emptyStream, withFlow } from '../flowsheet/index.ts'
import type { Stream } from '../flowsheet/stream.ts'
import { defineUnitOp, type Properties, type Warning } from '../flowsheet/unit-op.ts'
import { azeotropeRatio, boilWater, boundWater, vaporise, type Boiled } from './parts/boil.ts'
import { crystallise } from './parts/crystallise.ts'
import { dialysisStep, membraneFields } from './parts/dialysis.ts'
import { byFlux, heatDuty, materials } from './parts/equipment.ts'
import { addFlow, amount, workOn, type Work } from './parts/flows.ts'
import { reactionHeat } from './parts/heat.ts'
import { dissolved } from './parts/reagent.ts'

/** Recovers acid from a spent liquor, such as the mother liquor of oxalate precipitation. */
export const acidRecovery = defineUnitOp({
  kind: 'acid-recovery',
  title: 'Acid recovery',
  about:
    'Recovers hydrochloric acid from a spent liquor by distillation (water first, then the ' +
    'azeotrope; oxalic acid crystallises from the residue on cooling) or any strong acid by ' +
    'diffusion dialysis.',
  group: 'effluent',
  symbol: 'acid-recovery',
  params: {
    method: {
      type: 'choice',
      options: ['distillation', 'dialysis'],
      default: 'distillation',
      about: 'How the acid is recovered',
    },
    evaporation: {
      type: 'number',
      default: 0.9,
      min: 0,
      max: 1,
      about: 'Distillation: fraction of the free water boiled off, what the steam is set to do',
    },
    cuts: {
      type: 'choice',
      options: ['joined', 'separate'],
      default: 'joined',
      about:
        'Distillation: water that comes over before the acid joins it, or leaves as condensate',
    },
    residueTemperature: {
      type: 'quantity',
      dimension: 'temperature',
      unit: 'degC',
      default: 298.15,
      min: 298.15,
      about:
        'Distillation: temperature to which the residue is cooled for oxalic acid to crystallise',
    },
    boundWaterPerCharge: {
      type: 'number',
      default: 2,
      min: 0,
      about: 'Distillation: water that metal salts hold, mol per mol of charge',
    },
    ...membraneFields,
    acidLeft: {
      type: 'quantity',
      dimension: 'concentration',
      unit: 'mol/L',
      default: 100,
      min: 0,
      about: 'Dialysis: acid that may stay in the liquor, where no area is given',
    },
  },
  inlets: [
    { name: 'in', phase: 'aqueous', about: 'Spent liquor' },
    { name: 'water', phase: 'aqueous', about: 'Dialysis water', drawn: true, optional: true },
  ],
  outlets: [
    { name: 'acid', phase: 'aqueous', about: 'Recovered acid' },
    { name: 'residue', phase: 'aqueous', about: 'Liquor left, with crystals of oxalic acid' },
    { name: 'condensate', phase: 'aqueous', about: 'Water of the first cut', optional: true },
  ],
  routes(element, _inlet, params) {
    if (params.method === 'dialysis') return ['acid', 'residue']
    if (!['H', 'O', 'Cl'].includes(element)) return ['residue']
    return params.cuts === 'separate' ? ['acid', 'residue', 'condensate'] : ['acid', 'residue']
  },
  steady(input) {
    const { inlets, params, properties } = input
    const table = properties.species
    const feed = inlets.in ?? emptyStream(table)
    if (params.method === 'dialysis') {
      const waterUnit = inlets.water ?? emptyStream(table)
      return dialysed(properties, feed, waterUnit, params)
    }
    return distilled(properties, feed, params)
  },
  equipment({ params, result }) {
    if (params.method === 'dialysis') {
      const area = result.figures?.['membrane area']?.value ?? 0
      return [
        byFlux(
          'diffusion dialyser',
          area,
          1,
          materials.polypropylene,
          'transfer units x flow / permeability',
        ),
      ]
    }
    const evaporated = result.figures?.['water evaporated']?.value ?? 0
    return [
      byFlux(
        'acid still',
        evaporated,
        20 / 3600,
        materials.acidBoiling,
        'water evaporated over 20 kg/m2/h of heating surface (assumption)',
        [{ name: 'water evaporated', value: evaporated, unit: 'kg/s' }, ...heatDuty(result.heat)],
      ),
    ]
  },
})

interface Still {
  readonly evaporation: number
  readonly cuts: 'joined' | 'separate'
  readonly residueTemperature: number
  readonly boundWaterPerCharge: number
}

/** Divides what boils off into water before the azeotrope and the acid cut. */
function cutsOf(boiled: Boiled, ratio: number): { readonly first: Boiled; readonly acid: Boiled } {
  const water = Math.max(0, boiled.water - boiled.acid / ratio)
  return {
    first: { water, acid: 0 },
    acid: { water: boiled.water - water, acid: boiled.acid },
  }
}

function distilled(properties: Properties, feed: Stream, still: Still) {
  const table = properties.species
  const flow = workOn(feed)
  const ratio = azeotropeRatio(table, properties.constant('hydrochloric-acid.azeotrope').value)
  const temperature = properties.constant('hydrochloric-acid.azeotrope-boiling-point').value
  const bound = boundWater(table, flow, still.boundWaterPerCharge)
  const free = Math.max(0, amount(table, flow, 'aqueous', 'H2O') - bound)
  const boiled = boilWater(table, flow, free * still.evaporation, ratio, bound)
  const parts = cutsOf(boiled, ratio)
  const acid = new Float64Array(flow.length)
  const condensate = new Float64Array(flow.length)
  const vapour = new Float64Array(flow.length)
  vaporise(table, flow.slice(), vapour, boiled, 'gas')
  vaporise(table, flow, still.cuts === 'joined' ? acid : condensate, parts.first, 'aqueous')
  vaporise(table, flow, acid, parts.acid, 'aqueous')
  const boiler = { flow: flow.slice(), temperature }
  crystallise(properties, flow, still.residueTemperature, ['H2C2O4·2H2O'])
  const water = table.index('aqueous', 'H2O')
  return {
    ok: true,
    outlets: {
      acid: { flow: acid, temperature: 313.15 },
      residue: withFlow(feed, flow, still.residueTemperature),
      condensate: { flow: condensate, temperature: 313.15 },
    },
    draws: { water: 0 },
    heat: reactionHeat(table, [feed], [boiler, { flow: vapour, temperature }]),
    warnings: leftovers(table, flow),
    figures: {
      'water evaporated': {
        value: boiled.water * (table.molarMass[water] as number),
        unit: 'kg/s',
      },
      ...acidFigures(table, feed, acid),
      'oxalic acid crystals': {
        value: amount(table, flow, 'solid', 'H2C2O4·2H2O'),
        unit: 'mol/s',
      },
    },
  } as const
}

function leftovers(table: SpeciesTable, flow: Work): readonly Warning[] {
  const sulfate = amount(table, flow, 'aqueous', 'SO4-2')
  const acid = amount(table, flow, 'aqueous', 'H+')
  if (!(sulfate > 0.1 * acid) || !(acid > 0)) return []
  return [
    {
      rank: 3,
      code: 'sulfuric-acid-stays',
      text: 'sulfuric acid does not distil: it stays in the residue',
    },
  ]
}

function acidFigures(table: SpeciesTable, feed: Stream, acid: Work) {
  const volume = aqueousVolume(table, acid, 298.15)
  const fed = aqueousVolume(table, feed.flow, feed.temperature)
  const before = amount(table, feed.flow, 'aqueous', 'H+')
  const got = amount(table, acid, 'aqueous', 'H+')
  return {
    'recovered acid': { value: volume > 0 ? got / volume / 1000 : 0, unit: 'mol/L' },
    'acid volume per liquor volume': { value: fed > 0 ? volume / fed : 0, unit: '' },
    'share of acid recovered': { value: before > 0 ? got / before : 0, unit: '' },
  }
}

interface Membrane {
  readonly permeability: number
  readonly waterRatio: number
  readonly membraneArea: number | undefined
  readonly acidLeft: number
}

function dialysed(properties: Properties, feed: Stream, waterUnit: Stream, membrane: Membrane) {
  const table = properties.species
  const flow = workOn(feed)
  const acid = new Float64Array(flow.length)
  const done = dialysisStep(table, flow, acid, dissolved(table, waterUnit), {
    ...membrane,
    leak: properties.constant('dialysis.metal-to-acid').value,
    acidLeft: membrane.acidLeft * aqueousVolume(table, flow, feed.temperature),
    temperature: feed.temperature,
  })
  const drawn = new Float64Array(flow.length)
  addFlow(drawn, waterUnit.flow, done.draw)
  const outlets = {
    acid: { flow: acid, temperature: waterUnit.temperature },
    residue: withFlow(feed, flow),
    condensate: emptyStream(table),
  }
  const warnings: readonly Warning[] =
    done.draw > 0
      ? []
      : [
          {
            rank: 2,
            code: 'no-dialysis',
            text: 'no water is connected, or there is no acid to recover',
          },
        ]
  return {
    ok: true,
    outlets,
    draws: { water: done.draw },
    heat: reactionHeat(
      table,
      [feed, { flow: drawn, temperature: waterUnit.temperature }],
      [outlets.acid, outlets.residue],
    ),
    warnings,
    figures: {
      'membrane area': { value: done.area, unit: 'm2' },
      ...acidFigures(table, feed, acid),
    },
  } as const
}
