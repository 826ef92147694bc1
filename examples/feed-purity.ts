/**
 * What purity does this feed give?
 *
 * The plant of `didymium new` dissolves, removes iron and precipitates, but parts no rare earth
 * from another: what the feed brings beside Nd and Pr is in the oxide. Three feeds through the
 * same plant.
 */
import { formatFinding, newPlant, readPlant, simulate } from '../src/scenario/index.ts' // yours: 'didymium'

const feeds = {
  'sintered magnets, roasted': '{ Nd: 20.1 %, Pr: 5.0 %, Fe: 46 %, B: 0.7 % }',
  'with heavy rare earths': '{ Nd: 18.0 %, Pr: 4.6 %, Dy: 2.1 %, Tb: 0.4 %, Fe: 46 %, B: 0.7 % }',
  'magnets with cerium': '{ Nd: 14.5 %, Pr: 3.9 %, Ce: 6.0 %, La: 0.8 %, Fe: 46 %, B: 0.7 % }',
}

for (const [name, assay] of Object.entries(feeds)) {
  const reading = readPlant(newPlant().replace(/assay: \{.*\}/, `assay: ${assay}`))
  if (!reading.ok) throw new Error(reading.findings.map(formatFinding).join('\n'))
  const { products, outcome } = simulate(reading.plant)
  const [oxide] = products
  if (oxide === undefined || outcome !== null) throw new Error(outcome?.detail)
  const { reoOfTreo, treoInProduct } = oxide.purity
  const worst = Object.entries(oxide.impurities)
    .sort(([, a], [, b]) => b - a)
    .slice(0, 3)
    .map(([species, fraction]) => `${species} ${(100 * fraction).toFixed(3)} %`)
  console.log(
    `${name}: ${(100 * reoOfTreo).toFixed(2)} % (Nd + Pr)/TREO, specification ${oxide.specification}`,
  )
  console.log(
    `  ${(100 * treoInProduct).toFixed(2)} % TREO in product; beside it ${worst.join(', ')}`,
  )
}
