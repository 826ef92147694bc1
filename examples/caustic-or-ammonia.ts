/**
 * Caustic soda or ammonia to saponify with, once the effluent is paid for?
 *
 * The plant is solved with caustic soda. Ammonia brings the same moles of base for less, but what
 * leaves is ammonium chloride, which a sewer does not take: what may its treatment cost, per cubic
 * metre and per kilogram of nitrogen, before ammonia is the dearer base?
 */
import { readFileSync } from 'node:fs'
import { costBank } from '../src/databank/costs.ts'
import { appraise, readPlant, simulate } from '../src/scenario/index.ts' // yours: 'didymium'

const reading = readPlant(readFileSync('plants/belfast-commercial.yaml', 'utf8'))
if (!reading.ok) throw new Error('the plant cannot be read')
const solution = simulate(reading.plant)
const { operating } = appraise(reading.plant, solution)

const [soda, ammonia] = [0.039997, 0.017031] // kg/mol
const line = operating.lines.find(({ name }) => name === 'caustic: NaOH')
const moles = (line?.quantity?.value ?? 0) / soda
const price = costBank().inputs.get('ammonia-europe-2024-06')
const dear = line?.amount ?? 0
const cheap = moles * ammonia * (price?.value ?? Number.NaN)
const effluent = solution.streams['to-discharge']?.volume['aqueous'] ?? 0
const volume = effluent * 3600 * solution.operatingHours
const nitrogen = moles * 0.014007

console.log(`base: ${(moles / 1e6).toFixed(1)} Mmol/y`)
console.log(`caustic soda: ${dear.toFixed(0)} USD/y; ammonia: ${cheap.toFixed(0)} USD/y`)
console.log(`effluent: ${volume.toFixed(0)} m3/y with ${(nitrogen / 1000).toFixed(0)} t/y of N`)
console.log(
  `ammonia is dearer once its treatment costs more than ${((dear - cheap) / volume).toFixed(2)} ` +
    `USD/m3, or ${((dear - cheap) / nitrogen).toFixed(2)} USD/kg of N`,
)
