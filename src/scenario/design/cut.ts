import { compileDistribution, missingElements, oxideFactor } from '../../chemistry/index.ts'
import type { Databank } from '../../databank/index.ts'
import type { Position } from '../findings.ts'
import type { DesignDocument, DesignProduct } from './document.ts'

/** Elements that leave together, neighbours in extractability. */
export interface Leaf {
  readonly product: DesignProduct
  /** All rare earths of the feed that go here, the product's own and what rides along. */
  readonly elements: readonly string[]
  /** Those of the product. */
  readonly own: readonly string[]
}

/** What may be lost over a cut between two leaves, as fractions of the leaf that loses. */
export interface Leaks {
  /** Of the leaf below, to the organic. */
  readonly up: number
  /** Of the leaf above, to the raffinate. */
  readonly down: number
}

/** A place between two neighbouring leaves. */
export interface Cut {
  readonly below: Leaf
  readonly above: Leaf
  /** Elements on either side that are hardest to tell apart. */
  readonly light: string
  readonly heavy: string
  /** D(heavy) / D(light). */
  readonly beta: number
  /** What the products allow, and what is designed for. */
  readonly allowed: Leaks
  readonly wanted: Leaks
}

export interface Split {
  /** In order of extractability, the least extractable first. */
  readonly leaves: readonly Leaf[]
  readonly cuts: readonly Cut[]
  /** ln D of each rare earth of the feed at pH 1 and half of the extractant free. */
  readonly lnD: Readonly<Record<string, number>>
}

/** Why a split cannot be designed, with the place in the document and what to change. */
export interface Refusal {
  readonly at: Position
  readonly code: string
  readonly message: string
  readonly expected: string
}

export type SplitResult =
  | { readonly ok: true; readonly split: Split }
  | { readonly ok: false; readonly refusals: readonly Refusal[] }

const start: Position = { line: 1, column: 1 }
/** Smallest separation factor with which a cut is tried at all. */
const leastBeta = 1.02

/** kg of oxide per mole of a rare earth, as sold. */
function oxideMass(bank: Databank, element: string): number {
  const record = bank.elements.get(element)
  if (record === undefined) throw new Error(`${element} is no element of the databank`)
  return (oxideFactor(bank.elements, element) * record.atomicWeight.value) / 1000
}

/** Rare earths of the feed that the extractant set does not know, with the sets that do. */
export function unknownElements(
  design: DesignDocument,
  elements: readonly string[],
  bank: Databank,
): Refusal[] {
  const { set, assumedD, extractant } = design
  const asked = elements.filter((e) => assumedD[e] === undefined)
  const bare = missingElements(set, asked)
  if (bare.length === 0) return []
  const others = [...bank.extractants.values()]
    .filter((s) => s.model === 'mass-action' && missingElements(s, asked).length === 0)
    .map((s) => s.id)
  const instead =
    others.length === 0 ? 'no built-in set has them all' : `sets that do: ${others.join(', ')}`
  const message = `${extractant} has no constants for ${bare.join(', ')}`
  const expected = `${instead}; or a distribution under assumedD`
  return [{ at: start, code: 'extractant', message, expected }]
}

/**
 * How the products divide the feed (mol/s by rare earth): leaves in order of extractability, the
 * cuts between them and what each may leak, or why that cannot be.
 */
export function splitOf(
  design: DesignDocument,
  feed: Readonly<Record<string, number>>,
  bank: Databank,
): SplitResult {
  const lnD = distributions(design, Object.keys(feed))
  const leaves = leavesOf(design, lnD)
  const refusals: Refusal[] = []
  const found: Omit<Cut, 'allowed' | 'wanted'>[] = []
  leaves.slice(1).forEach((above, i) => {
    const below = leaves[i] as Leaf
    const at = (e: string) => lnD[e] as number
    const light = below.elements.reduce((a, b) => (at(b) > at(a) ? b : a))
    const heavy = above.elements.reduce((a, b) => (at(b) < at(a) ? b : a))
    const beta = Math.exp(at(heavy) - at(light))
    found.push({ below, above, light, heavy, beta })
    if (beta >= leastBeta) return
    refusals.push({
      at: above.product.at,
      code: 'inseparable',
      message:
        `${heavy} and ${light} have a separation factor of ${beta.toPrecision(3)} with ` +
        `${design.extractant}: no cascade parts ${above.product.name} from ${below.product.name}`,
      expected: `put ${heavy} and ${light} into one product, or take another extractant set`,
    })
  })
  if (refusals.length > 0) return { ok: false, refusals }
  const mass = (of: readonly string[]) =>
    of.reduce((sum, e) => sum + (feed[e] ?? 0) * oxideMass(bank, e), 0)
  const limited = leaksOf(leaves, mass)
  if (!limited.ok) return limited
  const keep = 1 - design.margin
  const cuts = found.map((cut, i): Cut => {
    const allowed = limited.leaks[i] as Leaks
    return { ...cut, allowed, wanted: { up: keep * allowed.up, down: keep * allowed.down } }
  })
  return { ok: true, split: { leaves, cuts, lnD } }
}

/** ln D at pH 1 with half of the extractant free: the order hardly depends on where it is taken. */
function distributions(design: DesignDocument, elements: readonly string[]) {
  const { set, assumedD, molarity } = design
  const known = elements.filter((e) => assumedD[e] === undefined)
  const distribution = compileDistribution(set, known)
  const n = known.length
  const lnD = new Float64Array(n)
  const free = molarity / 2000 / distribution.monomersPerFree
  const aqueous = new Float64Array(n).fill(0.1 / n)
  distribution.evaluate(0.1, free, aqueous, lnD, new Float64Array(n), new Float64Array(n))
  return Object.fromEntries(
    elements.map((e) => {
      const k = known.indexOf(e)
      return [e, k >= 0 ? (lnD[k] as number) : Math.log(Math.max(assumedD[e] ?? 0, 1e-12))]
    }),
  )
}

/** Runs of neighbours of one product; what no product names joins the nearest that has one. */
function leavesOf(design: DesignDocument, lnD: Readonly<Record<string, number>>): Leaf[] {
  const ordered = Object.keys(lnD).sort((a, b) => (lnD[a] as number) - (lnD[b] as number))
  const owner = (element: string) => design.products.find((p) => p.elements.includes(element))
  const owned = ordered.filter((e) => owner(e) !== undefined)
  const nearest = (element: string) =>
    owned.reduce((best, e) => {
      const far = (x: string) => Math.abs((lnD[x] as number) - (lnD[element] as number))
      return far(e) < far(best) ? e : best
    })
  const leaves: { product: DesignProduct; elements: string[]; own: string[] }[] = []
  for (const element of ordered) {
    const product = owner(element) ?? owner(nearest(element))
    if (product === undefined) continue
    const own = product.elements.includes(element) ? [element] : []
    const last = leaves.at(-1)
    if (last?.product === product) {
      last.elements.push(element)
      last.own.push(...own)
    } else leaves.push({ product, elements: [element], own })
  }
  return leaves
}

type LeaksResult =
  | { readonly ok: true; readonly leaks: readonly Leaks[] }
  | { readonly ok: false; readonly refusals: readonly Refusal[] }

/**
 * The loosest leaks over each cut that give every product its purity and recovery. A leaf between
 * two others shares what it may lose and take up equally between its two cuts.
 */
function leaksOf(
  leaves: readonly Leaf[],
  mass: (elements: readonly string[]) => number,
): LeaksResult {
  const count = leaves.length
  let leaks: Leaks[] = leaves.slice(1).map(() => ({ up: 0, down: 0 }))
  const sides = (j: number) => (j > 0 && j + 1 < count ? 2 : 1)
  const ofProduct = ({ product }: Leaf) => leaves.filter((l) => l.product === product)
  const room = (j: number): number => {
    const leaf = leaves[j] as Leaf
    const { purity } = leaf.product
    if (purity === undefined) return Number.POSITIVE_INFINITY
    const mine = ofProduct(leaf)
    const own = mine.reduce((sum, l) => sum + mass(l.own), 0)
    const all = mine.reduce((sum, l) => sum + mass(l.elements), 0)
    const share = mass(leaf.elements) / all
    const kept = 1 - (leaks[j]?.up ?? 0) - (leaks[j - 1]?.down ?? 0)
    return (share * kept * (own / purity - all)) / sides(j)
  }
  const loss = ({ product }: Leaf, j: number) =>
    product.recovery === undefined ? Number.POSITIVE_INFINITY : (1 - product.recovery) / sides(j)
  // A fixed point: what a leaf loses changes what it may take up, by little.
  for (let pass = 0; pass < 60; pass++) {
    leaks = leaks.map((_, i) => {
      const [below, above] = [leaves[i] as Leaf, leaves[i + 1] as Leaf]
      return {
        up: Math.min(loss(below, i), room(i + 1) / mass(below.elements)),
        down: Math.min(loss(above, i + 1), room(i) / mass(above.elements)),
      }
    })
    // Impossible or unlimited leaks are refused below; they must not feed back.
    if (leaks.some(({ up, down }) => !(up > 0 && up < 0.99 && down > 0 && down < 0.99))) break
  }
  const refusals = leaves.flatMap((leaf) => impure(leaf, ofProduct(leaf), mass))
  if (refusals.length > 0) return { ok: false, refusals }
  const faults = leaks.flatMap((leak, i) =>
    unlimited(leaves[i] as Leaf, leaves[i + 1] as Leaf, leak),
  )
  return faults.length > 0 ? { ok: false, refusals: faults } : { ok: true, leaks }
}

/** A purity that the elements riding along forbid. */
function impure(
  { product }: Leaf,
  leaves: readonly Leaf[],
  mass: (elements: readonly string[]) => number,
): Refusal[] {
  const own = leaves.reduce((sum, l) => sum + mass(l.own), 0)
  const all = leaves.reduce((sum, l) => sum + mass(l.elements), 0)
  const most = own / all
  if (product.purity === undefined || product.purity < most) return []
  const riders = leaves.flatMap((l) => l.elements.filter((e) => !l.own.includes(e)))
  return [
    {
      at: product.at,
      code: 'contradiction',
      message:
        `${riders.join(', ')} leaves with ${product.name}, which no product claims: at most ` +
        `${(100 * most).toPrecision(5)} % are possible and ${100 * product.purity} % are asked for`,
      expected: `a lower purity, a product for ${riders.join(', ')}, or a feed without it`,
    },
  ]
}

/** A cut that nothing limits, or that the products allow to be no cut at all. */
function unlimited(below: Leaf, above: Leaf, { up, down }: Leaks): Refusal[] {
  const faults: Refusal[] = []
  for (const [from, to, leak] of [
    [below, above, up],
    [above, below, down],
  ] as const) {
    const [lost, into] = [from.product.name, to.product.name]
    if (leak === Number.POSITIVE_INFINITY) {
      faults.push({
        at: to.product.at,
        code: 'incomplete',
        message: `nothing says how much of ${lost} may go with ${into}`,
        expected: `a purity for ${into} or a recovery for ${lost}`,
      })
    } else if (leak >= 0.9) {
      faults.push({
        at: to.product.at,
        code: 'contradiction',
        message: `the feed itself is nearly as pure as ${into} is asked to be: nothing to separate`,
        expected: `a higher purity for ${into}, or a recovery for ${lost}`,
      })
    }
  }
  return faults
}
