import { allowedSolids, type AllowedSolids } from './allowed-solids.ts'
import { compileEquilibria, type CompiledEquilibria } from './compile-equilibria.ts'
import type { Equilibria } from './equilibria.ts'
import type { Equilibrium, EquilibriumOptions, EquilibriumState } from './equilibrium.ts'
import { gasConstant } from './gas.ts'
import { equilibrateMixed } from './mixed-crystals.ts'
import { type CompiledReaction, maxExtent, reactInto, reaction } from './reaction.ts'
import type { SpeciesTable } from './species.ts'

/**
 * Density of air-free water at 1 atm, kg/m3, 0 to 150 degC; held at the ends.
 * Source: Kell, J. Chem. Eng. Data 20 (1975) 97.
 */
export function waterDensity(temperature: number): number {
  const t = Math.min(150, Math.max(0, temperature - 273.15))
  const top =
    999.83952 +
    t *
      (16.945176 +
        t * (-7.9870401e-3 + t * (-46.170461e-6 + t * (105.56302e-9 + t * -280.54253e-12))))
  return top / (1 + 16.87985e-3 * t)
}

/** Debye-Hueckel slope for volumes, cm3 kg^0.5/mol^1.5, and Pitzer's b and alpha, 25 degC. */
const [volumeSlope, b, alpha] = [1.875, 1.2, 2]
/** 2 R T at 298.15 K in cm3 MPa/mol. */
const twoRT = 2 * gasConstant * 298.15
/** Ionic strength above which apparent molar volumes are taken as constant, mol/kg. */
const strengthLimit = 12

interface VolumeTable {
  readonly water: number
  readonly solutes: readonly {
    readonly row: number
    readonly v0: number
    readonly charge: number
  }[]
  readonly pairs: readonly {
    readonly cation: number
    readonly anion: number
    readonly beta0: number
    readonly beta1: number
    readonly c: number
  }[]
  readonly protonated: readonly {
    readonly row: number
    readonly constant: number
    readonly v0: number
    readonly pure: number
    readonly molarMass: number
  }[]
  readonly hydrogen: number
}

const volumeTables = new WeakMap<SpeciesTable, VolumeTable>()

/** Volume of a solute without a record: that of the substance by its density, else nothing. */
function fallbackVolume(table: SpeciesTable, row: number): number {
  const species = table.species[row]
  if (species?.density === undefined) return 0
  return (species.molarMass / species.density.value) * 1e6
}

function volumeTable(table: SpeciesTable): VolumeTable {
  const ready = volumeTables.get(table)
  if (ready !== undefined) return ready
  const water = table.index('aqueous', 'H2O')
  const rows = table.inPhase('aqueous').filter((row) => row !== water)
  const made: VolumeTable = {
    water,
    solutes: rows.map((row) => ({
      row,
      v0: table.species[row]?.partialVolume?.v0.value ?? fallbackVolume(table, row),
      charge: table.charge[row] as number,
    })),
    pairs: rows.flatMap((cation) =>
      Object.entries(table.species[cation]?.partialVolume?.pairs ?? {}).flatMap(([id, pair]) => {
        const anion = table.find('aqueous', id)
        if (anion < 0) return []
        const charges = Math.abs((table.charge[cation] as number) * (table.charge[anion] as number))
        const c = pair.cPhi / (2 * Math.sqrt(charges))
        return [{ cation, anion, beta0: pair.beta0, beta1: pair.beta1, c }]
      }),
    ),
    protonated: rows.flatMap((row) => {
      const record = table.species[row]?.partialVolume?.protonated
      if (record === undefined) return []
      const molarMass = (table.molarMass[row] as number) + 2 * 0.001008
      return [
        {
          row,
          constant: 10 ** -record.logK.value,
          v0: record.v0.value,
          pure: record.pure.value,
          molarMass,
        },
      ]
    }),
    hydrogen: table.index('aqueous', 'H+'),
  }
  volumeTables.set(table, made)
  return made
}

/** Protonated part of an anion by its mass action on the molal scale. */
function protonatedPart(hydrogen: number, anion: number, constant: number): number {
  const sum = hydrogen + anion + constant
  const root = Math.sqrt(Math.max(0, sum * sum - 4 * hydrogen * anion))
  return (2 * hydrogen * anion) / (sum + root)
}

/**
 * Volume of the aqueous part of a flow, m3/s. Not additive: water by its density at `temperature`
 * plus apparent molar volumes at 25 degC from Pitzer's volume equation (Debye-Hueckel term, ion
 * pairs by their beta and C, mixing terms left out), V(H+) = 0, bisulfate apart from sulfate.
 * Valid to the molalities that the records state (2.4 mol/kg NdCl3, 3.9 LaCl3, 6.1 NaCl, 10.5 HCl);
 * above an ionic strength of 12 mol/kg the apparent volumes are held. A solute without a record
 * takes its pure volume, or none; a flow without water takes that of water for its mass.
 * Sources are beside the numbers in `data/species/volumes`.
 */
export function aqueousVolume(
  table: SpeciesTable,
  flow: Float64Array,
  temperature: number,
): number {
  const v = volumeTable(table)
  const density = waterDensity(temperature)
  const water = (flow[v.water] as number) * (table.molarMass[v.water] as number)
  if (!(water > 0)) {
    let mass = 0
    for (const { row } of v.solutes)
      mass += (flow[row] as number) * (table.molarMass[row] as number)
    return mass / density
  }
  let added = 0
  let strength = 0
  for (const { row, v0, charge } of v.solutes) {
    const m = (flow[row] as number) / water
    if (m === 0) continue
    added += m * v0
    strength += (m * charge * charge) / 2
  }
  const hydrogen = (flow[v.hydrogen] as number) / water
  for (const p of v.protonated) {
    const m = (flow[p.row] as number) / water
    if (m === 0 || hydrogen === 0) continue
    const bound = protonatedPart(hydrogen, m, p.constant)
    const share = (bound * p.molarMass) / (1 + m * p.molarMass)
    const apart = table.species[p.row]?.partialVolume?.v0.value ?? 0
    added += bound * (p.v0 + (p.pure - p.v0) * share * share - apart)
    strength -= 2 * bound
  }
  added += excessVolume(v, flow, water, Math.max(0, strength))
  return water * (1 / density + added * 1e-6)
}

/** Debye-Hueckel and pair terms, cm3 per kg of water. */
function excessVolume(v: VolumeTable, flow: Float64Array, water: number, strength: number): number {
  if (strength === 0) return 0
  const dilution = strength > strengthLimit ? strengthLimit / strength : 1
  const held = strength * dilution
  const root = Math.sqrt(held)
  let positive = 0
  for (const { row, charge } of v.solutes) {
    if (charge > 0) positive += ((flow[row] as number) / water) * charge * dilution
  }
  const y = alpha * root
  const g = y > 1e-6 ? (2 * (1 - (1 + y) * Math.exp(-y))) / (y * y) : 1
  let sum = ((volumeSlope * held) / b) * Math.log(1 + b * root)
  for (const pair of v.pairs) {
    const cation = ((flow[pair.cation] as number) / water) * dilution
    const anion = ((flow[pair.anion] as number) / water) * dilution
    if (cation === 0 || anion === 0) continue
    sum += twoRT * cation * anion * (pair.beta0 + pair.beta1 * g + positive * pair.c)
  }
  return sum / dilution
}

/** Mass of the aqueous part over its volume, kg/m3; undefined when there is none. */
export function aqueousDensity(
  table: SpeciesTable,
  flow: Float64Array,
  temperature: number,
): number | undefined {
  let mass = 0
  for (const row of table.inPhase('aqueous')) {
    mass += (flow[row] as number) * (table.molarMass[row] as number)
  }
  return mass > 0 ? mass / aqueousVolume(table, flow, temperature) : undefined
}

/** Density for an organic species without a record: that of the diluent, else of water. */
function organicDensity(table: SpeciesTable): number {
  const diluent = table.species[table.find('organic', 'diluent')]?.density
  return diluent?.value ?? 1000
}

/**
 * Volume of the organic part of a flow, m3/s: additive volumes at 25 degC. A metal that replaces
 * protons adds no volume. A species without a density counts with the diluent's.
 */
export function organicVolume(table: SpeciesTable, flow: Float64Array): number {
  let volume = 0
  for (const row of table.inPhase('organic')) {
    const amount = flow[row] as number
    if (amount === 0) continue
    const density = table.species[row]?.density?.value ?? organicDensity(table)
    volume += (amount * (table.molarMass[row] as number)) / density
  }
  return volume
}

export interface SolidVolume {
  /** m3/s of the solids whose density is known, without voids. */
  readonly volume: number
  /** kg/s of solids without a density, and their ids. */
  readonly unknownMass: number
  readonly missing: readonly string[]
}

/** Volume of the solid part of a flow from the densities on record, voids not counted. */
export function solidVolume(table: SpeciesTable, flow: Float64Array): SolidVolume {
  let volume = 0
  let unknownMass = 0
  const missing: string[] = []
  for (const row of table.inPhase('solid')) {
    const mass = (flow[row] as number) * (table.molarMass[row] as number)
    if (mass === 0) continue
    const density = table.species[row]?.density?.value
    if (density === undefined) {
      unknownMass += mass
      missing.push(table.species[row]?.id ?? '')
    } else volume += mass / density
  }
  return { volume, unknownMass, missing }
}

/**
 * mol/L of every aqueous component that is present, water left out; empty without water. `litres`
 * of the liquor where the caller has them.
 */
export function molarities(
  table: SpeciesTable,
  flow: Float64Array,
  temperature: number,
  litres = aqueousVolume(table, flow, temperature) * 1000,
): Readonly<Record<string, number>> {
  const out: Record<string, number> = {}
  if (!(litres > 0)) return out
  const water = table.index('aqueous', 'H2O')
  for (const row of table.inPhase('aqueous')) {
    const amount = flow[row] as number
    if (row !== water && amount > 0) out[table.species[row]?.id ?? ''] = amount / litres
  }
  return out
}

/**
 * Proton transfers that run to the end when mixed, strongest acid with strongest base first; a
 * pair is listed when the acid's pKa is below that of the base's own acid.
 */
const transfers: readonly string[] = [
  'H+ + OH- = H2O',
  'H+ + CO3-2 = HCO3-',
  'H+ + NH3 = NH4+',
  'H+ + HCO3- = CO2 + H2O',
  'CO2 + OH- = HCO3-',
  'CO2 + CO3-2 + H2O = 2 HCO3-',
  'CO2 + NH3 + H2O = NH4+ + HCO3-',
  'NH4+ + OH- = NH3 + H2O',
  'NH4+ + CO3-2 = NH3 + HCO3-',
  'HCO3- + OH- = CO3-2 + H2O',
]

const compiledTransfers = new WeakMap<SpeciesTable, readonly CompiledReaction[]>()

function transfersIn(table: SpeciesTable): readonly CompiledReaction[] {
  let known = compiledTransfers.get(table)
  if (known === undefined) {
    known = transfers.map((text) => reaction(table, text))
    compiledTransfers.set(table, known)
  }
  return known
}

/**
 * The canonical form of a stream: strong acids and bases neutralised, so that the same liquor is
 * always written the same way. H+ is left with no OH-, NH3, CO3-2 or HCO3-; OH- with no NH4+, CO2
 * or HCO3-. Conserves every atom and the charge. Answers a new flow.
 */
export function settleAcidBase(table: SpeciesTable, flow: Float64Array): Float64Array {
  const out = flow.slice()
  settleInto(table, out)
  return out
}

/** As `settleAcidBase`, changing `flow` in place; for arrays that the caller made. */
export function settleInto(table: SpeciesTable, flow: Float64Array): void {
  const all = transfersIn(table)
  for (let k = 0; k < all.length; k++) {
    const transfer = all[k] as CompiledReaction
    const extent = maxExtent(flow, transfer)
    if (extent > 0) reactInto(flow, transfer, extent)
  }
}

/** What of a species table the components of equilibria are made of. */
interface Components {
  /** Rows of the dissolved species, water left out. */
  readonly rows: readonly number[]
  /** What a mole of each adds to the components; `undefined` for what they do not know. */
  readonly parts: readonly (readonly (readonly [master: number, n: number])[] | undefined)[]
}

const noSolids: readonly string[] = []

const componentsOf = new WeakMap<SpeciesTable, WeakMap<CompiledEquilibria, Components>>()

function componentsIn(table: SpeciesTable, eq: CompiledEquilibria): Components {
  let known = componentsOf.get(table)
  if (known === undefined) componentsOf.set(table, (known = new WeakMap()))
  let found = known.get(eq)
  if (found === undefined) {
    const water = table.index('aqueous', 'H2O')
    const rows = table.inPhase('aqueous').filter((row) => row !== water)
    const parts = rows.map((row) => eq.contribution.get(table.species[row]?.id ?? ''))
    known.set(eq, (found = { rows, parts }))
  }
  return found
}

/** What an equilibrium of a liquor is asked with. */
export interface LiquorTask extends EquilibriumOptions {
  readonly litres: number
  readonly solids: AllowedSolids
}

/** Properties of a plant that the equilibrium of a liquor reads. */
interface Chemistry {
  readonly species: SpeciesTable
  readonly equilibria: Equilibria
}

/**
 * Equilibrium of the aqueous part of a flow that takes up `litres`, mixed crystals and all. Throws
 * on a species that the equilibria do not know.
 */
export function liquorEquilibrium(
  { species: table, equilibria }: Chemistry,
  flow: Float64Array,
  task: LiquorTask,
): Equilibrium {
  const { litres, solids } = task
  const eq = compileEquilibria(equilibria)
  const { rows, parts } = componentsIn(table, eq)
  const sums = new Float64Array(eq.masters.length)
  const count = litres > 0 ? rows.length : 0
  for (let k = 0; k < count; k++) {
    const row = rows[k] as number
    const amount = flow[row] as number
    if (!(amount > 0)) continue
    const own = parts[k]
    if (own === undefined) throw new Error(`${table.species[row]?.id} is no component`)
    for (let p = 0; p < own.length; p++) {
      const [master, n] = own[p] as readonly [number, number]
      sums[master] = (sums[master] as number) + (amount / litres) * n
    }
  }
  return equilibrateMixed(eq, sums, solids, task)
}

/**
 * pH of the aqueous part of a stream (no solids allowed to form), by speciation at 25 degC with
 * Davies activity coefficients, held at 0.5 mol/L above it. Undefined when there is no water, and
 * where the speciation does not converge. `start`: the state of a liquor much like it, if at hand.
 */
export function streamPH(
  properties: Chemistry,
  flow: Float64Array,
  temperature: number,
  start?: EquilibriumState,
): number | undefined {
  const { species: table, equilibria } = properties
  if (!((flow[table.index('aqueous', 'H2O')] as number) > 0)) return undefined
  const { converged, pH } = liquorEquilibrium(properties, flow, {
    litres: aqueousVolume(table, flow, temperature) * 1000,
    solids: allowedSolids(compileEquilibria(equilibria), noSolids),
    activity: 'davies',
    start,
  })
  return converged ? pH : undefined
}
