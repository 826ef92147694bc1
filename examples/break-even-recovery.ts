/**
 * How much of the rare earths may be lost before the plant earns nothing?
 *
 * What is lost has been bought, dissolved and separated as well, so that costs stay and sales
 * fall: the share of all sales at which the value of the project is zero, as recovery of
 * neodymium. The prices of the plant file hold first, then those that its owner expects of 2030.
 */
import { readFileSync } from 'node:fs'
import { appraise, readPlant, simulate, soldByDeck } from '../src/scenario/index.ts' // yours: 'didymium'

const reading = readPlant(readFileSync('plants/belfast-commercial.yaml', 'utf8'))
if (!reading.ok) throw new Error('the plant cannot be read')
const solution = simulate(reading.plant)
const recovery = solution.recovery['Nd'] ?? Number.NaN
console.log(`recovery of Nd as solved: ${(100 * recovery).toFixed(1)} %`)

const cases = {
  'prices of 2024': reading.plant,
  'company prices for 2030': soldByDeck(reading.plant, 'belfast-2030-company'),
}
for (const [name, plant] of Object.entries(cases)) {
  const { finance } = appraise(plant, solution, { breakEvens: true })
  const factor = finance.breakEvens?.basketFactor
  const share = factor?.outcome === 'found' ? factor.x : Number.NaN
  const text = share > 1 ? 'none below 100 %' : `${(100 * recovery * share).toFixed(1)} %`
  console.log(`${name}: break-even recovery ${text}`)
}
