import type { Network } from './problem.ts'

/**
 * One component in a counter-current chain with fixed distribution ratios is a flow through a
 * network of two nodes a stage: X (the equilibrated mixer, unknown: aqueous concentration x) and Y
 * (the organic leaving, unknown: rate M). Nodes are eliminated in the direction of the organic by
 * *probabilities* - where does what enters stage i from the right end up: right again with the
 * organic, right with entrained aqueous, or out - so that no subtraction occurs. Every
 * concentration keeps its relative accuracy down to the smallest double, and balances close to
 * rounding (Grassmann, Taksar and Heyman's way of eliminating a Markov chain).
 */
export interface Chain {
  readonly n: number
  readonly network: Network
  /** Shares of the organic leaving a stage. */
  readonly toNext: Float64Array
  readonly toPrevious: Float64Array
  readonly out: Float64Array
  /** All organic leaving a stage, and the part of it that equilibrates, L/s. */
  readonly organic: Float64Array
  readonly mixed: Float64Array
  /** Aqueous taken from a stage by recycles, L/s. */
  readonly recycled: Float64Array
  /** Lines that close on another place: the organic loop first, its aqueous, the recycles. */
  readonly tears: readonly Tear[]
  /** Full efficiency, no entrainment, draw or recycle: most terms are absent. */
  readonly plain: boolean
}

/** Node X or Y of stage `from` times `rate` enters X of `to`, or with the organic where to < 0. */
interface Tear {
  readonly organic: boolean
  readonly from: number
  readonly to: number
  readonly rate: number
  /** What leaves the circuit by this line instead of returning. */
  readonly lost: number
}

/** Factors of all components, component-major; filled by `factor`, used by `solve`. */
export interface ChainFactors {
  readonly pivotX: Float64Array
  readonly pivotY: Float64Array
  readonly cross: Float64Array
  readonly reentry: Float64Array
  /** Answer to a unit entering by each tear, and the tears' small system, eliminated. */
  readonly responseX: Float64Array
  readonly responseM: Float64Array
  readonly gain: Float64Array
  readonly leak: Float64Array
  readonly amount: Float64Array
  readonly none: Float64Array
  readonly empty: Float64Array
  /** 1 where the component was factored without the terms that a plain chain lacks. */
  readonly plain: Uint8Array
}

const at = (a: Float64Array, i: number) => a[i] as number
const TINY = 1e-280

/** Lays the chain of a network out; throws on a stage without aqueous or organic outflow. */
export function makeChain(network: Network): Chain {
  const n = network.stages
  const { organicForward, organicBack, organicExit, aqueousForward, efficiency } = network
  const field = () => new Float64Array(n)
  const [organic, mixed, recycled] = [field(), field(), field()]
  const [toNext, toPrevious, out] = [field(), field(), field()]
  let plain = network.recycles.length === 0
  let entering = network.keepOrganic * at(organicForward, n - 1)
  for (let i = 0; i < n; i++) {
    const [forward, back, exit] = [at(organicForward, i), at(organicBack, i), at(organicExit, i)]
    const whole = forward + back + exit
    organic[i] = whole
    mixed[i] = Math.max(whole - (1 - at(efficiency, i)) * entering, 1e-6 * whole)
    toNext[i] = forward / whole
    toPrevious[i] = back / whole
    out[i] = exit / whole
    entering = forward
    if (back !== 0 || exit !== 0 || at(aqueousForward, i) !== 0 || efficiency[i] !== 1)
      plain = false
  }
  for (const r of network.recycles) recycled[r.from] = at(recycled, r.from) + r.flow
  const tears = makeTears(network, organic)
  return { n, network, organic, mixed, recycled, toNext, toPrevious, out, tears, plain }
}

function makeTears(network: Network, organic: Float64Array): Tear[] {
  const last = network.stages - 1
  const share = at(network.organicForward, last) / at(organic, last)
  const aqueous = at(network.aqueousForward, last)
  const tears: Tear[] = [
    {
      organic: true,
      from: last,
      to: -1,
      rate: network.keepOrganic * share,
      lost: (1 - network.keepOrganic) * share,
    },
  ]
  if (aqueous > 0) {
    const kept = network.keepAqueous
    tears.push({
      organic: false,
      from: last,
      to: 0,
      rate: kept * aqueous,
      lost: (1 - kept) * aqueous,
    })
  }
  for (const r of network.recycles)
    tears.push({ organic: false, from: r.from, to: r.to, rate: r.flow, lost: 0 })
  return tears
}

export function makeChainFactors(chain: Chain, components: number): ChainFactors {
  const size = chain.n * components
  const tears = chain.tears.length
  return {
    pivotX: new Float64Array(size),
    pivotY: new Float64Array(size),
    cross: new Float64Array(size),
    reentry: new Float64Array(size),
    responseX: new Float64Array(size * tears),
    responseM: new Float64Array(size * tears),
    gain: new Float64Array(components * tears * tears),
    leak: new Float64Array(components * tears),
    amount: new Float64Array(tears),
    none: new Float64Array(chain.n),
    empty: new Float64Array(chain.n),
    plain: new Uint8Array(components),
  }
}

/**
 * Factors component `k`: `rate` = mixed organic flow times D by stage (component-major). With
 * `pace` > 0 (1/s) the contents of every stage leak at that pace: an implicit step in time.
 */
export function factor(
  chain: Chain,
  factors: ChainFactors,
  k: number,
  rate: Float64Array,
  pace: number,
): void {
  const plain = chain.plain && pace === 0
  factors.plain[k] = plain ? 1 : 0
  if (plain) factorPlain(chain, factors, k, rate)
  else factorFull(chain, factors, k, rate, pace)
  factorTears(chain, factors, k, pace)
}

function factorPlain(chain: Chain, factors: ChainFactors, k: number, rate: Float64Array): void {
  const { n, network } = chain
  const { aqueousBack, aqueousExit } = network
  const { pivotX, cross } = factors
  const o = k * n
  let gone = 1
  for (let i = 0; i < n; i++) {
    const exit = (aqueousExit[i] as number) + (aqueousBack[i] as number) * gone
    const forward = rate[o + i] as number
    const px = 1 / (forward + exit)
    gone = exit * px
    pivotX[o + i] = px
    cross[o + i] = forward
  }
}

function factorFull(
  chain: Chain,
  factors: ChainFactors,
  k: number,
  rate: Float64Array,
  pace: number,
): void {
  const { n, network, toNext, toPrevious, out, organic, recycled } = chain
  const { aqueousBack, aqueousForward, aqueousExit, efficiency, aqueousHold, organicHold } = network
  const { pivotX, pivotY, cross, reentry } = factors
  const o = k * n
  let rho = 0
  let alpha = 0
  let gone = 1
  for (let i = 0; i < n; i++) {
    const b = aqueousBack[i] as number
    const eta = efficiency[i] as number
    const back = toPrevious[i] as number
    const next = toNext[i] as number
    const a = aqueousForward[i] as number
    const hold = (pace * (organicHold[i] as number)) / (organic[i] as number)
    const v = back * (rho * eta + alpha)
    const outY = (out[i] as number) + hold + back * gone
    const ty = 1 / (v + next + outY)
    const u = (rate[o + i] as number) + b * rho * (1 - eta)
    const held = pace * (aqueousHold[i] as number) + (recycled[i] as number)
    const exit = (aqueousExit[i] as number) + held + b * gone + u * outY * ty
    const px = 1 / (a + u * next * ty + exit)
    rho = u * next * ty * px
    alpha = a * px
    gone = exit * px
    pivotX[o + i] = px
    pivotY[o + i] = ty
    cross[o + i] = u
    reentry[o + i] = v * ty
  }
}

/** Answers to units entering by the tears, and their mutual gains, eliminated from the last. */
function factorTears(chain: Chain, factors: ChainFactors, k: number, pace: number): void {
  const { n, tears } = chain
  const { responseX, responseM, gain, leak, none, empty } = factors
  const count = tears.length
  const base = k * count * count
  for (let s = 0; s < count; s++) {
    const { to, rate } = tears[s] as Tear
    const o = (k * count + s) * n
    if (rate === 0) {
      // Nothing returns by this line: what it would bring need not be known.
      for (let t = 0; t < count; t++) gain[base + t * count + s] = 0
      leak[k * count + s] = 1
      continue
    }
    if (to >= 0) none[to] = 1
    // The same scratch for both: an X input must not reach a Y node.
    sweep(chain, factors, k, none, empty, 0, to < 0 ? 1 : 0, responseX, responseM, o)
    if (to >= 0) none[to] = 0
    for (let t = 0; t < count; t++) {
      const from = tears[t] as Tear
      const node = (from.organic ? responseM : responseX)[o + from.from] as number
      gain[base + t * count + s] = from.rate * node
    }
    leak[k * count + s] = leaving(chain, responseX, responseM, o, pace)
  }
  for (let p = count - 1; p >= 0; p--) {
    let d = leak[k * count + p] as number
    for (let t = 0; t < p; t++) d += gain[base + t * count + p] as number
    if (d < TINY) d = TINY
    for (let s = 0; s < p; s++) {
      const share = (gain[base + p * count + s] as number) / d
      leak[k * count + s] = at(leak, k * count + s) + at(leak, k * count + p) * share
      for (let t = 0; t < p; t++) {
        const g = base + t * count
        gain[g + s] = at(gain, g + s) + at(gain, g + p) * share
      }
    }
    leak[k * count + p] = d
  }
}

/** Everything that leaves for good (or stays in the hold-up) at the concentrations given. */
function leaving(chain: Chain, x: Float64Array, m: Float64Array, o: number, pace: number): number {
  const { n, network, out, organic, tears } = chain
  const { aqueousExit, aqueousHold, organicHold } = network
  let sum = 0
  if (chain.plain && pace === 0)
    for (let i = 0; i < n; i++) sum += (aqueousExit[i] as number) * (x[o + i] as number)
  else
    for (let i = 0; i < n; i++) {
      const held = (pace * (organicHold[i] as number)) / (organic[i] as number)
      sum +=
        ((aqueousExit[i] as number) + pace * (aqueousHold[i] as number)) * (x[o + i] as number) +
        ((out[i] as number) + held) * (m[o + i] as number)
    }
  for (let t = 0; t < tears.length; t++) {
    const tear = tears[t] as Tear
    sum += tear.lost * ((tear.organic ? m : x)[o + tear.from] as number)
  }
  return sum
}

/**
 * Solves component `k` for inputs into the X and Y nodes (signed, at offset `from`) and `entering`
 * with the organic of the first stage; writes x and M at offset `o`.
 */
export function solve(
  chain: Chain,
  factors: ChainFactors,
  k: number,
  intoX: Float64Array,
  intoY: Float64Array,
  from: number,
  entering: number,
  x: Float64Array,
  m: Float64Array,
  o: number,
): void {
  sweep(chain, factors, k, intoX, intoY, from, entering, x, m, o)
  const { n, tears } = chain
  const { responseX, responseM, gain, leak, amount } = factors
  const count = tears.length
  const base = k * count * count
  for (let t = 0; t < count; t++) {
    const tear = tears[t] as Tear
    amount[t] = tear.rate * ((tear.organic ? m : x)[o + tear.from] as number)
  }
  for (let p = count - 1; p > 0; p--) {
    const share = at(amount, p) / at(leak, k * count + p)
    for (let t = 0; t < p; t++) amount[t] = at(amount, t) + at(gain, base + t * count + p) * share
  }
  for (let p = 0; p < count; p++) {
    let sum = at(amount, p)
    for (let s = 0; s < p; s++) sum += at(gain, base + p * count + s) * at(amount, s)
    const size = sum / at(leak, k * count + p)
    amount[p] = size
    if (size === 0) continue
    const r = (k * count + p) * n
    for (let i = 0; i < n; i++) {
      x[o + i] = (x[o + i] as number) + size * (responseX[r + i] as number)
      m[o + i] = (m[o + i] as number) + size * (responseM[r + i] as number)
    }
  }
}

function sweep(
  chain: Chain,
  factors: ChainFactors,
  k: number,
  intoX: Float64Array,
  intoY: Float64Array,
  from: number,
  entering: number,
  x: Float64Array,
  m: Float64Array,
  o: number,
): void {
  if (factors.plain[k] === 1) {
    sweepPlain(chain, factors, k, intoX, intoY, from, entering, x, m, o)
    return
  }
  const { n, network, toNext, toPrevious } = chain
  const { aqueousBack, aqueousForward, efficiency } = network
  const { pivotX, pivotY, cross, reentry } = factors
  const f = k * n
  let organic = entering
  let aqueous = 0
  for (let i = 0; i < n; i++) {
    const eta = efficiency[i] as number
    const gy = (intoY[from + i] as number) + (1 - eta) * organic
    const gx =
      (intoX[from + i] as number) + eta * organic + aqueous + gy * (reentry[f + i] as number)
    const xi = gx * (pivotX[f + i] as number)
    const mi = (gy + (cross[f + i] as number) * xi) * (pivotY[f + i] as number)
    organic = (toNext[i] as number) * mi
    aqueous = (aqueousForward[i] as number) * xi
    x[o + i] = xi
    m[o + i] = mi
  }
  let back = 0
  for (let i = n - 1; i >= 0; i--) {
    const dx = back * (pivotX[f + i] as number)
    const xi = (x[o + i] as number) + dx
    const mi = (m[o + i] as number) + (cross[f + i] as number) * dx * (pivotY[f + i] as number)
    x[o + i] = xi
    m[o + i] = mi
    back = (aqueousBack[i] as number) * xi + (toPrevious[i] as number) * mi
  }
}

function sweepPlain(
  chain: Chain,
  factors: ChainFactors,
  k: number,
  intoX: Float64Array,
  intoY: Float64Array,
  from: number,
  entering: number,
  x: Float64Array,
  m: Float64Array,
  o: number,
): void {
  const n = chain.n
  const { aqueousBack } = chain.network
  const { pivotX, cross } = factors
  const f = k * n
  // What is carried from stage to stage is one product and one sum away from the stage before:
  // the processor waits for nothing else.
  let organic = entering
  for (let i = 0; i < n; i++) {
    const pivot = pivotX[f + i] as number
    const into = intoX[from + i] as number
    const share = (cross[f + i] as number) * pivot
    x[o + i] = (into + organic) * pivot
    organic = (intoY[from + i] as number) + share * into + share * organic
  }
  let back = 0
  for (let i = n - 1; i >= 0; i--) {
    const b = aqueousBack[i] as number
    const pivot = pivotX[f + i] as number
    const passing = x[o + i] as number
    const xi = passing + back * pivot
    x[o + i] = xi
    m[o + i] = (intoY[from + i] as number) + (cross[f + i] as number) * xi
    back = b * passing + b * pivot * back
  }
}
