/**
 * Where does the dysprosium go?
 *
 * Every gram of dysprosium that enters the Belfast demonstration plant leaves by a product or a
 * discharge; the three largest losses show where recovery is to be won.
 */
import { readFileSync } from 'node:fs'
import { formatFinding, readPlant, simulate } from '../src/scenario/index.ts' // yours: 'didymium'

const file = new URL('../plants/belfast-demonstration.yaml', import.meta.url)
const reading = readPlant(readFileSync(file, 'utf8'))
if (!reading.ok) throw new Error(reading.findings.map(formatFinding).join('\n'))
const { streams, units, operatingHours, outcome } = simulate(reading.plant)
if (outcome !== null) throw new Error(outcome.detail)

const kilogramsPerYear = 3600 * operatingHours
const flow = (name: string) => (streams[name]?.elements['Dy'] ?? 0) * kilogramsPerYear
const unitOf = (place: string) => place.slice(0, place.lastIndexOf('.'))
const kindAt = (place: string) => units[unitOf(place)]?.kind ?? ''

const names = Object.keys(streams)
const fed = names.filter((name) => kindAt(streams[name]?.from ?? '') === 'feed')
const left = names
  .filter((name) => ['product', 'discharge'].includes(kindAt(streams[name]?.to ?? '')))
  .map((name) => ({ name, to: unitOf(streams[name]?.to ?? ''), dysprosium: flow(name) }))
  .sort((a, b) => b.dysprosium - a.dysprosium)

const total = fed.reduce((sum, name) => sum + flow(name), 0)
console.log(`fed: ${total.toFixed(1)} kg/y of Dy`)
for (const { name, to, dysprosium } of left.slice(0, 4)) {
  const share = ((100 * dysprosium) / total).toFixed(2)
  console.log(`${to} (${name}): ${dysprosium.toFixed(2)} kg/y, ${share} %`)
}
const out = left.reduce((sum, { dysprosium }) => sum + dysprosium, 0)
console.log(`in minus out: ${((100 * Math.abs(total - out)) / total).toExponential(0)} %`)
