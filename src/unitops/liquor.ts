import { aqueousVolume, isRareEarth, streamPH } from '../chemistry/index.ts'
import { emptyStream } from '../flowsheet/index.ts'
import { defineUnitOp } from '../flowsheet/unit-op.ts'
import { massFlow } from './parts/flows.ts'
import { byVolume } from './parts/made-up.ts'
import { oxideFigure } from './parts/received.ts'

/**
 * A liquor that enters the plant at a stated flow, so that a circuit can be fed without a leach.
 * The concentrations hold in a litre of the liquor at its temperature and at the density that the
 * model of liquors gives it.
 */
export const liquor = defineUnitOp({
  kind: 'liquor',
  title: 'Liquor',
  about:
    'A liquor by flow and by what is dissolved in it, from outside the plant: concentrations of ' +
    'salts, acids and bases as sold (NdCl3, HCl, NaCl ...), water the rest.',
  group: 'boundary',
  symbol: 'feed',
  params: {
    flow: {
      type: 'quantity',
      dimension: 'volume-flow',
      unit: 'L/h',
      min: 0,
      about: 'Volume of liquor per time at its temperature',
    },
    concentration: {
      type: 'map',
      about: 'Concentrations by salt, acid or base as sold: NdCl3, Al2(SO4)3, HCl, NaCl ...',
      of: {
        type: 'quantity',
        dimension: 'concentration',
        unit: 'mol/L',
        min: 0,
        about: 'Amount per volume of liquor at its temperature',
      },
    },
    temperature: {
      type: 'quantity',
      dimension: 'temperature',
      unit: 'degC',
      default: 298.15,
      min: 273.15,
      max: 373.15,
      about: 'Temperature as delivered',
    },
  },
  inlets: [],
  outlets: [{ name: 'out', phase: 'aqueous', about: 'The liquor' }],
  steady({ params, properties }) {
    const table = properties.species
    const { flow: volumeFlow, temperature } = params
    const cubicMetre = byVolume(table, params.concentration, temperature)
    if (!(cubicMetre instanceof Float64Array))
      return { ok: false, outcome: 'out-of-domain', ...cubicMetre }
    const out =
      volumeFlow > 0
        ? { flow: cubicMetre.map((n) => n * volumeFlow), temperature }
        : emptyStream(table, temperature)
    const pH = streamPH(properties, cubicMetre, temperature)
    const metal = table.species.reduce(
      (sum, { phase, composition }, row) =>
        phase === 'aqueous' && Object.keys(composition).some(isRareEarth)
          ? sum + (cubicMetre[row] as number)
          : sum,
      0,
    )
    return {
      ok: true,
      outlets: { out },
      heat: { watts: 0 },
      figures: {
        ...(pH === undefined ? {} : { pH: { value: pH, unit: '' } }),
        density: {
          value: massFlow(table, cubicMetre) / aqueousVolume(table, cubicMetre, temperature),
          unit: 'kg/m3',
        },
        ...oxideFigure(properties, out.flow),
        'rare earth': { value: metal, unit: 'mol/m3' },
      },
    }
  },
  equipment({ params }) {
    return [
      {
        type: 'storage tank',
        count: 1,
        size: { name: 'volume', value: params.flow * 7 * 86_400, unit: 'm3' },
        material: 'FRP or lined steel',
        basis: 'seven days of liquor (assumption)',
      },
    ]
  },
})
