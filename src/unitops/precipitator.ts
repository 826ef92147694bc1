import { onDemand } from '../numerics/index.ts'
import { emptyStream, scale } from '../flowsheet/index.ts'
import { defineUnitOp, type Properties, type Warning } from '../flowsheet/unit-op.ts'
import { amount, rareEarthIons, total, workOn } from './parts/flows.ts'
import { reactionHeat } from './parts/heat.ts'
import { oxidiseIron, type Oxidised } from './parts/iron-oxidation.ts'
import {
  hydroxides,
  precipitate,
  precipitationMemory,
  type Precipitated,
} from './parts/precipitation.ts'
import {
  approach,
  figureOfPH,
  tankFields,
  tankFor,
  ventCarbonDioxide,
} from './parts/precipitation-tank.ts'
import { dissolved } from './parts/reagent.ts'

/** Purification by pH: Fe, Al, Cu, Co, Ni fall as hydroxides, rare earths are held in solution. */
export const precipitator = defineUnitOp({
  kind: 'precipitator',
  title: 'Hydroxide precipitator',
  about:
    'Oxidises ferrous iron and holds a pH with base so that iron, aluminium and copper fall and rare ' +
    'earths stay; what is lost of them, by their own solubility and carried down with iron, is ' +
    'printed and rises with the pH: fresh hydroxides later than aged ones (`form`).',
  group: 'purification',
  symbol: 'reactor',
  params: {
    pH: { type: 'number', default: 4.5, min: 0, max: 13, about: 'pH held with base' },
    residenceTime: tankFields.residenceTime,
    settlingTime: tankFields.settlingTime,
    tanks: tankFields.tanks,
    oxidantExcess: {
      type: 'number',
      default: 1.1,
      min: 0,
      max: 1000,
      about: 'Oxidant drawn over what all ferrous iron needs (assumption by default)',
    },
    iron: {
      type: 'choice',
      options: ['goethite', 'ferrihydrite', 'hydroxide'],
      default: 'ferrihydrite',
      about: 'Solid that ferric iron falls as: goethite wants 75 degC and time',
    },
    form: {
      type: 'choice',
      options: ['amorphous', 'crystalline'],
      default: 'amorphous',
      about: 'Form of the other hydroxides: fresh precipitates are amorphous and more soluble',
    },
    carriedDown: {
      type: 'number',
      default: 0.001,
      min: 0,
      max: 1,
      about:
        'Rare earth carried down per mole of Fe(III) and Al precipitated at pH 3.25 (estimated from ' +
        'the 0.7 % loss of the FeOOH route; assumption)',
    },
    carriedDownPerPH: {
      type: 'number',
      default: 0.3,
      min: 0,
      max: 2,
      about: 'Decades by which that grows per unit of pH, as adsorption does (assumption)',
    },
    activity: tankFields.activity,
  },
  inlets: [
    { name: 'in', phase: 'aqueous', about: 'Liquor' },
    { name: 'base', phase: 'aqueous', about: 'Base', drawn: true },
    {
      name: 'oxidant',
      phase: 'aqueous',
      about: 'Hydrogen peroxide, or air',
      drawn: true,
      optional: true,
    },
  ],
  outlets: [
    { name: 'out', phase: 'aqueous', about: 'Slurry' },
    { name: 'offgas', phase: 'gas', about: 'Spent air, CO2 of carbonate bases', optional: true },
  ],
  steady(input) {
    const { inlets, params, properties } = input
    const table = properties.species
    const feed = inlets.in ?? emptyStream(table)
    const base = inlets.base ?? emptyStream(table)
    const oxidant = inlets.oxidant ?? emptyStream(table)
    const flow = workOn(feed)
    const before = rareEarthIons(table, flow, properties.rareEarths)
    const ferrous = amount(table, flow, 'aqueous', 'Fe+2')
    const oxidised = oxidiseIron(properties, flow, {
      temperature: feed.temperature,
      residenceTime: params.residenceTime,
      excess: params.oxidantExcess,
      pH: params.pH,
      oxidant,
    })
    const done = precipitate(properties, {
      flow,
      temperature: feed.temperature,
      pH: params.pH,
      base: dissolved(table, base),
      solids: hydroxides(properties, params.form, params.iron),
      completion: approach(params.residenceTime, params.settlingTime, params.tanks),
      occlusion: {
        perCarrier: params.carriedDown * 10 ** (params.carriedDownPerPH * (params.pH - 3.25)),
      },
      activity: params.activity,
      memory: precipitationMemory(input.memory),
    })
    if (!done.ok) return { ...done, at: 'base' }
    const { out, offgas } = ventCarbonDioxide(properties, feed, flow)
    const drawn = [scale(base, done.result.base), scale(oxidant, oxidised.draw)]
    const after = rareEarthIons(table, flow, properties.rareEarths)
    const figures = onDemand(() => ({
      ...figureOfPH(properties, out, done.result.memory),
      'ferrous iron oxidised': { value: oxidised.conversion, unit: '' },
      'base drawn': { value: done.result.base, unit: 'kg/s' },
      ...lossFigures(properties, before, after),
    }))
    const heat = onDemand(() => reactionHeat(table, [feed, ...drawn], [out, offgas]))
    return {
      ok: true,
      outlets: { out, offgas },
      draws: { base: done.result.base, oxidant: oxidised.draw },
      get heat() {
        return heat()
      },
      warnings: warningsOf(done.result, oxidised, ferrous, params.pH, lostShare(before, after)),
      get figures() {
        return figures()
      },
      memory: done.result.memory,
    }
  },
  equipment({ params, properties, result }) {
    return tankFor(properties, result.outlets.out, params.residenceTime)
  },
})

const lostShare = (before: readonly number[], after: readonly number[]) =>
  total(before) > 0 ? 1 - total(after) / total(before) : 0

/** Share of the rare earth lost above which a person is told. */
const worthSaying = 0.005

function lossFigures(properties: Properties, before: readonly number[], after: readonly number[]) {
  const figures: Record<string, { value: number; unit: string }> = {}
  figures['rare earth lost'] = { value: lostShare(before, after), unit: '' }
  for (const [i, el] of properties.rareEarths.entries()) {
    const n = before[i] ?? 0
    if (n > 0) figures[`${el} lost`] = { value: 1 - (after[i] ?? 0) / n, unit: '' }
  }
  return figures
}

function warningsOf(
  result: Precipitated,
  oxidised: Oxidised,
  ferrous: number,
  target: number,
  lost: number,
): readonly Warning[] {
  const warnings: Warning[] = []
  if (result.outOfValidity) {
    warnings.push({
      rank: 3,
      code: 'activity-out-of-validity',
      text: `ionic strength ${result.ionicStrength.toPrecision(3)} mol/L: activity coefficients are held at their limit`,
    })
  }
  if (ferrous > 0 && oxidised.conversion < 0.99 && target < 7) {
    warnings.push({
      rank: 2,
      code: 'ferrous-iron-stays',
      text: `${((1 - oxidised.conversion) * 100).toFixed(1)} % of the ferrous iron is not oxidised and stays with the rare earths`,
    })
  }
  if (lost > worthSaying) {
    warnings.push({
      rank: 2,
      code: 'rare-earth-loss',
      text: `${(100 * lost).toFixed(1)} % of the rare earth falls with the impurities: hold a lower pH`,
    })
  }
  return warnings
}
