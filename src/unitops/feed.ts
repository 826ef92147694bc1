import { elementFlow, emptyStream, massFlow } from '../flowsheet/index.ts'
import { isRareEarth } from '../chemistry/index.ts'
import type { AssayValue, Fields } from '../flowsheet/fields.ts'
import {
  defineUnitOp,
  type Properties,
  type UnitFault,
  type Warning,
} from '../flowsheet/unit-op.ts'
import { atomicMass, readAssay, type AssayFault, type AssayForm } from './parts/assay.ts'
import { commonFields } from './parts/fields.ts'
import { receivedFigures, storageBin } from './parts/received.ts'

const lot = {
  assay: {
    type: 'assay',
    optional: true,
    about: 'Mass fractions of the dry solids, by element, oxide or other species id',
  },
  form: {
    type: 'choice',
    options: ['metal', 'oxide', 'hydroxide', 'carbonate'],
    default: 'metal',
    about: 'What elements of the assay are present as',
  },
  oxidised: {
    type: 'number',
    default: 0,
    min: 0,
    max: 1,
    about:
      'Fraction of the rare earth metal that is oxide already (swarf), oxygen not in the assay',
  },
  moisture: {
    type: 'number',
    default: 0,
    min: 0,
    max: 0.95,
    about: 'Water, mass fraction of the feed as received',
  },
  oil: {
    type: 'number',
    default: 0,
    min: 0,
    max: 0.9,
    about: 'Cutting oil, mass fraction as received',
  },
  adhesive: {
    type: 'number',
    default: 0,
    min: 0,
    max: 0.5,
    about: 'Adhesive (taken as epoxy), mass fraction as received',
  },
} as const satisfies Fields

interface Lot {
  readonly assay?: Readonly<Record<string, AssayValue>> | undefined
  readonly form: AssayForm
  readonly oxidised: number
  readonly moisture: number
  readonly oil: number
  readonly adhesive: number
}

/** Adds one lot at `rate` kg/s to a flow; answers what is wrong with it, or its notes. */
function addLot(
  properties: Properties,
  flow: Float64Array,
  of: Lot,
  rate: number,
  basis: 'wet' | 'dry',
): AssayFault | readonly string[] {
  const table = properties.species
  const solid = 1 - of.moisture - of.oil - of.adhesive
  if (of.assay === undefined || !(solid > 0)) {
    return {
      at: of.assay === undefined ? 'assay' : 'moisture',
      detail: of.assay === undefined ? 'the feed has no assay' : 'no room is left for solids',
      advice: 'give an assay of the dry solids, and moisture + oil + adhesive below 100 %',
    }
  }
  const reading = readAssay(table, of.assay, of.form, of.oxidised)
  if ('detail' in reading) return reading
  const dry = basis === 'dry' ? rate : rate * solid
  const wet = dry / solid
  const put = (row: number, mass: number) => {
    flow[row] = (flow[row] as number) + mass / (table.molarMass[row] as number)
  }
  for (const [row, moles] of reading.perKilogram) {
    flow[row] = (flow[row] as number) + moles * dry
  }
  put(table.index('aqueous', 'H2O'), wet * of.moisture)
  put(table.index('solid', 'oil'), wet * of.oil)
  put(table.index('solid', 'adhesive'), wet * of.adhesive)
  return reading.notes
}

/**
 * Material that enters the plant. The assay is of the dry, oil-free solids; what it leaves open
 * stays as unassigned mass and is never spread over the rest.
 */
export const feed = defineUnitOp({
  kind: 'feed',
  title: 'Feed',
  about: 'Magnets, swarf or another material by rate and assay; several lots may be blended.',
  group: 'boundary',
  symbol: 'feed',
  params: {
    rate: {
      type: 'quantity',
      dimension: 'mass-flow',
      unit: 't/y',
      min: 0,
      about: 'Mass per time, on the basis below',
    },
    basis: {
      type: 'choice',
      options: ['wet', 'dry'],
      default: 'wet',
      about: 'The rate counts the material as received (wet), or its dry, oil-free solids (dry)',
    },
    ...lot,
    blend: {
      type: 'list',
      optional: true,
      about: 'Lots in mass fractions of the rate, instead of one assay; fractions add up to 1',
      of: {
        type: 'group',
        about: 'One lot',
        fields: {
          name: { type: 'text', default: '', about: 'What the lot is called' },
          fraction: { type: 'number', min: 0, max: 1, about: 'Mass fraction of the rate' },
          ...lot,
        },
      },
    },
    particleSize: {
      type: 'quantity',
      dimension: 'length',
      unit: 'mm',
      optional: true,
      min: 1e-9,
      about: '80 % passing size of the solids',
    },
    temperature: commonFields.delivered,
    recycledShare: {
      type: 'number',
      optional: true,
      min: 0,
      max: 1,
      about: 'Share of the mass that counts as recycled material; carried along as a tracer',
    },
    nuclides: {
      type: 'map',
      optional: true,
      about: 'Radionuclides: { Ac-227: { activity: 0.1 Bq/g, follows: La } }; carried as tracers',
      of: {
        type: 'group',
        about: 'Activity of one nuclide, and what it goes with',
        fields: {
          activity: {
            type: 'quantity',
            dimension: 'specific-activity',
            unit: 'Bq/g',
            min: 0,
            about: 'Activity per mass as received',
          },
          follows: {
            type: 'text',
            default: 'solids',
            about: 'Element that it divides with in every unit (an assumption), or solids',
          },
        },
      },
    },
  },
  inlets: [],
  outlets: [{ name: 'out', phase: 'solid', about: 'The material' }],
  check({ nuclides = {} }, { elements }) {
    return Object.entries(nuclides).flatMap(([name, { follows }]): UnitFault[] => {
      if (follows === 'solids' || elements.has(follows)) return []
      const message = `${name} follows "${follows}", which is no element`
      return [{ path: ['nuclides', name, 'follows'], message, expected: 'an element, or solids' }]
    })
  },
  steady({ params, properties }) {
    const table = properties.species
    const flow = new Float64Array(table.species.length)
    const lots: readonly (Lot & { readonly name: string; readonly fraction: number })[] =
      params.blend ?? [{ ...params, name: '', fraction: 1 }]
    const sum = lots.reduce((total, part) => total + part.fraction, 0)
    if (Math.abs(sum - 1) > 1e-6) {
      return {
        ok: false,
        outcome: 'out-of-domain',
        at: 'blend',
        detail: `the fractions of the lots add up to ${sum.toPrecision(6)}`,
        advice: 'lots are mass fractions of the rate and add up to 1',
      }
    }
    const warnings: Warning[] = []
    for (const part of lots) {
      const read = addLot(properties, flow, part, params.rate * part.fraction, params.basis)
      if ('detail' in read) {
        const at = part.name === '' ? read.at : `blend ${part.name}: ${read.at}`
        return { ok: false, outcome: 'out-of-domain', ...read, at }
      }
      for (const text of read) warnings.push({ rank: 3, code: 'assay', text })
    }
    const total = massFlow(table, { flow, temperature: params.temperature })
    const open = table.index('solid', 'unassigned')
    const rare = properties.rareEarths.filter(isRareEarth)
    const rareMass = rare.reduce(
      (mass, symbol) => mass + elementFlow(table, flow, symbol) * atomicMass(table, symbol),
      0,
    )
    const share = (mass: number) => (total > 0 ? mass / total : 0)
    return {
      ok: true,
      outlets: {
        out:
          total > 0
            ? {
                flow,
                temperature: params.temperature,
                ...(params.particleSize === undefined ? {} : { particleSize: params.particleSize }),
              }
            : emptyStream(table, params.temperature),
      },
      heat: { watts: 0 },
      warnings,
      figures: {
        ...receivedFigures(properties, flow),
        'rare earth content': { value: share(rareMass), unit: 'kg/kg' },
        'unassigned mass': {
          value: share((flow[open] as number) * (table.molarMass[open] as number)),
          unit: 'kg/kg',
        },
      },
    }
  },
  equipment({ result }) {
    return [storageBin(result, 7, 'feed')]
  },
})
