import type { SpeciesTable } from '../../chemistry/species.ts'
import type { Stream } from '../../flowsheet/stream.ts'
import { amount, runTo, workOn, type Work } from './flows.ts'
import { change } from './reaction.ts'

const dissolutions = [
  's:NaOH = a:Na+ + a:OH-',
  's:Ca(OH)2 = a:Ca+2 + 2 a:OH-',
  's:CaO + a:H2O = a:Ca+2 + 2 a:OH-',
  's:Mg(OH)2 = a:Mg+2 + 2 a:OH-',
  's:MgO + a:H2O = a:Mg+2 + 2 a:OH-',
  's:CaCO3 = a:Ca+2 + a:CO3-2',
  's:Na2CO3 = 2 a:Na+ + a:CO3-2',
  's:NaHCO3 = a:Na+ + a:HCO3-',
  's:NH4HCO3 = a:NH4+ + a:HCO3-',
  's:Na2SO4 = 2 a:Na+ + a:SO4-2',
  's:(NH4)2SO4 = 2 a:NH4+ + a:SO4-2',
  's:NaCl = a:Na+ + a:Cl-',
  's:NH4Cl = a:NH4+ + a:Cl-',
  's:H2C2O4·2H2O = 2 a:H+ + a:C2O4-2 + 2 a:H2O',
  's:H2C2O4 = 2 a:H+ + a:C2O4-2',
  's:Na2C2O4 = 2 a:Na+ + a:C2O4-2',
  's:(NH4)2C2O4·H2O = 2 a:NH4+ + a:C2O4-2 + a:H2O',
  'g:NH3 = a:NH3',
  'g:CO2 = a:CO2',
  'g:HCl = a:H+ + a:Cl-',
] as const

/** A reagent at 1 kg/s with its soluble solids and gases dissolved, as it acts in a tank. */
export function dissolved(table: SpeciesTable, reagent: Stream): Work {
  const flow = workOn(reagent)
  for (const text of dissolutions) {
    runTo(flow, change(table, text))
  }
  return flow
}

/** Base in a flow as mol/s of H+ that it takes up to a neutral liquor; acid counts against it. */
export function baseEquivalents(table: SpeciesTable, flow: Work): number {
  const n = (id: string) => amount(table, flow, 'aqueous', id)
  return n('OH-') + n('NH3') + 2 * n('CO3-2') + n('HCO3-') - n('H+')
}
