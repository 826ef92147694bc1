import type { Composition } from './composition.ts'
import { composer } from './compose.ts'
import { familyOf } from './family.ts'
import type {
  ContainedMass,
  InventoryLine,
  InventoryOptions,
  InventoryReport,
  InventorySum,
} from './inventory-types.ts'
import type { Ledger } from './ledger.ts'
import { relativeMassUncertainty } from './mass-uncertainty.ts'
import type { LotState } from './state.ts'
import type { Holding } from './store.ts'
import { codeOf } from './uris.ts'

const lotsAtOnce = 5000

/** What one lot holds of every element that is known of it. */
function containedIn(mg: number, { contents }: Composition, massU: number | undefined) {
  return contents.map(({ element, fraction, u, isBelow }): ContainedMass => {
    const held = mg * fraction
    if (isBelow) return { element, mg: 0, atMostMore: held, unknownMg: 0 }
    const uncertainty = u === undefined ? undefined : Math.hypot(mg * u, held * (massU ?? 0))
    return {
      element,
      mg: held,
      ...(uncertainty === undefined ? {} : { u: uncertainty }),
      atMostMore: 0,
      unknownMg: 0,
    }
  })
}

function lineOf(
  { lot, place, mg }: Holding,
  state: LotState | undefined,
  composition: Composition,
): InventoryLine {
  const { moisture } = composition
  const isDryKnown = moisture !== undefined && !moisture.isBelow
  const product = state?.master?.product
  const massU = state === undefined ? undefined : relativeMassUncertainty(state)
  return {
    lot,
    code: state?.master?.code ?? codeOf(lot),
    kind: state?.master?.kind ?? 'unknown',
    ...(product === undefined ? {} : { product }),
    place,
    wetMg: mg,
    ...(isDryKnown ? { dryMg: mg * (1 - moisture.fraction) } : {}),
    contained: containedIn(mg, composition, massU),
    isKnown: composition.contents.length > 0,
  }
}

/** Sums of lines; lots are taken as analysed and weighed independently of one another. */
interface Sum {
  readonly lots: Set<string>
  wetMg: number
  dryMg: number
  dryUnknownMg: number
  readonly byElement: Map<string, ElementSum>
}

interface ElementSum {
  mg: number
  /** By lot: parts of one lot at several places share their uncertainty. */
  readonly u: Map<string, number>
  isUncertaintyKnown: boolean
  atMostMore: number
  knownMg: number
}

const emptySum = (): Sum => ({
  lots: new Set(),
  wetMg: 0,
  dryMg: 0,
  dryUnknownMg: 0,
  byElement: new Map(),
})

function addLine(sum: Sum, line: InventoryLine): void {
  sum.lots.add(line.lot)
  sum.wetMg += line.wetMg
  if (line.dryMg === undefined) sum.dryUnknownMg += line.wetMg
  else sum.dryMg += line.dryMg
  for (const { element, mg, u, atMostMore } of line.contained) {
    const of = sum.byElement.get(element) ?? {
      mg: 0,
      u: new Map<string, number>(),
      isUncertaintyKnown: true,
      atMostMore: 0,
      knownMg: 0,
    }
    sum.byElement.set(element, of)
    of.mg += mg
    of.atMostMore += atMostMore
    of.knownMg += line.wetMg
    if (u !== undefined) of.u.set(line.lot, (of.u.get(line.lot) ?? 0) + u)
    else if (atMostMore === 0) of.isUncertaintyKnown = false
  }
}

function sumOf({ lots, byElement, ...sum }: Sum): Omit<InventorySum, 'place'> {
  const contained = [...byElement]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([element, { mg, u, isUncertaintyKnown, atMostMore, knownMg }]): ContainedMass => {
      let variance = 0
      for (const one of u.values()) variance += one * one
      return {
        element,
        mg,
        ...(isUncertaintyKnown ? { u: Math.sqrt(variance) } : {}),
        atMostMore,
        unknownMg: Math.max(0, sum.wetMg - knownMg),
      }
    })
  return { lots: lots.size, ...sum, contained }
}

async function linesOf(ledger: Ledger, holdings: readonly Holding[]): Promise<InventoryLine[]> {
  const lots = [...new Set(holdings.map(({ lot }) => lot))]
  const lines: InventoryLine[] = []
  for (let start = 0; start < lots.length; start += lotsAtOnce) {
    const some = lots.slice(start, start + lotsAtOnce)
    const family = await familyOf(ledger.store, some)
    const compose = composer(ledger.elements, family)
    const wanted = new Set(some)
    for (const holding of holdings) {
      if (!wanted.has(holding.lot)) continue
      lines.push(lineOf(holding, family.states.get(holding.lot), compose(holding.lot)))
    }
  }
  return lines
}

/**
 * What is there by place, lot and element, now or after everything up to a past time: wet, dry
 * and contained mass. What nobody has said of a lot is counted as unknown, not as nothing; less
 * than a limit of quantification is not zero either. Uncertainty: composition, and the mass where
 * a weighing says its own.
 */
export async function inventory(
  ledger: Ledger,
  { at, place, kinds }: InventoryOptions = {},
): Promise<InventoryReport> {
  const { store } = ledger
  const holdings =
    at === undefined ? await store.holdings(place) : await store.holdingsAt(at, place)
  const all = await linesOf(ledger, holdings)
  const lines = all.filter(
    ({ kind }) => kinds === undefined || kinds.some((wanted) => wanted === kind),
  )
  const total = emptySum()
  const byPlace = new Map<string, Sum>()
  for (const line of lines) {
    const sum = byPlace.get(line.place) ?? emptySum()
    byPlace.set(line.place, sum)
    addLine(sum, line)
    addLine(total, line)
  }
  const places = [...byPlace]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([uri, sum]): InventorySum => ({ place: uri, ...sumOf(sum) }))
  return {
    ...(at === undefined ? {} : { at }),
    contentsAreAsKnownNow: true,
    lines: lines.sort((a, b) => (a.place + a.code < b.place + b.code ? -1 : 1)),
    places,
    total: sumOf(total),
  }
}
