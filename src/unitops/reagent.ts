import type { Phase, SpeciesTable } from '../chemistry/species.ts'
import { defineUnitOp, type Properties } from '../flowsheet/unit-op.ts'
import { onDemand } from '../numerics/index.ts'
import { commonFields } from './parts/fields.ts'
import { dryAir } from './parts/gas.ts'
import { massFlow } from './parts/flows.ts'
import { aqueousVolume } from '../chemistry/index.ts'
import { byVolume, put, unknownName, type Amounts, type Fault } from './parts/made-up.ts'
import { soldAs } from './parts/sold-as.ts'
import { handledVolume } from './parts/volume.ts'

const phaseOf = { solution: 'aqueous', gas: 'gas', solid: 'solid', organic: 'organic' } as const

/** Per kilogram from mass fractions; in a solution water is the remainder. */
function byMass(table: SpeciesTable, phase: Phase, state: string, species: Amounts) {
  const flow = new Float64Array(table.species.length)
  let sum = 0
  for (const [name, fraction] of Object.entries(species)) {
    const reagent = soldAs(table, phase, name)
    if (reagent === undefined) return unknownName(state, name, 'species')
    put(flow, reagent, fraction / reagent.molarMass)
    sum += fraction
  }
  const isWet = phase === 'aqueous'
  if (sum > 1 + 1e-9 || (!isWet && Math.abs(sum - 1) > 1e-6)) {
    return {
      at: 'species',
      detail: `the mass fractions add up to ${sum.toPrecision(6)}`,
      advice: isWet ? 'at most 1; water is the rest' : 'they must add up to 1',
    }
  }
  if (isWet) {
    const water = table.index('aqueous', 'H2O')
    flow[water] =
      (flow[water] as number) + Math.max(0, 1 - sum) / (table.molarMass[water] as number)
  }
  return flow
}

/** From mole fractions of gases; `air` is dry air of the standard atmosphere. */
function byMoles(properties: Properties, species: Amounts): Float64Array | Fault {
  const table = properties.species
  const flow = new Float64Array(table.species.length)
  let sum = 0
  for (const [name, fraction] of Object.entries(species)) {
    sum += fraction
    const parts = name === 'air' ? dryAir(properties) : { [name]: 1 }
    for (const [id, share] of Object.entries(parts)) {
      // A plant without argon in its table breathes nitrogen in its place.
      const row = table.find('gas', id === 'Ar' && table.find('gas', 'Ar') < 0 ? 'N2' : id)
      if (row < 0) return unknownName('gas', name, 'species')
      flow[row] = (flow[row] as number) + share * fraction
    }
  }
  if (Math.abs(sum - 1) > 1e-6) {
    return {
      at: 'species',
      detail: `the mole fractions add up to ${sum.toPrecision(6)}`,
      advice: 'mole fractions of a gas add up to 1',
    }
  }
  return flow
}

/** One cubic metre of organic phase: extractant at its molarity, modifier, diluent to fill. */
function organic(
  table: SpeciesTable,
  extractant: string,
  molarity: number,
  modifier: number,
): Float64Array | Fault {
  const flow = new Float64Array(table.species.length)
  const row = table.find('organic', extractant)
  const diluent = table.index('organic', 'diluent')
  const alcohol = table.index('organic', 'modifier')
  if (row < 0) return unknownName('organic', extractant, 'extractant')
  const volumeOf = (r: number) => {
    const density = table.species[r]?.density?.value
    return density === undefined ? undefined : (table.molarMass[r] as number) / density
  }
  const [own, thin, help] = [volumeOf(row), volumeOf(diluent), volumeOf(alcohol)]
  if (own === undefined || thin === undefined || (modifier > 0 && help === undefined)) {
    return {
      at: 'extractant',
      detail: `a density is missing for ${extractant}, the diluent or the modifier`,
      advice: 'give mass fractions in species instead of a molarity',
    }
  }
  const left = 1 - molarity * own - modifier
  if (left < 0) {
    return {
      at: 'molarity',
      detail: `${extractant} and modifier fill ${(1 - left).toPrecision(4)} of the volume`,
      advice: `at most ${(1 / own / 1000).toPrecision(4)} mol/L of ${extractant}`,
    }
  }
  flow[row] = molarity
  flow[diluent] = left / thin
  if (help !== undefined) flow[alcohol] = modifier / help
  return flow
}

/**
 * What is bought in a kilogram of a solution, by reagent as sold: streams carry it as ions, prices
 * are for it. `volume`: m3 of one kilogram.
 */
function sold(
  table: SpeciesTable,
  {
    species,
    concentration,
  }: { readonly species: Amounts | undefined; readonly concentration: Amounts | undefined },
  volume: number,
) {
  const fractions = Object.entries(concentration ?? species ?? {}).map(([name, amount]) => {
    const molar = concentration === undefined ? 1 : (soldAs(table, 'aqueous', name)?.molarMass ?? 0)
    return [name, concentration === undefined ? amount : amount * molar * volume] as const
  })
  return Object.fromEntries(
    fractions.map(([name, value]) => [`${name} as sold`, { value, unit: 'kg/kg' }]),
  )
}

/** A purchased or made-up reagent: its composition at 1 kg/s; units draw what they need. */
export const reagent = defineUnitOp({
  kind: 'reagent',
  title: 'Reagent',
  about:
    'A reagent by what it is made of. Solutions: mass fractions of reagents as sold (HCl, NaOH, ' +
    'H2C2O4 ...) or concentrations, water the rest; gases: mole fractions, or air; organic: an ' +
    'extractant at a molarity in diluent; solids: mass fractions.',
  group: 'boundary',
  symbol: 'reagent',
  params: {
    state: {
      type: 'choice',
      options: ['solution', 'gas', 'organic', 'solid'],
      default: 'solution',
      about: 'What it is bought as',
    },
    species: {
      type: 'map',
      optional: true,
      about: 'Mass fractions by reagent (mole fractions for a gas)',
      of: { type: 'number', min: 0, max: 1, about: 'Fraction' },
    },
    concentration: {
      type: 'map',
      optional: true,
      about: 'Concentrations by reagent, instead of mass fractions (solutions)',
      of: {
        type: 'quantity',
        dimension: 'concentration',
        unit: 'mol/L',
        min: 0,
        about: 'Amount per volume of solution at its temperature',
      },
    },
    extractant: { type: 'text', optional: true, about: 'Species id of the extractant (organic)' },
    molarity: {
      type: 'quantity',
      dimension: 'concentration',
      unit: 'mol/L',
      optional: true,
      min: 0,
      about: 'Extractant per volume of organic, as monomer',
    },
    modifier: {
      type: 'number',
      default: 0,
      min: 0,
      max: 0.5,
      about: 'Volume fraction of phase modifier (isodecanol)',
    },
    temperature: commonFields.delivered,
  },
  inlets: [],
  outlets: (params) => [
    { name: 'out', phase: phaseOf[params.state], about: 'The reagent, to one or several units' },
  ],
  steady({ params, properties }) {
    const table = properties.species
    const { state, species = {}, concentration, extractant, molarity } = params
    const made =
      state === 'gas'
        ? byMoles(properties, species)
        : state === 'organic' && extractant !== undefined && molarity !== undefined
          ? organic(table, extractant, molarity, params.modifier)
          : state === 'solution' && concentration !== undefined
            ? byVolume(table, concentration, params.temperature)
            : byMass(table, phaseOf[state], state, species)
    if (!(made instanceof Float64Array)) return { ok: false, outcome: 'out-of-domain', ...made }
    const mass = massFlow(table, made)
    if (!(mass > 0)) {
      return {
        ok: false,
        outcome: 'out-of-domain',
        at: 'species',
        detail: 'the reagent has no composition',
        advice: 'give species, concentration, or extractant and molarity',
      }
    }
    const out = { flow: made.map((n) => n / mass), temperature: params.temperature }
    const bought = onDemand(() => {
      const volume = aqueousVolume(table, out.flow, params.temperature)
      return { density: { value: 1 / volume, unit: 'kg/m3' }, ...sold(table, params, volume) }
    })
    const answer = { ok: true, outlets: { out }, heat: { watts: 0 } } as const
    if (state !== 'solution') return answer
    return {
      ...answer,
      get figures() {
        return bought()
      },
    }
  },
  equipment({ params, result, properties }) {
    const out = result.outlets['out']
    const mass = out === undefined ? 0 : massFlow(properties.species, out.flow)
    const volume = out === undefined ? 0 : handledVolume(properties.species, out)
    return [
      {
        type: params.state === 'gas' ? 'gas supply' : 'storage tank',
        count: 1,
        size: { name: 'mass', value: mass * 14 * 86_400, unit: 'kg' },
        ...(params.state === 'gas'
          ? { further: [{ name: 'gas flow', value: volume, unit: 'm3/s' }] }
          : { further: [{ name: 'volume', value: (volume * 14 * 86_400) / 0.8, unit: 'm3' }] }),
        material: params.state === 'solution' ? 'FRP or lined steel' : 'carbon steel',
        basis: 'fourteen days of use, 0.8 fill (assumptions)',
      },
    ]
  },
})
