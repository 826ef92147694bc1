/**
 * What do explosion protection and permits weigh in the estimate?
 *
 * No correlation covers them: they are allowances that the plant states. The estimate with them,
 * and what of the project's value every million of such a line takes, tax and all.
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
const { capital, finance } = appraise(plant, solution)
const fixed = capital.totals.fixed
for (const { name, amount, how } of capital.lines.filter(({ group }) => group === 'other')) {
  const share = ((100 * amount) / fixed).toFixed(2)
  console.log(
    `${name}: ${(amount / 1e6).toFixed(2)} MUSD, ${share} % of the fixed capital (${how})`,
  )
}

const more = text.replace('    allowances:\n', '    allowances:\n      more-of-it: 1 MUSD\n')
const dearer = appraise(read(more), solution)
const lost = finance.metrics.projectNpv - dearer.finance.metrics.projectNpv
console.log(`every further million takes ${(lost / 1e6).toFixed(3)} MUSD of the value`)
