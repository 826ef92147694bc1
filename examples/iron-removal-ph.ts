/**
 * At which pH should the iron fall?
 *
 * The plant of `didymium new`, with the pH of its iron removal varied: too low and iron stays in
 * the liquor, too high and rare earth hydroxide falls with it. Base is what it costs.
 */
import { formatFinding, newPlant, readPlant, simulate, withValue } from '../src/scenario/index.ts' // yours: 'didymium'

console.log('pH    iron left    Nd lost    caustic soda, kg/h')
for (const pH of [2.5, 3, 3.5, 4, 4.5, 5, 5.5, 6, 6.5, 7]) {
  const text = withValue(newPlant(), 'units.iron-removal.pH', `${pH}`) ?? ''
  const reading = readPlant(text)
  if (!reading.ok) throw new Error(reading.findings.map(formatFinding).join('\n'))
  const { streams, outcome } = simulate(reading.plant)
  if (outcome !== null) {
    console.log(`${pH}: ${outcome.detail}`)
    continue
  }
  const flow = (stream: string, symbol: string) => streams[stream]?.elements[symbol] ?? 0
  const percent = (part: number, whole: number) => `${((100 * part) / whole).toFixed(3)} %`
  const iron = percent(flow('clean-liquor', 'Fe'), flow('leach-liquor', 'Fe'))
  const lost = percent(flow('iron-cake', 'Nd'), flow('leach-liquor', 'Nd'))
  const base = ((streams['iron-base']?.mass ?? 0) * 3600).toFixed(3)
  console.log(`${pH.toFixed(1)}  ${iron.padStart(10)} ${lost.padStart(10)} ${base.padStart(10)}`)
}
