/**
 * At which La + Ce in the magnets does didymium fail?
 *
 * Lanthanum and cerium stay with praseodymium in the solvent extraction of the Belfast
 * demonstration plant, so they end in its didymium oxide. Both are raised together in the motor
 * magnets, in place of iron, until the product misses 99.8 % (Nd + Pr)/TREO.
 */
import { readFileSync } from 'node:fs'
import {
  formatFinding,
  readPlant,
  type SimulationState,
  simulateWarm,
  withValue,
} from '../src/scenario/index.ts' // yours: 'didymium'

const file = new URL('../plants/belfast-demonstration.yaml', import.meta.url)
const text = readFileSync(file, 'utf8')
const assay = 'units.magnets.blend[1].assay'

/** The plant file with so much La + Ce (mass %, half of each) in the motor magnets. */
function withLanthanum(percent: number): string {
  const half = percent / 2
  const values = { La: half, Ce: half, Fe: 64.03 - percent }
  return Object.entries(values).reduce(
    (changed, [symbol, value]) =>
      withValue(changed, `${assay}.${symbol}`, `${value.toFixed(6)} %`) ?? changed,
    text,
  )
}

let warm: SimulationState | undefined
function purity(percent: number): number {
  const reading = readPlant(withLanthanum(percent))
  if (!reading.ok) throw new Error(reading.findings.map(formatFinding).join('\n'))
  const { solution, state } = simulateWarm(reading.plant, warm === undefined ? {} : { warm })
  if (solution.outcome !== null) throw new Error(solution.outcome.detail)
  warm = state
  const didymium = solution.products.find(({ name }) => name === 'didymium-oxide')
  return didymium?.purity.reoOfTreo ?? 0
}

let [meets, fails] = [0.1, 3]
for (let i = 0; i < 6; i++) {
  const middle = Math.sqrt(meets * fails)
  if (purity(middle) >= 0.998) meets = middle
  else fails = middle
}
console.log(
  `didymium oxide meets 99.8 % up to ${meets.toPrecision(2)} % La + Ce in the motor magnets`,
)
for (const percent of [0.03, meets, fails]) {
  const shown = (100 * purity(percent)).toFixed(3)
  console.log(`  at ${percent.toPrecision(2)} %: ${shown} % (Nd + Pr)/TREO`)
}
