import { elementInOxide, type Ledger } from '../ledger/index.ts'
import type { SolvedProduct } from '../scenario/index.ts'
import type { BalanceLine, Quantity } from './balance/types.ts'

const rareEarths = new Set('Sc Y La Ce Pr Nd Sm Eu Gd Tb Dy Ho Er Tm Yb Lu'.split(' '))
const isRareEarth = (element: string): boolean => rareEarths.has(element)

type Elements = Ledger['elements']

/** Rare earth oxides of a line by element, kg; those that nobody assayed are left out. */
function oxidesOf(line: BalanceLine, table: Elements): ReadonlyMap<string, Quantity> {
  return new Map(
    line.elements.flatMap(({ element, contained }) => {
      const share = isRareEarth(element) ? elementInOxide(table, element) : undefined
      if (share === undefined || contained === undefined) return []
      const { value, u } = contained
      return [
        [element, { value: value / share, ...(u === undefined ? {} : { u: u / share }) }] as const,
      ]
    }),
  )
}

/**
 * Elements that are a tenth or more of the rare earths of a line; none of a line of which less than
 * a tenth was assayed as rare earth: what it is then nobody has looked at.
 */
function mainElements(line: BalanceLine, table: Elements): readonly string[] {
  const oxides = oxidesOf(line, table)
  const total = [...oxides.values()].reduce((sum, { value }) => sum + value, 0)
  if (total < 0.1 * line.mass.value) return []
  return [...oxides].filter(([, { value }]) => value >= 0.1 * total).map(([element]) => element)
}

const plainName = (name: string) => name.toLowerCase().replaceAll(/[^a-z0-9]/g, '')

/** The product of the plant that a lot is: by its name, else by what its rare earths are. */
export function plantProduct(
  line: BalanceLine,
  products: readonly SolvedProduct[],
  table: Elements,
): SolvedProduct | undefined {
  const named = products.find(
    ({ name }) => line.product !== undefined && plainName(name) === plainName(line.product),
  )
  if (named !== undefined) return named
  const main = new Set(mainElements(line, table))
  const alike = ({ elements }: SolvedProduct) => {
    const shared = elements.filter((element) => main.has(element)).length
    return shared / (elements.length + main.size - shared)
  }
  let best: SolvedProduct | undefined
  for (const product of products) {
    if (alike(product) > 0 && (best === undefined || alike(product) > alike(best))) best = product
  }
  return best
}

/** Sum of masses; its uncertainty where all have one, each weighed by itself. */
export function massOf(lines: readonly BalanceLine[]): Quantity {
  let [value, variance]: [number, number | undefined] = [0, 0]
  for (const { mass } of lines) {
    value += mass.value
    variance = variance === undefined || mass.u === undefined ? undefined : variance + mass.u ** 2
  }
  return variance === undefined ? { value } : { value, u: Math.sqrt(variance) }
}

/** Oxide of the product's elements over all rare earth oxides that were assayed. */
export function purityOf(
  lines: readonly BalanceLine[],
  elements: readonly string[],
  table: Elements,
): Quantity | undefined {
  const all = lines.flatMap((line) => [...oxidesOf(line, table)])
  const isOwn = (element: string) => elements.includes(element)
  const sum = (chosen: (element: string) => boolean) =>
    all.reduce((total, [element, { value }]) => total + (chosen(element) ? value : 0), 0)
  const own = sum(isOwn)
  const total = sum(() => true)
  if (!(total > 0) || !elements.every((element) => all.some(([one]) => one === element))) {
    return undefined
  }
  const value = own / total
  let variance: number | undefined = 0
  for (const [element, { u }] of all) {
    const slope = ((isOwn(element) ? 1 : 0) - value) / total
    variance = variance === undefined || u === undefined ? undefined : variance + (slope * u) ** 2
  }
  return variance === undefined ? { value } : { value, u: Math.sqrt(variance) }
}
