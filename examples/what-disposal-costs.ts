/**
 * What do residues, salt and a radioactive residue cost the plant?
 *
 * Residues as hazardous and as ordinary waste, at the gate fees of the data; the salt of the
 * effluent, for which no price was found, by what every 10 USD/t of it would take; and the same
 * for a residue that had to go as radioactive waste, at a price that the reader sets.
 */
import { readFileSync } from 'node:fs'
import { appraise, readPlant, simulate } from '../src/scenario/index.ts' // yours: 'didymium'

const text = readFileSync('plants/belfast-commercial.yaml', 'utf8')

const read = (of: string) => {
  const reading = readPlant(of)
  if (!reading.ok) throw new Error('the plant cannot be read')
  return reading.plant
}
const plant = read(text)
const solution = simulate(plant)
const base = appraise(plant, solution)
const value = base.finance.metrics.projectNpv

const million = (amount: number) => `${(amount / 1e6).toFixed(2)} MUSD`
const waste = ({ operating }: typeof base) =>
  operating.lines.filter(({ group }) => group === 'waste').reduce((sum, l) => sum + l.amount, 0)

const ordinary = appraise(
  read(text.replaceAll(/: hazardous waste$/gm, ': non-hazardous waste')),
  solution,
)
console.log(`residues as hazardous waste: ${million(waste(base))}/y, value ${million(value)}`)
console.log(
  `residues as ordinary waste: ${million(waste(ordinary))}/y, ` +
    `value ${million(ordinary.finance.metrics.projectNpv)}`,
)

const perYear = 3.6 * solution.operatingHours
const sodium = solution.streams['to-discharge']?.elements['Na'] ?? 0
const salt = ((sodium * 58.44) / 22.99) * perYear
console.log(
  `salt in the effluent: ${salt.toFixed(0)} t/y; every 10 USD/t: ${(salt * 10).toFixed(0)} USD/y`,
)

const residue = (solution.streams['hydroxide-cake']?.mass ?? 0) * perYear
const radioactive = appraise(
  read(
    text.replace('  operating:\n', '  operating:\n    waste: { hydroxide-residue: 5 USD/kg }\n'),
  ),
  solution,
)
const lost = value - radioactive.finance.metrics.projectNpv
console.log(
  `hydroxide residue, ${residue.toFixed(0)} t/y, were it radioactive at 5 USD/kg: ` +
    `value less ${million(lost)}`,
)
