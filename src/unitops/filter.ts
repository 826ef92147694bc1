import { emptyStream, mix, withFlow } from '../flowsheet/index.ts'
import { defineUnitOp } from '../flowsheet/unit-op.ts'
import { byFlux, materials } from './parts/equipment.ts'
import { addFlow, massFlow, moveFraction, workOn } from './parts/flows.ts'
import { aqueousVolume } from './parts/liquor.ts'
import { motherLiquorLeft } from './parts/wash.ts'

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
    const washed = wash(cake, liquids)
    const washings = washed.spent
    if (params.washings === 'joined') addFlow(filtrate, washings)
    const spentTemperature = washed.draw > 0 ? washUnit.temperature : feed.temperature
    const spent = { flow: washings, temperature: spentTemperature }
    const mother = params.washings === 'joined' ? joined(spent) : withFlow(feed, filtrate)
    return {
      ok: true,
      outlets: {
        filtrate: mother,
        cake: withFlow(feed, cake),
        washings: params.washings === 'separate' ? spent : emptyStream(table, feed.temperature),
      },
      draws: { wash: washed.draw },
      heat: { watts: 0 },
      warnings:
        kept >= 1 && solids > 0
          ? [
              {
                rank: 2,
                code: 'cake-holds-all-liquor',
                text: 'the cake moisture asks for as much liquor as the slurry brings: no filtrate',
              },
            ]
          : [],
      figures: {
        'dry solids': { value: solids, unit: 'kg/s' },
        'mother liquor left in cake': { value: washed.left, unit: '' },
        'wash draw': { value: washed.draw, unit: 'kg/s' },
      },
    }

    function joined(spentWash: { flow: Float64Array; temperature: number }) {
      const mother = withFlow(
        feed,
        Float64Array.from(filtrate, (n, i) => Math.max(0, n - (washings[i] as number))),
      )
      return withFlow(feed, filtrate, mix(table, [mother, spentWash]).temperature)
    }

    function wash(wet: Float64Array, indices: readonly number[]) {
      const spent = new Float64Array(wet.length)
      const volume = aqueousVolume(table, wet, feed.temperature)
      const perKilogram = aqueousVolume(table, washUnit.flow, washUnit.temperature)
      const held = massFlow(table, wet, 'aqueous')
      if (params.washRatio === 0 || !(volume > 0) || !(perKilogram > 0)) {
        return { spent, draw: 0, left: 1 }
      }
      const draw = (params.washRatio * volume) / perKilogram
      const left = motherLiquorLeft(params.washRatio, params.mixedCells)
      moveFraction(wet, spent, indices, 1 - left)
      const stays = Math.min(1, (held * (1 - left)) / draw)
      for (let i = 0; i < spent.length; i++) {
        const drawn = (washUnit.flow[i] as number) * draw
        wet[i] = (wet[i] as number) + drawn * stays
        spent[i] = (spent[i] as number) + drawn * (1 - stays)
      }
      return { spent, draw, left }
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
        'dry solids over the solids flux',
      ),
    ]
  },
})
