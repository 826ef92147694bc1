/**
 * Which extractant set predicts these shake-outs best?
 *
 * Nd, Pr and Nd-Pr equilibria with PC88A that Lyon measured in chloride, predicted by every built-
 * in set that gives the level of both metals (constant separation factors give only their ratio):
 * the root mean square of log10 D, for D above 0.02. A set that gets one metal right and the other
 * wrong cannot design a cut between them.
 */
import { bank, predictShakeouts } from '../src/scenario/index.ts' // yours: from 'didymium'

const tests = bank.extractants.get('PC88A-T21-NdPr')?.points ?? []
const rows = tests.map(({ source, extractant, hydrogenFeed = 0, phaseRatio, feed, D }) => ({
  source,
  extractant,
  hydrogenFeed,
  phaseRatio,
  feed,
  D,
}))

const mean = (values: readonly number[]) =>
  Math.sqrt(values.reduce((sum, value) => sum + value * value, 0) / values.length)

const answers = [...bank.extractants.values()]
  .filter((set) => set.extractant === 'PC88A' && set.model !== 'separation-factor')
  .map((set) => ({ id: set.id, answer: predictShakeouts(set.id, rows) }))
  .flatMap(({ id, answer }) => (answer.ok ? [{ id, rms: answer.rms }] : []))
  .sort((a, b) => mean(Object.values(a.rms)) - mean(Object.values(b.rms)))

console.log(`${rows.length} shake-outs; rms of log10 D`)
for (const { id, rms } of answers) {
  const parts = Object.entries(rms).map(([element, value]) => `${element} ${value.toFixed(3)}`)
  console.log(`${id.padEnd(22)} ${parts.join('  ')}`)
}
