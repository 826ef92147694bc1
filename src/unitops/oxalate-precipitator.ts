import { onDemand } from '../numerics/index.ts'
import { aqueousVolume, oxalateElements, streamPH } from '../chemistry/index.ts'
import { emptyStream, scale } from '../flowsheet/index.ts'
import type { Stream } from '../flowsheet/stream.ts'
import {
  defineUnitOp,
  type Properties,
  type Warning,
  type UnitResult,
} from '../flowsheet/unit-op.ts'
import { addFlow, amount, rareEarthIons, total, workOn, type Work } from './parts/flows.ts'
import { reactionHeat } from './parts/heat.ts'
import { concentration, settle } from './parts/liquor.ts'
import { coprecipitate, doubleOxalates } from './parts/oxalate-impurities.ts'
import { perChemistry } from './parts/per-chemistry.ts'
import {
  precipitate,
  precipitationMemory,
  type PrecipitationMemory,
} from './parts/precipitation.ts'
import {
  approach,
  figureOfPH,
  tankFields,
  tankFor,
  ventCarbonDioxide,
} from './parts/precipitation-tank.ts'
import { dissolved } from './parts/reagent.ts'

/** Precipitation of rare earth oxalate from a purified liquor. */
export const oxalatePrecipitator = defineUnitOp({
  kind: 'oxalate-precipitator',
  title: 'Oxalate precipitator',
  about:
    'Brings the liquor to a pH, doses oxalic acid over stoichiometry and precipitates the oxalate ' +
    'decahydrate; what stays follows a conditional solubility fitted on dose and recovery. The acid ' +
    'that the reaction sets free stays in the mother liquor.',
  group: 'products',
  symbol: 'reactor',
  params: {
    excess: {
      type: 'number',
      default: 1.3,
      min: 0,
      max: 20,
      about: 'Oxalic acid drawn over the 1.5 mol per mol of rare earth of the formula',
    },
    pH: {
      type: 'number',
      optional: true,
      min: -1,
      max: 7,
      about: 'pH that base brings the liquor to before oxalic acid is dosed; left out: no base',
    },
    hold: {
      type: 'flag',
      default: false,
      about: 'Base also takes up the acid that the precipitation sets free, so that the pH stays',
    },
    residenceTime: { ...tankFields.residenceTime, unit: 'h' },
    settlingTime: { ...tankFields.settlingTime, default: 30 },
    tanks: tankFields.tanks,
    doubleSalt: {
      type: 'number',
      default: 0.002,
      min: 0,
      max: 1,
      about:
        'Share of the rare earth that falls as double oxalate per mol/L of sodium, and of ammonium, ' +
        'in the liquor (assumption)',
    },
    coprecipitation: {
      type: 'map',
      optional: true,
      of: { type: 'number', min: 0, max: 10, about: 'Logarithmic distribution coefficient' },
      about:
        'How much of Fe(II), Co, Ni, Cu, Zn, Mn, Mg goes with the oxalate: ln(left) over that of the ' +
        'rare earth. Fe(II) is fitted on 7 % at 98.1 % recovery; the others stay unless stated',
    },
  },
  inlets: [
    { name: 'in', phase: 'aqueous', about: 'Purified liquor' },
    { name: 'oxalic', phase: 'aqueous', about: 'Oxalic acid, dissolved or solid', drawn: true },
    { name: 'base', phase: 'aqueous', about: 'Base to set the pH', drawn: true, optional: true },
  ],
  outlets: [
    { name: 'out', phase: 'aqueous', about: 'Oxalate slurry' },
    { name: 'offgas', phase: 'gas', about: 'CO2 of carbonate bases', optional: true },
  ],
  steady(input) {
    const { inlets, params, properties } = input
    const table = properties.species
    const feed = inlets.in ?? emptyStream(table)
    const oxalic = inlets.oxalic ?? emptyStream(table)
    const base = inlets.base ?? emptyStream(table)
    const flow = workOn(feed)
    const before = rareEarthIons(properties.species, flow, properties.rareEarths)
    const dose = doseOf(properties, flow, oxalic, params.excess, before)
    const job = { properties, flow, feed, base }
    const memory = readMemory(input.memory)
    const first = params.pH === undefined ? none : setPH(job, params.pH, [], 1, memory[0])
    if ('detail' in first) return first
    addFlow(flow, dose.unit, dose.draw)
    settle(table, flow)
    const solids = oxalates(properties)
    const held = params.hold ? params.pH : undefined
    const completion = approach(params.residenceTime, params.settlingTime, params.tanks)
    const second = setPH(job, held, solids, completion, memory[1])
    if ('detail' in second) return second
    const recovery = precipitatedShare(
      before,
      rareEarthIons(properties.species, flow, properties.rareEarths),
    )
    coprecipitate(properties, flow, recovery, params.coprecipitation ?? {})
    doubleOxalates(properties, flow, feed.temperature, params.doubleSalt)
    const { out, offgas } = ventCarbonDioxide(properties, feed, flow)
    const draws = { oxalic: dose.draw, base: first.base + second.base }
    const drawn = [scale(oxalic, draws.oxalic), scale(base, draws.base)]
    const figures = onDemand(() => {
      const pH = first.pH()
      return {
        ...figuresOf(properties, before, flow, feed.temperature),
        ...(pH === undefined ? {} : { 'pH before oxalic acid': { value: pH, unit: '' } }),
        ...figureOfPH(properties, out, second.memory),
      }
    })
    const heat = onDemand(() => reactionHeat(table, [feed, ...drawn], [out, offgas]))
    return {
      ok: true,
      outlets: { out, offgas },
      draws,
      get heat() {
        return heat()
      },
      warnings: warningsOf(properties, before, dose.draw, recovery),
      get figures() {
        return figures()
      },
      memory: [first.memory, second.memory],
    }
  },
  equipment({ params, properties, result }) {
    return tankFor(properties, result.outlets.out, params.residenceTime)
  },
})

interface Step {
  /** kg/s */
  readonly base: number
  /** Of the liquor at the end of the step; made when it is asked for. */
  readonly pH: () => number | undefined
  readonly memory: PrecipitationMemory | undefined
}
const none: Step = { base: 0, pH: () => undefined, memory: undefined }

interface Job {
  readonly properties: Properties
  readonly flow: Work
  readonly feed: Stream
  readonly base: Stream
}

/** Holds a pH with base (or lets it be) while solids fall; answers what is wrong. */
function setPH(
  { properties, flow, feed, base }: Job,
  pH: number | undefined,
  solids: readonly string[],
  completion: number,
  memory: PrecipitationMemory | undefined,
): Step | Extract<UnitResult, { ok: false }> {
  const done = precipitate(properties, {
    flow,
    temperature: feed.temperature,
    base: dissolved(properties.species, base),
    solids,
    completion,
    // The fitted solubilities belong to ideal activities.
    activity: 'ideal',
    ...(pH === undefined ? {} : { pH }),
    memory,
  })
  if (!done.ok) {
    const { outcome, detail } = done
    if (outcome !== 'infeasible') return { ...done, at: 'in' }
    const advice = 'connect a base to the base port, or leave the pH out'
    return { ok: false, outcome, at: 'base', detail, advice }
  }
  const { base: drawn, memory: end } = done.result
  const after = flow.slice()
  return { base: drawn, pH: () => streamPH(properties, after, feed.temperature), memory: end }
}

function readMemory(memory: unknown): readonly (PrecipitationMemory | undefined)[] {
  return Array.isArray(memory) ? memory.map(precipitationMemory) : []
}

/** Oxalates with a solubility on record: the rare earths and calcium. */
const oxalates = perChemistry(({ equilibria }) =>
  equilibria.solids.filter((solid) => 'C2O4-2' in solid.components).map((solid) => solid.id),
)

function doseOf(
  properties: Properties,
  flow: Work,
  oxalic: Stream,
  excess: number,
  before: readonly number[],
) {
  const table = properties.species
  const unit = dissolved(table, oxalic)
  const each = amount(table, unit, 'aqueous', 'C2O4-2')
  const there = amount(table, flow, 'aqueous', 'C2O4-2')
  const wanted = excess * 1.5 * total(before) - there
  return { unit, draw: each > 0 ? Math.max(0, wanted / each) : 0 }
}

function precipitatedShare(before: readonly number[], after: readonly number[]): number {
  const all = total(before)
  return all > 0 ? 1 - total(after) / all : 0
}

function figuresOf(
  properties: Properties,
  before: readonly number[],
  flow: Work,
  temperature: number,
) {
  const table = properties.species
  const after = rareEarthIons(properties.species, flow, properties.rareEarths)
  const molar = (id: string) => concentration(table, flow, id, temperature) / 1000
  const litres = aqueousVolume(table, flow, temperature) * 1000
  return {
    'rare earth precipitated': { value: precipitatedShare(before, after), unit: '' },
    ...Object.fromEntries(
      properties.rareEarths.flatMap((el, i) => {
        const n = before[i] ?? 0
        return n > 0 ? [[`${el} precipitated`, { value: 1 - (after[i] ?? 0) / n, unit: '' }]] : []
      }),
    ),
    acidity: { value: molar('H+'), unit: 'mol/L' },
    'oxalate left': { value: molar('C2O4-2'), unit: 'mol/L' },
    'mother liquor': { value: litres / 1000, unit: 'm3/s' },
  }
}

function warningsOf(
  properties: Properties,
  before: readonly number[],
  draw: number,
  recovery: number,
): readonly Warning[] {
  const warnings: Warning[] = []
  const all = total(before)
  const known = oxalateElements(properties.equilibria)
  const unknown = properties.rareEarths.filter(
    (el, i) => (before[i] ?? 0) > 1e-4 * all && !known.includes(el),
  )
  if (unknown.length > 0) {
    warnings.push({
      rank: 1,
      code: 'no-oxalate-solubility',
      text: `no solubility of the oxalate of ${unknown.join(', ')} is on record: it is kept in solution`,
    })
  }
  if (all > 0 && draw === 0) {
    warnings.push({ rank: 2, code: 'no-oxalic-acid', text: 'no oxalic acid is drawn' })
  } else if (recovery < 0.95 && all > 0) {
    warnings.push({
      rank: 2,
      code: 'incomplete-precipitation',
      text: `${((1 - recovery) * 100).toFixed(1)} % of the rare earth stays in the mother liquor: more oxalic acid, or less acid`,
    })
  }
  return warnings
}
