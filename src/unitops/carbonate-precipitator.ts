import { emptyStream, scale } from '../flowsheet/index.ts'
import { defineUnitOp, type Properties, type Warning } from '../flowsheet/unit-op.ts'
import { addFlow, amount, rareEarthIons, total, workOn, type Work } from './parts/flows.ts'
import { reactionHeat } from './parts/heat.ts'
import { settle } from './parts/liquor.ts'
import { perChemistry } from './parts/per-chemistry.ts'
import {
  degas,
  precipitate,
  precipitationMemory,
  type PrecipitationMemory,
  type PrecipitationOutcome,
  type PrecipitationTask,
} from './parts/precipitation.ts'
import {
  approach,
  figureOfPH,
  tankFields,
  tankFor,
  ventCarbonDioxide,
} from './parts/precipitation-tank.ts'
import { dissolved } from './parts/reagent.ts'

/** Precipitation of rare earth carbonate with soda or ammonium bicarbonate. */
export const carbonatePrecipitator = defineUnitOp({
  kind: 'carbonate-precipitator',
  title: 'Carbonate precipitator',
  about:
    'Precipitates M2(CO3)3.8H2O by a dose of carbonate or bicarbonate. Free acid destroys its share ' +
    'of the dose, CO2 above its solubility leaves, and other metals that form carbonates or ' +
    'hydroxides fall too.',
  group: 'products',
  symbol: 'reactor',
  params: {
    dose: {
      type: 'number',
      default: 1.3,
      min: 0,
      max: 20,
      about: 'Carbonate drawn over that of the formulas: 1.5 mol per mol of rare earth',
    },
    dosedOn: {
      type: 'choice',
      options: ['rare-earth', 'all-metals'],
      default: 'rare-earth',
      about:
        'What the dose is counted on: the rare earths, or with them Co, Ni, Cu, Ca and the like',
    },
    time: { ...tankFields.residenceTime, unit: 'h', default: 7200 },
    settlingTime: tankFields.settlingTime,
    tanks: tankFields.tanks,
    activity: tankFields.activity,
  },
  inlets: [
    { name: 'in', phase: 'aqueous', about: 'Rare earth liquor' },
    { name: 'carbonate', phase: 'aqueous', about: 'Soda, bicarbonate', drawn: true },
  ],
  outlets: [
    { name: 'out', phase: 'aqueous', about: 'Slurry' },
    { name: 'offgas', phase: 'gas', about: 'CO2' },
  ],
  steady(input) {
    const { inlets, params, properties } = input
    const table = properties.species
    const feed = inlets.in ?? emptyStream(table)
    const reagent = inlets.carbonate ?? emptyStream(table)
    const unit = dissolved(table, reagent)
    const each = carbonateIn(properties, unit)
    const flow = workOn(feed)
    const before = carbonateFor(properties, flow, params.dosedOn)
    const draw = each > 0 ? (params.dose * before) / each : 0
    addFlow(flow, unit, draw)
    settle(table, flow)
    const completion = approach(params.time, params.settlingTime, params.tanks)
    const task = { flow, temperature: feed.temperature, completion, activity: params.activity }
    const done = fall(properties, task, precipitationMemory(input.memory))
    if (!done.ok) return { ...done, at: 'in' }
    const { out, offgas } = ventCarbonDioxide(properties, feed, flow)
    const drawn = scale(reagent, draw)
    const recovered = before > 0 ? 1 - carbonateFor(properties, flow, params.dosedOn) / before : 0
    const what = params.dosedOn === 'rare-earth' ? 'rare earth' : 'metal'
    return {
      ok: true,
      outlets: { out, offgas },
      draws: { carbonate: draw },
      heat: reactionHeat(table, [feed, drawn], [out, offgas]),
      warnings: warningsOf(what, recovered, before > 0 && draw === 0),
      figures: {
        ...figureOfPH(properties, out, done.result.memory),
        [`${what} precipitated`]: { value: recovered, unit: '' },
        'carbonate lost as CO2': {
          value: draw > 0 ? amount(table, offgas.flow, 'gas', 'CO2') / (draw * each) : 0,
          unit: '',
        },
      },
      memory: done.result.memory,
    }
  },
  equipment({ params, properties, result }) {
    return tankFor(properties, result.outlets.out, params.time)
  },
})

/** mol/s of carbonate in what the dissolved metals can fall as. */
function carbonateFor(
  properties: Properties,
  flow: Work,
  dosedOn: 'rare-earth' | 'all-metals',
): number {
  const { species, rareEarths, equilibria } = properties
  const rare = 1.5 * total(rareEarthIons(species, flow, rareEarths))
  if (dosedOn === 'rare-earth') return rare
  return equilibria.solids.reduce((sum, { id, components }) => {
    // Each metal has one plain carbonate; those of the rare earths are counted above.
    const metal = /^([A-Z][a-z]?)CO3$/.exec(id)?.[1]
    return metal === undefined || components['CO3-2'] === undefined
      ? sum
      : sum + amount(species, flow, 'aqueous', `${metal}+2`)
  }, rare)
}

function carbonateIn(properties: Properties, flow: Work): number {
  return ['CO3-2', 'HCO3-', 'CO2'].reduce(
    (sum, id) => sum + amount(properties.species, flow, 'aqueous', id),
    0,
  )
}

/** What carbonate can fall as. */
const carbonates = perChemistry(({ equilibria }) =>
  equilibria.solids
    .map((solid) => solid.id)
    .filter((id) => id.includes('CO3') || /^(Fe|Al|Cu|Co|Ni)/.test(id))
    .filter((id) => !id.endsWith('(OH)3') && id !== 'FeOOH'),
)

/** CO2 leaves, the pH rises and more carbonate falls: repeated until no more gas leaves. */
function fall(
  properties: Properties,
  task: Pick<PrecipitationTask, 'flow' | 'temperature' | 'completion' | 'activity'>,
  memory: PrecipitationMemory | undefined,
): PrecipitationOutcome {
  const { flow, temperature, completion, activity } = task
  const henry = properties.constant('carbon-dioxide.henry').value
  const solids = carbonates(properties)
  const start = flow.slice()
  let done: PrecipitationOutcome | undefined
  let at = memory
  for (let round = 0; ; round++) {
    degas(properties.species, flow, temperature, henry)
    done = precipitate(properties, {
      flow,
      temperature,
      solids,
      completion: 1,
      activity,
      memory: at,
    })
    if (!done.ok) return done
    at = done.result.memory
    const gone = degas(properties.species, flow, temperature, henry)
    const all = amount(properties.species, flow, 'gas', 'CO2')
    if (round === 11 || gone <= 1e-9 * (all + 1e-300)) break
  }
  // What time does not allow stays as it was; both ends balance, so does every mixture of them.
  for (let i = 0; i < flow.length; i++) {
    flow[i] = (start[i] as number) + completion * ((flow[i] as number) - (start[i] as number))
  }
  settle(properties.species, flow)
  return done
}

function warningsOf(what: string, recovered: number, none: boolean): readonly Warning[] {
  if (none) {
    return [{ rank: 1, code: 'no-carbonate', text: 'the carbonate inlet brings no carbonate' }]
  }
  if (recovered < 0.9 && recovered > 0) {
    const text = `only ${(recovered * 100).toFixed(1)} % of the ${what} falls: raise the dose, or take acid out first`
    return [{ rank: 2, code: 'incomplete-precipitation', text }]
  }
  return []
}
