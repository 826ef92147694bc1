import type { CostBank } from '../../databank/costs.ts'
import { costBank } from '../../databank/costs.ts'
import { rateAt } from '../../economics/index.ts'
import { indexAt } from '../../economics/index.ts'
import type { Finding } from '../findings.ts'
import type { PlantDocument } from '../plant.ts'
import { suggest } from '../suggest.ts'
import { withParts } from '../study/moved-plant.ts'
import { usualFactors } from './construct.ts'
import type { Economics } from './fields.ts'
import { placeOf } from './plant-economics.ts'

/**
 * The plant with all its products sold at the prices of a deck: prices, contracts and tiers of its
 * own are left aside, payable shares stay.
 */
export function soldByDeck(plant: PlantDocument, deck: string): PlantDocument {
  const { economics } = plant
  const products = Object.fromEntries(
    Object.entries(economics.sales.products ?? {}).map(([name, own]) => [
      name,
      { ...own, price: undefined, tiers: undefined },
    ]),
  )
  return withParts(plant, {
    economics: { ...economics, sales: { ...economics.sales, deck, products } },
  })
}

/** The plant with its capital by another method. */
export function estimatedBy(
  plant: PlantDocument,
  method: Economics['estimate']['method'],
): PlantDocument {
  const { economics } = plant
  return withParts(plant, {
    economics: { ...economics, estimate: { ...economics.estimate, method } },
  })
}

/** What the section names and the data do not have: each as a finding with what there is. */
export function economicsFindings(
  { economics, file }: PlantDocument,
  costs: CostBank = costBank(),
): readonly Finding[] {
  const { basis, estimate, operating, sales, finance } = economics
  const findings: Finding[] = []
  const add = (key: string, message: string, expected: string) =>
    findings.push({
      file,
      ...placeOf(economics, key),
      code: 'economics',
      message: `economics.${key}: ${message}`,
      expected,
    })
  const check = (
    key: string,
    name: string | undefined,
    known: ReadonlyMap<string, unknown>,
    what: string,
  ) => {
    if (name === undefined || known.has(name)) return
    const names = [...known.keys()]
    add(key, `there is no ${what} "${name}"`, suggest(name, names))
  }
  check('sales.deck', sales.deck, costs.decks, 'price deck')
  check('operating.deck', operating.deck, costs.decks, 'price deck')
  check('estimate.factors', estimate.factors, costs.factorSets, 'factor set')
  check('finance.tax.regime', finance.tax.regime, costs.tax, 'tax regime')
  check('estimate.anchor', estimate.anchor, costs.anchors, 'anchor plant')
  if (estimate.method === 'scaled' && estimate.anchor === undefined) {
    add('estimate.anchor', 'the method "scaled" needs one', [...costs.anchors.keys()].join(', '))
  }
  const own = costs.factorSets.get(estimate.factors ?? usualFactors)
  const ids = new Map((own?.lines ?? []).map((line) => [line.id, line]))
  for (const id of Object.keys(estimate.ownFactors ?? {})) {
    check(`estimate.ownFactors.${id}`, id, ids, `factor in the set ${own?.id ?? ''}`)
  }
  const items = new Map([...costs.inputs.values()].map((price) => [price.item, price]))
  for (const [unit, item] of Object.entries(operating.wasteClasses ?? {})) {
    check(`operating.wasteClasses.${unit}`, item, items, 'price of')
  }
  const index = costs.indices.get('CEPCI')
  const level = index === undefined ? undefined : indexAt(index, basis.year)
  if (level !== undefined && 'missing' in level) add('basis.year', level.missing, 'one of these')
  const rate = rateAt([...costs.exchange.values()], basis.currency, basis.year)
  if (typeof rate !== 'number') add('basis.currency', rate.missing, 'one of these')
  return findings
}
