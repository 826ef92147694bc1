import { aqueousVolume, organicVolume, reactionWherePresent } from '../chemistry/index.ts'
import type { SpeciesTable } from '../chemistry/species.ts'
import { emptyStream, scale, withFlow } from '../flowsheet/index.ts'
import { defineUnitOp, type Warning } from '../flowsheet/unit-op.ts'
import { agitatedTank, materials } from './parts/equipment.ts'
import { addFlow, moveFraction, workOn, type Work } from './parts/flows.ts'
import { settle } from './parts/liquor.ts'
import { reactionHeat } from './parts/heat.ts'
import { runTo, runUpTo } from './parts/reaction.ts'
import { baseEquivalents, dissolved } from './parts/reagent.ts'

interface Loaded {
  readonly row: number
  readonly id: string
  /** Element, or cation for sodium and ammonium. */
  readonly metal: string
  readonly extractant: string
  readonly count: number
}

/** Loaded forms of the plant: `Fe(PC88A)3` and the like. */
function loadedForms(table: SpeciesTable): readonly Loaded[] {
  return table.inPhase('organic').flatMap((row): Loaded[] => {
    const id = table.species[row]?.id ?? ''
    const match = /^([A-Z][A-Za-z0-9]*)\(([A-Z0-9]+)\)(\d?)$/.exec(id)
    if (match === null) return []
    const [, metal = '', extractant = '', count = ''] = match
    if (table.find('organic', extractant) < 0) return []
    return [{ row, id, metal, extractant, count: count === '' ? 1 : Number(count) }]
  })
}

/** The ion that a loaded form gives up to an acid. */
function ionOf(form: Loaded): string {
  if (form.metal === 'NH4') return 'NH4+'
  if (form.count === 1) return `${form.metal}+`
  return `${form.metal}+${form.count}`
}

/** Strips by acid: MA3 + 3 H+ = M(3+) + 3 HA, to the stated share or as far as the acid goes. */
function stripWithAcid(table: SpeciesTable, flow: Work, share: (form: Loaded) => number): void {
  for (const form of loadedForms(table)) {
    const terms = reactionWherePresent(
      table,
      `${form.id}(org) + ${form.count} H+ = ${ionOf(form)} + ${form.count} ${form.extractant}(org)`,
    )
    runUpTo(flow, terms, (flow[form.row] as number) * share(form))
  }
}

/** Strips by base: MA3 + 3 OH- + 3 Na+ = M(OH)3 + 3 NaA; the rest of the base saponifies. */
function stripWithBase(table: SpeciesTable, flow: Work, share: (form: Loaded) => number): void {
  runTo(flow, reactionWherePresent(table, 'CO3-2 + H2O = HCO3- + OH-'))
  for (const form of loadedForms(table)) {
    if (form.count < 2) continue
    const n = form.count
    const terms = reactionWherePresent(
      table,
      `${form.id}(org) + ${n} Na+ + ${n} OH- = ${form.metal}(OH)${n}(s) + ${n} Na(${form.extractant})(org)`,
    )
    runUpTo(flow, terms, (flow[form.row] as number) * share(form))
  }
  for (const form of loadedForms(table)) {
    if (form.metal !== 'Na') continue
    runTo(
      flow,
      reactionWherePresent(table, `${form.extractant}(org) + Na+ + OH- = ${form.id}(org) + H2O`),
    )
  }
}

/** mol/s of H+ (acid) or OH- (base) that the loaded metals could take up. */
function demand(table: SpeciesTable, flow: Work): number {
  return loadedForms(table).reduce(
    (sum, form) => (form.count < 2 ? sum : sum + form.count * (flow[form.row] as number)),
    0,
  )
}

/** Washing of a bleed of solvent: iron and others that ordinary strip acid leaves. */
export const organicRegeneration = defineUnitOp({
  kind: 'organic-regeneration',
  title: 'Organic regeneration',
  about:
    'Frees a bleed of organic from metals that do not strip (iron, heavy rare earths) with strong ' +
    'acid, or with soda or caustic as hydroxides. How far each contact goes is measured, not known: ' +
    'a stated efficiency; reagent short of stoichiometry limits it.',
  group: 'solvent extraction',
  symbol: 'mixer-settler',
  params: {
    efficiency: {
      type: 'map',
      optional: true,
      of: { type: 'number', min: 0, max: 1, about: 'Share of the element removed in one contact' },
      about: 'Share of each element removed in one contact, by element (stated by the user)',
    },
    otherwise: {
      type: 'number',
      default: 0.8,
      min: 0,
      max: 1,
      about: 'The same for elements that are not named (assumption)',
    },
    contacts: { type: 'integer', default: 2, min: 1, max: 10, about: 'Contacts in series' },
    excess: {
      type: 'number',
      default: 2,
      min: 0,
      max: 1000,
      about: 'Reagent drawn over the stoichiometric need of the loaded metals',
    },
    residenceTime: {
      type: 'quantity',
      dimension: 'time',
      unit: 'min',
      default: 600,
      min: 1,
      about: 'Time in each contact for sizing (assumption by default)',
    },
  },
  inlets: [
    { name: 'in', phase: 'organic', about: 'Organic bleed' },
    { name: 'wash', phase: 'aqueous', about: 'Acid, soda or caustic', drawn: true },
  ],
  outlets: [
    { name: 'out', phase: 'organic', about: 'Regenerated organic' },
    { name: 'spent', phase: 'aqueous', about: 'Spent wash, with hydroxides where it is alkaline' },
  ],
  steady({ inlets, params, properties }) {
    const table = properties.species
    const feed = inlets.in ?? emptyStream(table)
    const wash = inlets.wash ?? emptyStream(table)
    const unit = dissolved(table, wash)
    const each = Math.abs(baseEquivalents(table, unit))
    const alkaline = baseEquivalents(table, unit) > 0
    const flow = workOn(feed)
    const need = demand(table, flow)
    const draw = each > 0 ? (params.excess * need) / each : 0
    addFlow(flow, unit, draw)
    const share = (form: Loaded) => {
      const once = params.efficiency?.[form.metal] ?? params.otherwise
      return 1 - (1 - once) ** params.contacts
    }
    if (alkaline) stripWithBase(table, flow, share)
    else stripWithAcid(table, flow, share)
    settle(table, flow)
    const spent = new Float64Array(flow.length)
    moveFraction(flow, spent, [...table.inPhase('aqueous'), ...table.inPhase('solid')], 1)
    const out = withFlow(feed, flow)
    const liquor = withFlow(wash, spent)
    const drawn = scale(wash, draw)
    const left = demand(table, flow)
    const warnings: Warning[] = []
    if (need > 0 && draw === 0) {
      warnings.push({ rank: 2, code: 'no-reagent', text: 'the wash inlet brings no acid or base' })
    }
    return {
      ok: true,
      outlets: { out, spent: liquor },
      draws: { wash: draw },
      heat: reactionHeat(table, [feed, drawn], [out, liquor]),
      warnings,
      figures: { 'metal removed': { value: need > 0 ? 1 - left / need : 0, unit: '' } },
    }
  },
  equipment({ inlets, params, properties, result }) {
    const table = properties.species
    const feed = inlets.in ?? emptyStream(table)
    const spent = result.outlets.spent ?? emptyStream(table)
    const volume =
      organicVolume(table, feed.flow) + aqueousVolume(table, spent.flow, spent.temperature)
    return agitatedTank(volume, params.residenceTime * params.contacts, materials.polypropylene, {
      count: params.contacts,
    })
  },
})
