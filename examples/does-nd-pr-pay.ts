/**
 * Does the Nd | Pr circuit earn its base and its salt, against selling didymium?
 *
 * The commercial plant as it stands, and the same plant without the circuit and its product line:
 * everything light goes to didymium oxide, and the acid that was recovered from the strip liquor of
 * the circuit is bought. Both are solved and appraised whole.
 */
import { readFileSync } from 'node:fs'
import { appraise, formatFinding, readPlant, simulate } from '../src/scenario/index.ts' // yours: 'didymium'

const whole = readFileSync('plants/belfast-commercial.yaml', 'utf8')

/** The plant without the circuit sx2 and the line of neodymium oxide. */
function withoutCircuit(text: string): string {
  return text
    .replace(/^ {2}sx2:[\s\S]*?(?=^ {2}\S)/m, '')
    .replace(/^ {2}(?:nd-(?:oxalate|filter|calciner)|strip-acid-3|acid-recovery): .*\n/gm, '')
    .replace(/^ {2}neodymium-oxide:\n(?: {4}.*\n)*/m, '')
    .replace(/^ {6}neodymium-oxide: .*\n/m, '')
    .replace(
      /^ {2}(?:sx2-\w+|nd-[\w-]+|nd2o3|ndpr-liquor|recovered-acid|recovery-residue): .*\n/gm,
      '',
    )
    .replace('lights: sx1.raffinate -> sx2.feed', 'lights: sx1.raffinate -> ndpr-oxalate.in')
    .replace(/^limits:[\s\S]*?(?=^\S)/m, '')
}

function appraisedOf(text: string) {
  const reading = readPlant(text)
  if (!reading.ok) throw new Error(reading.findings.map(formatFinding).join('\n'))
  const solution = simulate(reading.plant)
  if (solution.outcome !== null) throw new Error(solution.outcome.detail)
  const effluent = solution.streams['to-discharge']?.elements['Na'] ?? 0
  const salt = (effluent * 58.44) / 22.99
  return {
    appraisal: appraise(reading.plant, solution),
    salt: salt * 3.6 * solution.operatingHours,
  }
}

const [one, other] = [appraisedOf(whole), appraisedOf(withoutCircuit(whole))]
const million = (amount: number) => `${(amount / 1e6).toFixed(2)} MUSD`
for (const [name, { appraisal, salt }] of [
  ['with Nd | Pr', one],
  ['didymium only', other],
] as const) {
  const { capital, operating, sales, finance } = appraisal
  console.log(
    `${name}: capital ${million(capital.totals.fixed)}, cost ${million(operating.perYear)}/y, ` +
      `sales ${million(sales.perYear)}/y, salt ${salt.toFixed(0)} t/y, ` +
      `value ${million(finance.metrics.projectNpv)}`,
  )
}
const gain = one.appraisal.finance.metrics.projectNpv - other.appraisal.finance.metrics.projectNpv
console.log(`the circuit ${gain > 0 ? 'earns' : 'costs'} ${million(Math.abs(gain))} of value`)
