import type { SpeciesTable } from '../../chemistry/species.ts'
import type { Stream } from '../../flowsheet/stream.ts'
import { amount, workOn, type Work } from './flows.ts'
import { perTable, reactionsPresent, runTo } from './reaction.ts'

const dissolutions = [
  'NaOH(s) = Na+ + OH-',
  'Ca(OH)2(s) = Ca+2 + 2 OH-',
  'CaO(s) + H2O = Ca+2 + 2 OH-',
  'Mg(OH)2(s) = Mg+2 + 2 OH-',
  'MgO(s) + H2O = Mg+2 + 2 OH-',
  'CaCO3(s) = Ca+2 + CO3-2',
  'Na2CO3(s) = 2 Na+ + CO3-2',
  'NaHCO3(s) = Na+ + HCO3-',
  'NH4HCO3(s) = NH4+ + HCO3-',
  'Na2SO4(s) = 2 Na+ + SO4-2',
  '(NH4)2SO4(s) = 2 NH4+ + SO4-2',
  'NaCl(s) = Na+ + Cl-',
  'NH4Cl(s) = NH4+ + Cl-',
  'H2C2O4·2H2O(s) = 2 H+ + C2O4-2 + 2 H2O',
  'H2C2O4(s) = 2 H+ + C2O4-2',
  'Na2C2O4(s) = 2 Na+ + C2O4-2',
  '(NH4)2C2O4·H2O(s) = 2 NH4+ + C2O4-2 + H2O',
  'NH3(g) = NH3',
  'CO2(g) = CO2',
  'HCl(g) = H+ + Cl-',
] as const

const dissolutionsIn = perTable((table) => reactionsPresent(table, dissolutions))

/** A reagent at 1 kg/s with its soluble solids and gases dissolved, as it acts in a tank. */
export function dissolved(table: SpeciesTable, reagent: Stream): Work {
  const flow = workOn(reagent)
  for (const dissolution of dissolutionsIn(table)) runTo(flow, dissolution)
  return flow
}

/** Base in a flow as mol/s of H+ that it takes up to a neutral liquor; acid counts against it. */
export function baseEquivalents(table: SpeciesTable, flow: Work): number {
  const n = (id: string) => amount(table, flow, 'aqueous', id)
  return n('OH-') + n('NH3') + 2 * n('CO3-2') + n('HCO3-') - n('H+')
}
