import { aqueousVolume } from '../chemistry/index.ts'
import { emptyStream, mix, withFlow } from '../flowsheet/index.ts'
import { defineUnitOp } from '../flowsheet/unit-op.ts'
import { byFlux, materials } from './parts/equipment.ts'
import { massFlow, moveFraction, workOn } from './parts/flows.ts'
import { washCake } from './parts/wash.ts'

/**
 * Solid-liquid filtration with displacement washing. The cake keeps the mass of liquor that its
 * moisture asks for; washing exchanges mother liquor in it for wash liquor at constant mass.
 */
export const filter = defineUnitOp({
  kind: 'filter',
  title: 'Filter',
  about:
    'Separates solids as a cake with a stated moisture and washes the cake by displacement; what ' +
    'stays of the mother liquor follows from the wash ratio and the back-mixing in the cake.',
  group: 'solid-liquid',
  symbol: 'filter',
  params: {
    moisture: {
      type: 'number',
      default: 0.3,
      min: 0,
      max: 0.95,
      about: 'Liquor in the cake, mass fraction of the wet cake (assumption by default)',
    },
    washRatio: {
      type: 'number',
      default: 0,
      min: 0,
      max: 50,
      about: 'Volume of wash liquor drawn per volume of liquor in the cake',
    },
    mixedCells: {
      type: 'integer',
      default: 1,
      min: 1,
      max: 200,
      about:
        'Well mixed cells that the cake counts as: 1 = full back-mixing (assumption), many = a sharp front',
    },
    washings: {
      type: 'choice',
      options: ['joined', 'separate'],
      default: 'joined',
      about: 'Spent wash liquor joins the filtrate, or leaves by its own port',
    },
    solidsToFiltrate: {
      type: 'number',
      default: 0,
      min: 0,
      max: 0.5,
      about: 'Fraction of the solids that passes the cloth',
    },
    solidsFlux: {
      type: 'quantity',
      dimension: 'mass-flux',
      unit: 'kg/m2/h',
      default: 30 / 3600,
      min: 1e-6,
      about: 'Dry solids per cloth area for sizing (assumption by default)',
    },
  },
  inlets: [
    { name: 'in', phase: 'aqueous', about: 'Slurry' },
    { name: 'wash', phase: 'aqueous', about: 'Wash liquor', drawn: true, optional: true },
  ],
  outlets: [
    { name: 'filtrate', phase: 'aqueous', about: 'Mother liquor (with washings when joined)' },
    { name: 'cake', phase: 'solid', about: 'Wet cake' },
    { name: 'washings', phase: 'aqueous', about: 'Spent wash liquor', optional: true },
  ],
  routes(_element, _inlet, params) {
    return params.washings === 'separate' ? ['filtrate', 'cake', 'washings'] : ['filtrate', 'cake']
  },
  steady({ inlets, params, properties }) {
    const table = properties.species
    const feed = inlets.in ?? emptyStream(table)
    const washUnit = inlets.wash ?? emptyStream(table)
    const filtrate = workOn(feed)
    const cake = new Float64Array(filtrate.length)
    moveFraction(filtrate, cake, table.inPhase('solid'), 1 - params.solidsToFiltrate)
    const solids = massFlow(table, cake, 'solid')
    const liquor = massFlow(table, filtrate, 'aqueous')
    const wanted = (solids * params.moisture) / (1 - params.moisture)
    const kept = liquor > 0 ? Math.min(1, wanted / liquor) : 0
    const liquids = [...table.inPhase('aqueous'), ...table.inPhase('organic')]
    moveFraction(filtrate, cake, liquids, kept)
    const washed = washCake(table, cake, liquids, {
      ...params,
      wash: washUnit,
      temperature: feed.temperature,
    })
    const spent = {
      flow: washed.spent,
      temperature: washed.draw > 0 ? washUnit.temperature : feed.temperature,
    }
    const mother = withFlow(feed, filtrate)
    const apart = params.washings === 'separate'
    return {
      ok: true,
      outlets: {
        filtrate: apart ? mother : mix(table, [mother, spent]),
        cake: withFlow(feed, cake),
        washings: apart ? spent : emptyStream(table, feed.temperature),
      },
      draws: { wash: washed.draw },
      heat: { watts: 0 },
      warnings: kept >= 1 && solids > 0 ? [noFiltrate] : [],
      figures: {
        'dry solids': { value: solids, unit: 'kg/s' },
        'mother liquor left in cake': { value: washed.left, unit: '' },
        'wash draw': { value: washed.draw, unit: 'kg/s' },
      },
    }
  },
  equipment({ inlets, params, properties, result }) {
    const solids = result.figures?.['dry solids']?.value ?? 0
    const table = properties.species
    const feed = inlets.in ?? emptyStream(table)
    if (!(solids > 0)) {
      return [
        byFlux(
          'polishing filter',
          aqueousVolume(table, feed.flow, feed.temperature),
          1 / 3600,
          materials.polypropylene,
          'liquor flow over 1 m3/m2/h (assumption)',
        ),
      ]
    }
    return [
      byFlux(
        'pressure filter',
        solids,
        params.solidsFlux,
        materials.polypropylene,
        `dry solids over the solids flux; chambers of ${chamber * 1000} mm (assumption)`,
        [
          {
            name: 'chamber volume',
            value: (solids / params.solidsFlux) * (chamber / 2),
            unit: 'm3',
          },
          { name: 'dry solids', value: solids, unit: 'kg/s' },
        ],
      ),
    ]
  },
})

/** Depth of a chamber of a filter press, m; a cake grows on both its faces (assumption). */
const chamber = 0.032

const noFiltrate = {
  rank: 2,
  code: 'cake-holds-all-liquor',
  text: 'the cake moisture asks for as much liquor as the slurry brings: no filtrate',
} as const
