import { aqueousVolume } from '../chemistry/index.ts'
import type { SpeciesTable } from '../chemistry/species.ts'
import { emptyStream, scale, withFlow } from '../flowsheet/index.ts'
import type { Stream } from '../flowsheet/stream.ts'
import { onDemand } from '../numerics/index.ts'
import { defineUnitOp, type Heat, type Properties, type Warning } from '../flowsheet/unit-op.ts'
import { azeotropeRatio, boilToAcid, boundWater, vaporise } from './parts/boil.ts'
import { adjust } from './parts/conditioning.ts'
import { dialysisStep, membraneFields } from './parts/dialysis.ts'
import { agitatedTank, byFlux, heatDuty, materials } from './parts/equipment.ts'
import { addFlow, amount, rareEarthIons, total, workOn, type Work } from './parts/flows.ts'
import { reactionHeat } from './parts/heat.ts'
import { settle } from './parts/liquor.ts'
import { baseEquivalents, dissolved } from './parts/reagent.ts'

/** Brings the liquor of one circuit to the acidity and strength that the next one is fed with. */
export const conditioner = defineUnitOp({
  kind: 'conditioner',
  title: 'Liquor conditioner',
  about:
    'Takes the free acid out of a strip liquor and sets its rare earth concentration for the next ' +
    'circuit: by base (which makes salt), by boiling down with recovery of azeotropic hydrochloric ' +
    'acid, or by diffusion dialysis.',
  group: 'purification',
  symbol: 'conditioner',
  params: {
    method: {
      type: 'choice',
      options: ['base', 'evaporation', 'dialysis'],
      default: 'base',
      about: 'How acid is taken out',
    },
    acidity: {
      type: 'quantity',
      dimension: 'concentration',
      unit: 'mol/L',
      default: 50,
      min: 0,
      about: 'Acid in the conditioned liquor',
    },
    rareEarth: {
      type: 'quantity',
      dimension: 'concentration',
      unit: 'mol/L',
      optional: true,
      min: 1,
      about:
        'Rare earth in the conditioned liquor, reached by water; left out: the feed volume is kept',
    },
    trim: {
      type: 'flag',
      default: false,
      about: 'What boiling or dialysis leaves above the target is neutralised with base',
    },
    boundWaterPerCharge: {
      type: 'number',
      default: 2,
      min: 0,
      about: 'Water that metal salts hold while boiling, mol per mol of charge (6 in MCl3.6H2O)',
    },
    ...membraneFields,
    residenceTime: {
      type: 'quantity',
      dimension: 'time',
      unit: 'min',
      default: 1800,
      min: 1,
      about: 'Hold-up of the tank for sizing',
    },
  },
  inlets: [
    { name: 'in', phase: 'aqueous', about: 'Strip liquor' },
    { name: 'base', phase: 'aqueous', about: 'Base (NaOH, ammonia)', drawn: true, optional: true },
    { name: 'water', phase: 'aqueous', about: 'Water', drawn: true, optional: true },
  ],
  outlets: [
    { name: 'out', phase: 'aqueous', about: 'Feed of the next circuit' },
    {
      name: 'distillate',
      phase: 'aqueous',
      about: 'Acid recovered by boiling or dialysis',
      optional: true,
    },
  ],
  routes(element, _inlet, params) {
    const boils = params.method === 'evaporation' && ['H', 'O', 'Cl'].includes(element)
    return boils || params.method === 'dialysis' ? ['out', 'distillate'] : ['out']
  },
  steady(input) {
    const { inlets, params, properties } = input
    const table = properties.species
    const empty = emptyStream(table)
    const feed = inlets.in ?? empty
    const job = plan(table, feed, params.rareEarth, params.acidity, properties.rareEarths)
    const water = dissolved(table, inlets.water ?? empty)
    const base = dissolved(table, inlets.base ?? empty)
    const taken = takeAcid(job, params, water, properties)
    const eachBase = baseEquivalents(table, base)
    if (params.method === 'base' && amount(table, job.flow, 'aqueous', 'H+') > job.acidLeft) {
      if (!(eachBase > 0)) return noBase
    }
    const useBase = (params.method === 'base' || params.trim) && eachBase > 0
    const draws = adjust(table, job.flow, {
      acidity: params.acidity,
      volume: job.volume,
      water,
      temperature: feed.temperature,
      ...(useBase ? { base } : {}),
    })
    addFlow(job.flow, base, draws.base)
    addFlow(job.flow, water, draws.water)
    settle(table, job.flow)
    const out = withFlow(feed, job.flow)
    const distillate = { flow: taken.acid, temperature: feed.temperature }
    const drawn = [
      scale(inlets.base ?? empty, draws.base),
      scale(inlets.water ?? empty, draws.water + taken.water),
    ]
    const heat = onDemand(
      () => taken.heat ?? reactionHeat(table, [feed, ...drawn], [out, distillate]),
    )
    return {
      ok: true,
      outlets: { out, distillate },
      draws: { base: draws.base, water: draws.water + taken.water },
      get heat() {
        return heat()
      },
      warnings: warningsOf(table, out, job, params),
      figures: figuresOf(table, out, taken, job, properties.rareEarths),
    }
  },
  equipment({ inlets, params, properties, result }) {
    const table = properties.species
    const feed = inlets.in ?? emptyStream(table)
    const volume = aqueousVolume(table, feed.flow, feed.temperature)
    const tank = agitatedTank(volume, params.residenceTime, materials.chloride)
    if (params.method === 'dialysis') {
      const area = result.figures?.['membrane area']?.value ?? 0
      return [
        ...tank,
        byFlux(
          'diffusion dialyser',
          area,
          1,
          materials.polypropylene,
          'membrane area from transfer units x liquor flow / permeability',
        ),
      ]
    }
    if (params.method === 'base') return tank
    const evaporated = result.figures?.['water evaporated']?.value ?? 0
    return [
      ...tank,
      byFlux(
        'evaporator',
        evaporated,
        20 / 3600,
        materials.acidBoiling,
        'water evaporated over 20 kg/m2/h of heating surface (assumption)',
        [{ name: 'water evaporated', value: evaporated, unit: 'kg/s' }, ...heatDuty(result.heat)],
      ),
    ]
  },
})

/** The task: the liquor to work on, the volume it is to have and the acid that may stay in it. */
interface Job {
  readonly flow: Work
  readonly feed: Stream
  readonly rareEarth: number
  readonly volume: number
  readonly acidLeft: number
}

function plan(
  table: SpeciesTable,
  feed: Stream,
  target: number | undefined,
  acidity: number,
  rareEarths: readonly string[],
): Job {
  const flow = workOn(feed)
  const rareEarth = total(rareEarthIons(table, flow, rareEarths))
  const before = aqueousVolume(table, flow, feed.temperature)
  const volume = target !== undefined && rareEarth > 0 ? rareEarth / target : before
  return { flow, feed, rareEarth, volume, acidLeft: acidity * volume }
}

interface Method {
  readonly method: string
  readonly boundWaterPerCharge: number
  readonly permeability: number
  readonly waterRatio: number
  readonly membraneArea: number | undefined
}

interface Taken {
  /** Recovered acid, mol/s by species. */
  readonly acid: Work
  /** Water drawn for it, kg/s. */
  readonly water: number
  readonly evaporated: number
  readonly area: number
  readonly heat?: Heat
}

function takeAcid(job: Job, params: Method, water: Work, properties: Properties): Taken {
  const table = properties.species
  const acid = new Float64Array(job.flow.length)
  if (params.method === 'evaporation') return boilOff(job, params, acid, properties)
  if (params.method === 'dialysis') {
    const leak = properties.constant('dialysis.metal-to-acid').value
    const done = dialysisStep(table, job.flow, acid, water, {
      ...params,
      leak,
      acidLeft: job.acidLeft,
      temperature: job.feed.temperature,
    })
    return { acid, water: done.draw, evaporated: 0, area: done.area }
  }
  return { acid, water: 0, evaporated: 0, area: 0 }
}

function boilOff(job: Job, params: Method, acid: Work, properties: Properties): Taken {
  const table = properties.species
  const ratio = azeotropeRatio(table, properties.constant('hydrochloric-acid.azeotrope').value)
  const bound = boundWater(table, job.flow, params.boundWaterPerCharge)
  const boiled = boilToAcid(table, job.flow, job.acidLeft, ratio, bound)
  vaporise(table, job.flow, acid, boiled, 'aqueous')
  const vapour = new Float64Array(acid.length)
  vaporise(table, Float64Array.from(job.feed.flow), vapour, boiled, 'gas')
  const temperature = properties.constant('hydrochloric-acid.azeotrope-boiling-point').value
  const evaporated = boiled.water * (table.molarMass[table.index('aqueous', 'H2O')] as number)
  return {
    acid,
    water: 0,
    evaporated,
    area: 0,
    heat: reactionHeat(
      table,
      [job.feed],
      [
        { flow: job.flow.slice(), temperature },
        { flow: vapour, temperature },
      ],
    ),
  }
}

const noBase = {
  ok: false,
  outcome: 'infeasible',
  at: 'base',
  detail: 'the liquor has more acid than the target and no base is connected',
  advice: 'connect a reagent with a base to the base port, or choose evaporation or dialysis',
} as const

function figuresOf(
  table: SpeciesTable,
  out: Stream,
  taken: Taken,
  job: Job,
  rareEarths: readonly string[],
) {
  const volume = aqueousVolume(table, out.flow, out.temperature)
  const acidVolume = aqueousVolume(table, taken.acid, out.temperature)
  const molar = (flow: Work, id: string, per: number) =>
    per > 0 ? amount(table, flow, 'aqueous', id) / per / 1000 : 0
  const leaked = total(rareEarthIons(table, taken.acid, rareEarths))
  return {
    acidity: { value: molar(out.flow, 'H+', volume), unit: 'mol/L' },
    'rare earth': { value: volume > 0 ? job.rareEarth / volume / 1000 : 0, unit: 'mol/L' },
    'recovered acid': { value: molar(taken.acid, 'H+', acidVolume), unit: 'mol/L' },
    'water evaporated': { value: taken.evaporated, unit: 'kg/s' },
    'membrane area': { value: taken.area, unit: 'm2' },
    'rare earth with the acid': {
      value: job.rareEarth > 0 ? leaked / job.rareEarth : 0,
      unit: '',
    },
  }
}

function warningsOf(
  table: SpeciesTable,
  out: Stream,
  job: Job,
  params: { readonly acidity: number; readonly rareEarth: number | undefined },
): readonly Warning[] {
  const warnings: Warning[] = []
  const volume = aqueousVolume(table, out.flow, out.temperature)
  const acidity = volume > 0 ? amount(table, out.flow, 'aqueous', 'H+') / volume : 0
  const molar = (c: number) => (c / 1000).toPrecision(3)
  if (acidity > params.acidity * 1.001 + 1e-9) {
    warnings.push({
      rank: 1,
      code: 'acidity-not-reached',
      text: `${molar(acidity)} mol/L of acid is left where ${molar(params.acidity)} is wanted`,
    })
  }
  if (params.rareEarth === undefined || !(job.rareEarth > 0)) return warnings
  if (volume > job.volume * 1.001) {
    warnings.push({
      rank: 2,
      code: 'liquor-too-dilute',
      text: 'the liquor is weaker in rare earth than wanted: water can only be added here',
    })
  } else if (volume < job.volume * 0.999) {
    warnings.push({
      rank: 2,
      code: 'no-water',
      text: 'the liquor is stronger in rare earth than wanted and no water is connected',
    })
  }
  return warnings
}
