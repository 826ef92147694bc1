import { onDemand } from '../numerics/index.ts'
import { aqueousVolume } from '../chemistry/index.ts'
import type { SpeciesTable } from '../chemistry/species.ts'
import { elementFlow, emptyStream, scale } from '../flowsheet/index.ts'
import { defineUnitOp, type Properties, type Warning } from '../flowsheet/unit-op.ts'
import { atomicMass } from './parts/assay.ts'
import { organicCarbon } from './parts/effluent.ts'
import { massFlow, workOn, type Work } from './parts/flows.ts'
import { reactionHeat } from './parts/heat.ts'
import { hydroxides, precipitate, precipitationMemory } from './parts/precipitation.ts'
import {
  approach,
  figureOfPH,
  tankFields,
  tankFor,
  ventCarbonDioxide,
} from './parts/precipitation-tank.ts'
import { dissolved } from './parts/reagent.ts'

/** Concentrations that a permit names, mg/L of liquor. */
function concentrations(properties: Properties, flow: Work, temperature: number) {
  const table = properties.species
  const litres = aqueousVolume(table, flow, temperature) * 1000
  const per = (kilograms: number) => (litres > 0 ? (kilograms * 1e6) / litres : 0)
  const found: Record<string, number> = { TOC: per(organicCarbon(table, flow)) }
  for (const row of table.inPhase('aqueous')) {
    const { id = '', charge = 0 } = table.species[row] ?? {}
    const n = flow[row] as number
    if (!(n > 0) || charge === 0 || id === 'H+' || id === 'OH-') continue
    const symbol = id.replace(/[+-]\d*$/, '')
    found[symbol] = (found[symbol] ?? 0) + per(n * (table.molarMass[row] as number))
  }
  found.B = per(elementFlow(table, flow, 'B', 'aqueous') * atomicMass(table, 'B'))
  const salt = massFlow(table, flow, 'aqueous') - waterMass(table, flow)
  found.salt = per(salt)
  return found
}

function waterMass(table: SpeciesTable, flow: Work): number {
  const row = table.index('aqueous', 'H2O')
  return (flow[row] as number) * (table.molarMass[row] as number)
}

/** Neutralises an effluent; metals fall, the salt that base and acid make is what is left. */
export const neutraliser = defineUnitOp({
  kind: 'neutraliser',
  title: 'Neutraliser',
  about:
    'Brings an effluent to a pH with caustic, ammonia or lime (whatever the base reagent is); metals ' +
    'fall as hydroxides, gypsum and calcium oxalate with lime. Salt, boron and organic carbon are ' +
    'printed and checked against permit limits that are inputs.',
  group: 'effluent',
  symbol: 'reactor',
  params: {
    pH: { type: 'number', default: 9, min: 2, max: 13, about: 'pH held with base' },
    residenceTime: tankFields.residenceTime,
    settlingTime: tankFields.settlingTime,
    tanks: tankFields.tanks,
    form: {
      type: 'choice',
      options: ['amorphous', 'crystalline'],
      default: 'amorphous',
      about: 'Form of the hydroxides: fresh precipitates are amorphous and more soluble',
    },
    limits: {
      type: 'map',
      optional: true,
      of: {
        type: 'quantity',
        dimension: 'mass-concentration',
        unit: 'mg/L',
        min: 0,
        about: 'Permit limit',
      },
      about: 'Permit limits of the liquor by B, TOC, salt, NH4, Cl, SO4 or a metal',
    },
    activity: tankFields.activity,
  },
  inlets: [
    { name: 'in', phase: 'aqueous', about: 'Acid effluent' },
    { name: 'base', phase: 'aqueous', about: 'Caustic, ammonia or milk of lime', drawn: true },
  ],
  outlets: [
    { name: 'out', phase: 'aqueous', about: 'Neutral slurry' },
    { name: 'offgas', phase: 'gas', about: 'CO2 of carbonate bases', optional: true },
  ],
  steady(input) {
    const { inlets, params, properties } = input
    const table = properties.species
    const feed = inlets.in ?? emptyStream(table)
    const base = inlets.base ?? emptyStream(table)
    const flow = workOn(feed)
    const done = precipitate(properties, {
      flow,
      temperature: feed.temperature,
      pH: params.pH,
      base: dissolved(table, base),
      solids: hydroxides(properties, params.form, 'ferrihydrite'),
      completion: approach(params.residenceTime, params.settlingTime, params.tanks),
      activity: params.activity,
      memory: precipitationMemory(input.memory),
    })
    if (!done.ok) return { ...done, at: 'base' }
    const { out, offgas } = ventCarbonDioxide(properties, feed, flow)
    const draw = done.result.base
    const drawn = scale(base, draw)
    const found = concentrations(properties, flow, feed.temperature)
    const figures = onDemand(() => ({
      ...figureOfPH(properties, out, done.result.memory),
      'base drawn': { value: draw, unit: 'kg/s' },
      ...Object.fromEntries(
        Object.entries(found).map(([id, value]) => [id, { value, unit: 'mg/L' }]),
      ),
    }))
    const heat = onDemand(() => reactionHeat(table, [feed, drawn], [out, offgas]))
    return {
      ok: true,
      outlets: { out, offgas },
      draws: { base: draw },
      get heat() {
        return heat()
      },
      warnings: exceeded(found, params.limits ?? {}),
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

/** Limits come in kg/m3, which is g/L. */
function exceeded(
  found: Readonly<Record<string, number>>,
  limits: Readonly<Record<string, number>>,
): readonly Warning[] {
  return Object.entries(limits).flatMap(([id, limit]): Warning[] => {
    const value = found[id] ?? 0
    if (value <= limit * 1e3) return []
    const text = `${id} ${value.toPrecision(3)} mg/L is above the limit of ${(limit * 1e3).toPrecision(3)} mg/L`
    return [{ rank: 1, code: 'permit-limit', text }]
  })
}
