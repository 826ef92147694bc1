import {
  allowedSolids,
  compileEquilibria,
  equilibrate,
  reactInto,
  reaction,
  totalsOf,
  type EquilibriumState,
} from '../../chemistry/index.ts'
import type { Properties } from '../../flowsheet/unit-op.ts'
import { amount, type Work } from './flows.ts'
import { perChemistry } from './per-chemistry.ts'

/** Solids that ferric iron falls as, with the dissolved iron and acidity of one formula unit. */
const ferric = {
  FeOOH: 'Fe+3 + 2 H2O = FeOOH(s) + 3 H+',
  'Fe(OH)3': 'Fe+3 + 3 H2O = Fe(OH)3(s) + 3 H+',
} as const
const aluminium = 'Al+3 + 3 H2O = Al(OH)3(s) + 3 H+'

export type FerricSolid = keyof typeof ferric

/** Components that bind protons or trivalent iron and aluminium in a leach liquor. */
const counted = ['H+', 'OH-', 'Fe+3', 'Al+3', 'Cl-', 'SO4-2', 'F-'] as const

/** What may fall beside each of them. */
const falling = perChemistry(({ equilibria }) => {
  const eq = compileEquilibria(equilibria)
  const allowed = (solid: FerricSolid) =>
    allowedSolids(
      eq,
      [solid, 'Al(OH)3'].filter((id) => eq.solids.includes(id)),
    )
  return {
    FeOOH: allowed('FeOOH'),
    'Fe(OH)3': allowed('Fe(OH)3'),
    row: (id: string) => eq.solids.indexOf(id),
  }
})

/** What hydrolysis came to. */
export interface Hydrolysed {
  /** mol/s of acidity given back (negative: taken up by fresh hydroxide dissolving again). */
  readonly acid: number
  /** pH of the liquor at 25 degC as far as it was computed. */
  readonly pH: number | undefined
  /** False where the speciation did not converge: nothing was changed and nothing is known. */
  readonly converged: boolean
}

/** Where the last speciation of a vessel ended, for the next one to start from; written here. */
export interface HydrolysisMemory {
  state?: EquilibriumState
}

/**
 * True where nothing can fall whatever the activities: even if the acid counted for a tenth only
 * and the metal in full. Saves the speciation of strong liquors.
 */
function tooAcid(
  properties: Properties,
  solid: FerricSolid,
  iron: number,
  aluminium: number,
  acid: number,
): boolean {
  const allows = (id: string, metal: number) => {
    const record = properties.equilibria.solids.find((s) => s.id === id)
    return record === undefined || metal < 10 ** record.logK.value * (acid / 10) ** 3
  }
  return acid > 0 && allows(solid, iron) && allows('Al(OH)3', aluminium)
}

/**
 * Lets ferric iron and aluminium fall, or freshly fallen iron dissolve again, to equilibrium at
 * 25 degC constants, in place. H+ of `flow` may be short of zero on entry (acid lent to the leach);
 * `volume` in m3/s; `fresh` is mol/s of FeOOH or Fe(OH)3 made in this vessel, already among the
 * solids of `flow`.
 */
export function hydrolyse(
  properties: Properties,
  flow: Work,
  solid: FerricSolid,
  volume: number,
  fresh: number,
  memory: HydrolysisMemory = {},
): Hydrolysed {
  const table = properties.species
  const eq = compileEquilibria(properties.equilibria)
  const iron = amount(table, flow, 'aqueous', 'Fe+3')
  const light = amount(table, flow, 'aqueous', 'Al+3')
  const { row, [solid]: allowed } = falling(properties)
  const litres = volume * 1000
  if (!(volume > 0) || allowed.rows.length === 0 || iron + light + fresh <= 0) {
    return { acid: 0, pH: undefined, converged: true }
  }
  const own = amount(table, flow, 'aqueous', 'H+')
  if (fresh === 0 && tooAcid(properties, solid, iron / litres, light / litres, own / litres)) {
    return { acid: 0, pH: undefined, converged: true }
  }
  const totals: Record<string, number> = {}
  const add = (id: string, n: number) => {
    if (n > 0) totals[id] = (totals[id] ?? 0) + n / litres
  }
  for (const id of counted) {
    const n = amount(table, flow, 'aqueous', id)
    if (n < 0) add('OH-', -n)
    else add(id, n)
  }
  add('Fe+3', fresh)
  add('OH-', 3 * fresh)
  const state = equilibrate(eq, totalsOf(eq, totals), allowed, {
    activity: 'davies',
    start: memory.state,
  })
  if (!state.converged) return { acid: 0, pH: undefined, converged: false }
  memory.state = state.state
  const hydrogen = table.index('aqueous', 'H+')
  const before = flow[hydrogen] as number
  const falls = (state.solids[row(solid)] ?? 0) * litres - fresh
  const alumina = (state.solids[row('Al(OH)3')] ?? 0) * litres
  // Either way; acidity may be lent (below zero) meanwhile.
  reactInto(
    flow,
    reaction(table, ferric[solid]),
    falls >= 0 ? Math.min(falls, iron) : -Math.min(-falls, fresh),
  )
  if (alumina > 0) reactInto(flow, reaction(table, aluminium), Math.min(alumina, light))
  return { acid: (flow[hydrogen] as number) - before, pH: state.pH, converged: true }
}

/**
 * Ferrous iron oxidised by hydrogen peroxide straight to the hydroxide: 2 Fe2+ + H2O2 makes four
 * acid. Answers mol/s of solid made.
 */
export function oxidiseFerrous(properties: Properties, flow: Work, solid: FerricSolid): number {
  const table = properties.species
  const ferrous = amount(table, flow, 'aqueous', 'Fe+2')
  const peroxide = amount(table, flow, 'aqueous', 'H2O2')
  const extent = Math.min(ferrous / 2, peroxide)
  if (!(extent > 0)) return 0
  const text =
    solid === 'FeOOH'
      ? '2 Fe+2 + H2O2 + 2 H2O = 2 FeOOH(s) + 4 H+'
      : '2 Fe+2 + H2O2 + 4 H2O = 2 Fe(OH)3(s) + 4 H+'
  reactInto(flow, reaction(table, text), extent)
  return 2 * extent
}
