import { wholeStages } from './xu.ts'
import type { XuDesign, XuSplit, XuStages } from './xu.ts'

/** A middle product: moles drawn per mole of feed from one stage. */
export interface CascadeDraw {
  readonly phase: 'aqueous' | 'organic'
  /** From 1, in the direction of the organic. */
  readonly stage: number
  readonly moles: number
}

/**
 * A cascade of constant separation factors at constant molar flow: one mole of aqueous feed enters
 * stage `extraction`, the organic carries `S` out of every stage but the last, which keeps `out`.
 */
export interface Cascade {
  /** Separation factors over any common reference. */
  readonly beta: readonly number[]
  /** Mole fractions of the feed. */
  readonly feed: readonly number[]
  readonly extraction: number
  readonly scrub: number
  readonly S: number
  /** Moles leaving with the organic. */
  readonly out: number
  readonly draw?: CascadeDraw
}

/** Mole fractions by component. */
export interface CascadeProducts {
  readonly organic: readonly number[]
  readonly raffinate: readonly number[]
  readonly draw?: readonly number[]
  /** Fractions in the aqueous and in the organic leaving each stage. */
  readonly aqueous: readonly (readonly number[])[]
  readonly loaded: readonly (readonly number[])[]
}

/** Moles of rare earth leaving each stage with either phase, and what of it is drawn. */
interface Totals {
  readonly aqueous: Float64Array
  readonly organic: Float64Array
  readonly aqueousDraw: Float64Array
  readonly organicDraw: Float64Array
}

/** Total flows of a cascade at constant molar flow; undefined where one is not positive. */
function totalsOf({ extraction, scrub, S, out, draw }: Cascade): Totals | undefined {
  const n = extraction + scrub
  const aqueous = new Float64Array(n)
  const organic = new Float64Array(n)
  const aqueousDraw = new Float64Array(n)
  const organicDraw = new Float64Array(n)
  if (draw !== undefined) {
    const taken = draw.phase === 'aqueous' ? aqueousDraw : organicDraw
    taken[draw.stage - 1] = draw.moles
  }
  let up = 0
  for (let i = 0; i < n; i++) {
    // What a draw takes from the organic is gone for all stages after it.
    up = i === n - 1 ? out : i === 0 ? S : up - (organicDraw[i - 1] as number)
    organic[i] = up
  }
  let down = 0
  for (let i = n - 1; i >= 0; i--) {
    const arrives = i === 0 ? 0 : (organic[i - 1] as number) - (organicDraw[i - 1] as number)
    down += arrives - (organic[i] as number) + (i === extraction - 1 ? 1 : 0)
    aqueous[i] = down
    if (!(down - (aqueousDraw[i] as number) > 0)) return undefined
    if (!((organic[i] as number) - (organicDraw[i] as number) > 0)) return undefined
    down -= aqueousDraw[i] as number
  }
  return { aqueous, organic, aqueousDraw, organicDraw }
}

const mostSweeps = 10_000
const closed = 1e-12

/**
 * Every stage of a cascade, balances closed: what the formulas of cascade theory approximate. Each
 * component is a tridiagonal balance at given distribution ratios; these are beta over the mean
 * beta of the aqueous, repeated until they stand (as the bubble point in distillation at constant
 * relative volatility and molar overflow, which it is). `near`, a similar cascade solved, is only
 * where that starts. Undefined where the flows leave no steady
 * state (draws larger than what passes) or it is not found.
 */
export function simulateCascade(
  cascade: Cascade,
  near?: CascadeProducts,
  patience = mostSweeps,
): CascadeProducts | undefined {
  const { beta, feed, extraction, scrub, draw } = cascade
  const n = extraction + scrub
  const totals = totalsOf(cascade)
  if (totals === undefined) return undefined
  const c = beta.length
  const x = new Float64Array(c * n)
  const known = near?.aqueous ?? [feed]
  for (let i = 0; i < n; i++) {
    const like = known[Math.round((i * (known.length - 1)) / Math.max(1, n - 1))] ?? feed
    for (let k = 0; k < c; k++) x[k * n + i] = like[k] as number
  }
  const mean = new Float64Array(n)
  const work = new Float64Array(n)
  for (let sweep = 0; ; sweep++) {
    if (sweep === patience) return undefined
    mean.fill(0)
    for (let k = 0; k < c; k++)
      for (let i = 0; i < n; i++)
        mean[i] = (mean[i] as number) + (beta[k] as number) * (x[k * n + i] as number)
    for (let k = 0; k < c; k++)
      balance(x.subarray(k * n, (k + 1) * n), totals, mean, beta[k] as number, {
        stage: extraction - 1,
        moles: feed[k] as number,
        work,
      })
    if (normalised(x, c, n) < closed) break
  }
  const stages = Array.from({ length: n }, (_, i) => i)
  const shares = (i: number) => Array.from({ length: c }, (_, k) => x[k * n + i] as number)
  const aqueous = stages.map(shares)
  const loaded = aqueous.map((one) => {
    const sum = one.reduce((total, v, k) => total + v * (beta[k] as number), 0)
    return one.map((v, k) => (v * (beta[k] as number)) / sum)
  })
  const drawn = draw?.phase === 'organic' ? loaded : aqueous
  return {
    organic: loaded[n - 1] as readonly number[],
    raffinate: aqueous[0] as readonly number[],
    ...(draw === undefined ? {} : { draw: drawn[draw.stage - 1] as readonly number[] }),
    aqueous,
    loaded,
  }
}

/** Concentrations of one component in the aqueous at given distribution ratios (Thomas). */
function balance(
  x: Float64Array,
  { aqueous, organic, aqueousDraw, organicDraw }: Totals,
  mean: Float64Array,
  beta: number,
  feed: { readonly stage: number; readonly moles: number; readonly work: Float64Array },
): void {
  const n = x.length
  const { work } = feed
  const at = (a: Float64Array, i: number) => a[i] as number
  const D = (i: number) => beta / at(mean, i)
  for (let i = 0; i < n; i++) {
    const below = i === 0 ? 0 : (at(organic, i - 1) - at(organicDraw, i - 1)) * D(i - 1)
    const above = i === n - 1 ? 0 : at(aqueous, i + 1) - at(aqueousDraw, i + 1)
    const held = at(organic, i) * D(i) + at(aqueous, i)
    const left = i === 0 ? held : held - below * at(work, i - 1)
    const source = (i === feed.stage ? feed.moles : 0) + (i === 0 ? 0 : below * at(x, i - 1))
    work[i] = above / left
    x[i] = source / left
  }
  for (let i = n - 2; i >= 0; i--) x[i] = at(x, i) + at(work, i) * at(x, i + 1)
}

/** Makes the fractions of each stage add up to one; the largest distance from it before. */
function normalised(x: Float64Array, c: number, n: number): number {
  let worst = 0
  for (let i = 0; i < n; i++) {
    let sum = 0
    for (let k = 0; k < c; k++) sum += x[k * n + i] as number
    worst = Math.max(worst, Math.abs(sum - 1))
    for (let k = 0; k < c; k++) x[k * n + i] = (x[k * n + i] as number) / sum
  }
  return worst
}

/** A two-product design with the stages that the exact simulation asks for. */
export interface ConfirmedStages extends XuStages {
  readonly S: number
  readonly purityA: number
  readonly purityB: number
  readonly holdUp: number
}

/** Stages tried beyond the formula's. */
const mostAdded = 40

/**
 * Whole stages of a design at constant molar flow, confirmed stage by stage: those of the formula,
 * and one more on the better side until both products reach their purity. Undefined where that
 * takes many more, as it does at the pinch. Aqueous feed only.
 */
export function confirmStages(split: XuSplit, design: XuDesign): ConfirmedStages | undefined {
  const { S, outA: out } = design
  const feed = [split.fraction, 1 - split.fraction]
  const beta = [split.beta, 1]
  const whole = wholeStages(design.exact)
  if (!Number.isFinite(whole.extraction + whole.scrub)) return undefined
  const at = (extraction: number, scrub: number): ConfirmedStages | undefined => {
    const found = simulateCascade({ beta, feed, extraction, scrub, S, out })
    if (found === undefined) return undefined
    const purityA = found.organic[0] as number
    const purityB = found.raffinate[1] as number
    return { extraction, scrub, S, purityA, purityB, holdUp: S * (extraction + scrub) }
  }
  let best = at(whole.extraction, whole.scrub)
  for (let added = 0; best !== undefined && added < mostAdded; added++) {
    if (best.purityA >= split.purityA && best.purityB >= split.purityB) return best
    const { extraction, scrub }: ConfirmedStages = best
    const [more, further] = [at(extraction + 1, scrub), at(extraction, scrub + 1)]
    const gained = (c: ConfirmedStages | undefined) =>
      c === undefined ? -1 : c.purityA + c.purityB
    best = gained(more) >= gained(further) ? more : further
  }
  return undefined
}
