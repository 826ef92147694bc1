import { simulateCascade } from './cascade.ts'
import type { Cascade, CascadeProducts } from './cascade.ts'

/**
 * One cascade with three outlets: A with the organic, C with the raffinate and a concentrate of
 * the middle component drawn from the aqueous of one stage between raffinate and feed. Mole
 * fractions; the feed is one mole of liquor. (Yan's arrangement, as reported in Zhang, Zhao and
 * Schreiner 2016; the estimate below is ours, and every design is confirmed stage by stage.)
 */
export interface ThreeOutlets {
  /** D(A) / D(B) and D(B) / D(C). */
  readonly betaAB: number
  readonly betaBC: number
  /** A, B, C in the feed. */
  readonly feed: readonly [number, number, number]
  readonly purityA: number
  readonly purityC: number
  readonly recoveryA: number
  readonly recoveryC: number
}

/** A three-outlet cascade at one S, confirmed stage by stage. */
export interface ThreeOutletDesign {
  readonly S: number
  readonly extraction: number
  readonly scrub: number
  /** Stage whose aqueous is drawn from, from 1 at the raffinate. */
  readonly drawStage: number
  /** Moles drawn per mole of feed. */
  readonly drawn: number
  readonly purityA: number
  readonly purityB: number
  readonly purityC: number
  /** S (n + m) */
  readonly holdUp: number
}

const logit = (p: number) => Math.log(p / (1 - p))

/** Moles by outlet per mole of feed. */
function outletsOf({ feed, purityA, purityC, recoveryA, recoveryC }: ThreeOutlets) {
  const organic = (feed[0] * recoveryA) / purityA
  const raffinate = (feed[2] * recoveryC) / purityC
  return { organic, raffinate, drawn: 1 - organic - raffinate }
}

interface Place {
  readonly extraction: number
  readonly scrub: number
  readonly drawStage: number
}

interface Tried extends Place {
  readonly products: CascadeProducts
  /** The smaller of the two purities' distances from what is asked, in log odds. */
  readonly margin: number
}

/** Stages by the binary formulas of the two keys: B | C below the draw, A | B above it. */
function estimate(of: ThreeOutlets, S: number): Place {
  const { betaAB, betaBC, feed, purityA, purityC, recoveryA, recoveryC } = of
  const { organic, drawn } = outletsOf(of)
  const W = S - organic
  const [a, b, c] = feed
  const middle = { a: Math.max(a * (1 - recoveryA), 1e-9), c: Math.max(c * (1 - recoveryC), 1e-9) }
  const below = Math.max(1.05, (betaBC * S) / (W + 1 - drawn))
  const above = Math.max(1.05, (betaAB * S) / (W + 1))
  const up = Math.max(1.05, (betaAB * W) / S)
  const drawStage = (logit(purityC) - Math.log(middle.c / b)) / Math.log(below)
  const between = Math.log(a / b / (middle.a / b)) / Math.log(above)
  const scrub = (logit(purityA) - Math.log(a / b)) / Math.log(up)
  const whole = (v: number) => Math.min(80, Math.max(1, Math.ceil(v)))
  return {
    drawStage: whole(drawStage),
    extraction: whole(drawStage) + whole(between),
    scrub: whole(scrub),
  }
}

/** Steps of the search for the fewest stages. */
const mostSteps = 60

/**
 * The fewest stages, with the stage of the draw, that give both purities at an S. Undefined where
 * the flows cannot: S too small, or more stages than are worth trying.
 */
function threeOutletsAt(of: ThreeOutlets, S: number): ThreeOutletDesign | undefined {
  const { organic, drawn } = outletsOf(of)
  const beta = [of.betaAB * of.betaBC, of.betaBC, 1]
  const seen = new Map<string, Tried | undefined>()
  let last: CascadeProducts | undefined
  const look = (place: Place): Tried | undefined => {
    const { extraction, scrub, drawStage } = place
    if (drawStage < 1 || drawStage > extraction || extraction < 1 || scrub < 1) return undefined
    const key = `${extraction} ${scrub} ${drawStage}`
    if (seen.has(key)) return seen.get(key)
    const draw = { phase: 'aqueous', stage: drawStage, moles: drawn } as const
    const cascade: Cascade = { beta, feed: of.feed, extraction, scrub, S, out: organic, draw }
    const products = simulateCascade(cascade, last)
    last = products ?? last
    const distance = (found: number | undefined, asked: number) =>
      logit(Math.min(found ?? 0.5, 1 - 1e-15)) - logit(asked)
    const margin =
      products === undefined
        ? Number.NEGATIVE_INFINITY
        : Math.min(
            distance(products.organic[0], of.purityA),
            distance(products.raffinate[2], of.purityC),
          )
    const tried = products === undefined ? undefined : { ...place, products, margin }
    seen.set(key, tried)
    return tried
  }
  const shift = ({ extraction, scrub, drawStage }: Place, n: number, m: number, draw: number) =>
    look({ extraction: extraction + n, scrub: scrub + m, drawStage: drawStage + draw })
  const best = (from: Tried, moves: readonly (readonly [number, number, number])[]) =>
    moves.reduce<Tried | undefined>((top, [n, m, d]) => {
      const found = shift(from, n, m, d)
      return found !== undefined && found.margin > (top?.margin ?? Number.NEGATIVE_INFINITY)
        ? found
        : top
    }, undefined)
  let at = look(estimate(of, S))
  for (let step = 0; at !== undefined && step < mostSteps; step++) {
    const moved = best(at, [
      [0, 0, 1],
      [0, 0, -1],
      [0, 0, 4],
      [0, 0, -4],
    ])
    if (moved !== undefined && moved.margin > at.margin + 1e-9) at = moved
    else if (at.margin >= 0) {
      const fewer = best(at, [
        [-1, 0, 0],
        [-1, 0, -1],
        [0, -1, 0],
      ])
      if (fewer === undefined || fewer.margin < 0) return reported(at, S, drawn)
      at = fewer
    } else {
      const more = best(at, [
        [1, 0, 0],
        [1, 0, 1],
        [0, 1, 0],
        [5, 0, 2],
        [0, 5, 0],
      ])
      if (more === undefined || !(more.margin > at.margin + 1e-6)) return undefined
      at = more
    }
  }
  return at !== undefined && at.margin >= 0 ? reported(at, S, drawn) : undefined
}

function reported({ extraction, scrub, drawStage, products }: Tried, S: number, drawn: number) {
  return {
    S,
    extraction,
    scrub,
    drawStage,
    drawn,
    purityA: products.organic[0] ?? Number.NaN,
    purityB: products.draw?.[1] ?? Number.NaN,
    purityC: products.raffinate[2] ?? Number.NaN,
    holdUp: S * (extraction + scrub),
  }
}

/** A cascade so long that only its flows can fail it. */
const long = { extraction: 50, scrub: 30 } as const
/** Sweeps after which such a cascade counts as too near its pinch. */
const scanned = 5000

/** Says whether a long cascade gives both purities at an S, wherever it is drawn from. */
function longCascade(of: ThreeOutlets): (S: number) => boolean {
  const { organic, drawn } = outletsOf(of)
  const beta = [of.betaAB * of.betaBC, of.betaBC, 1]
  const last = new Map<number, CascadeProducts>()
  return (S) =>
    [25, 35].some((stage) => {
      const draw = { phase: 'aqueous', stage, moles: drawn } as const
      const cascade = { beta, feed: of.feed, ...long, S, out: organic, draw }
      const found = simulateCascade(cascade, last.get(stage), scanned)
      if (found === undefined) return false
      last.set(stage, found)
      const [a = 0] = found.organic
      const [, , c = 0] = found.raffinate
      return a >= of.purityA && c >= of.purityC
    })
}

/** S over the smallest that a long cascade works with. */
const multiples = [1.03, 1.12, 1.25, 1.5, 2, 3] as const

/**
 * Three-outlet cascades over a range of S, each confirmed stage by stage; empty where the outlets
 * cannot be had together: what is left for the draw must hold something of the middle component.
 */
export function threeOutlets(of: ThreeOutlets): readonly ThreeOutletDesign[] {
  const { organic, drawn } = outletsOf(of)
  if (!(drawn > 0)) return []
  const isEnough = longCascade(of)
  let high = 2 * organic
  let low = organic
  while (!isEnough(high)) {
    low = high
    high *= 1.6
    if (high > 80) return []
  }
  for (let cuts = 0; cuts < 5; cuts++) {
    const middle = Math.sqrt(low * high)
    if (isEnough(middle)) high = middle
    else low = middle
  }
  return multiples.flatMap((factor) => threeOutletsAt(of, factor * high) ?? [])
}
