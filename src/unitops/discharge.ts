import { elementFlow, emptyStream } from '../flowsheet/index.ts'
import { aqueousVolume, gasMoles, gasVolume, streamPH } from '../chemistry/index.ts'
import type { SpeciesTable } from '../chemistry/species.ts'
import { onDemand } from '../numerics/index.ts'
import type { Fields } from '../flowsheet/fields.ts'
import { defineUnitOp, type SteadyInput, type Warning } from '../flowsheet/unit-op.ts'
import { atomicMass } from './parts/assay.ts'
import { organicCarbon } from './parts/effluent.ts'
import { massFlow } from './parts/flows.ts'
import { handledVolume } from './parts/volume.ts'

/** kg/s of an element or species in one phase; an id of the phase goes before an element. */
function massOf(table: SpeciesTable, flow: Float64Array, key: string, phase: 'aqueous' | 'gas') {
  if (key === 'TOC') return organicCarbon(table, flow)
  const row = table.find(phase, key)
  if (row >= 0) return (flow[row] as number) * (table.molarMass[row] as number)
  return elementFlow(table, flow, key, phase) * atomicMass(table, key)
}

const fields = {
  medium: {
    type: 'choice',
    options: ['effluent', 'residue', 'offgas'],
    default: 'effluent',
    about: 'What leaves here',
  },
  limits: {
    type: 'map',
    optional: true,
    about: 'Largest concentration by element, species id or TOC (your permit)',
    of: {
      type: 'quantity',
      dimension: 'mass-concentration',
      unit: 'mg/L',
      min: 0,
      about: 'Mass per volume of liquor, or per normal cubic metre of gas',
    },
  },
  pHMin: { type: 'number', optional: true, min: -2, max: 16, about: 'Lowest pH of an effluent' },
  pHMax: { type: 'number', optional: true, min: -2, max: 16, about: 'Highest pH of an effluent' },
} as const satisfies Fields

/** Where something leaves the plant: effluent, residue or off-gas, against limits that you give. */
export const discharge = defineUnitOp({
  kind: 'discharge',
  title: 'Discharge',
  about:
    'Effluent, residue or off-gas leaving the plant. Limits are inputs: mg/L by element, dissolved ' +
    'species or TOC for an effluent, mg per normal m3 for an off-gas. A limit passed is a warning ' +
    'of the first rank.',
  group: 'boundary',
  symbol: 'discharge',
  params: fields,
  inlets: [{ name: 'in', phase: 'aqueous', about: 'What leaves' }],
  outlets: [],
  steady(input) {
    const judged = onDemand(() => judge(input))
    return {
      ok: true,
      outlets: {},
      heat: { watts: 0 },
      get warnings() {
        return judged().warnings
      },
      get figures() {
        return judged().figures
      },
    }
  },
  equipment({ inlets, params, properties }) {
    const feed = inlets.in ?? emptyStream(properties.species)
    const mass = massFlow(properties.species, feed.flow)
    const volume = handledVolume(properties.species, feed)
    const types = {
      effluent: 'effluent tank',
      residue: 'residue container',
      offgas: 'stack',
    } as const
    return [
      {
        type: types[params.medium],
        count: 1,
        size:
          params.medium === 'offgas'
            ? { name: 'mass flow', value: mass, unit: 'kg/s' }
            : { name: 'mass', value: mass * 86_400, unit: 'kg' },
        further: [
          params.medium === 'offgas'
            ? { name: 'gas flow', value: volume, unit: 'm3/s' }
            : { name: 'volume', value: (volume * 86_400) / 0.8, unit: 'm3' },
        ],
        material: 'polypropylene or lined steel',
        basis:
          params.medium === 'offgas' ? 'gas flow' : 'one day of hold-up, 0.8 fill (assumptions)',
      },
    ]
  },
})

/** What leaves held against the limits given. */
function judge({ inlets, params, properties }: SteadyInput<typeof fields>) {
  const table = properties.species
  const feed = inlets.in ?? emptyStream(table)
  const { flow } = feed
  const isGas = params.medium === 'offgas'
  const volume = isGas
    ? gasVolume(gasMoles(table, flow), 273.15)
    : aqueousVolume(table, flow, feed.temperature)
  const warnings: Warning[] = []
  const figures: Record<string, { value: number; unit: string }> = {
    'mass flow': { value: massFlow(table, flow), unit: 'kg/s' },
  }
  for (const [key, limit] of Object.entries(params.limits ?? {})) {
    const found = volume > 0 ? massOf(table, flow, key, isGas ? 'gas' : 'aqueous') / volume : 0
    figures[key] = { value: found, unit: 'kg/m3' }
    if (found > limit) {
      const unit = isGas ? 'mg/m3' : 'mg/L'
      const factor = isGas ? 1e6 : 1e3
      warnings.push({
        rank: 1,
        code: 'limit-passed',
        text: `${key} ${(found * factor).toPrecision(4)} ${unit} is above the limit of ${(limit * factor).toPrecision(4)} ${unit}`,
      })
    }
  }
  if (params.medium === 'effluent' && volume > 0) {
    const carbon = organicCarbon(table, flow) / volume
    figures['TOC'] = { value: carbon, unit: 'kg/m3' }
    const pH = streamPH(properties, flow, feed.temperature)
    if (pH !== undefined) {
      figures['pH'] = { value: pH, unit: '' }
      const { pHMin, pHMax } = params
      if ((pHMin !== undefined && pH < pHMin) || (pHMax !== undefined && pH > pHMax)) {
        warnings.push({
          rank: 1,
          code: 'pH-outside-limits',
          text: `pH ${pH.toFixed(2)} is outside ${pHMin ?? ''} to ${pHMax ?? ''}`,
        })
      }
    }
  }
  return { warnings, figures }
}
