import { solve } from './chain.ts'
import { WATER } from './problem.ts'
import type { State } from './state.ts'

/**
 * Derivatives of the two conditions a stage. The exact product with a vector costs one linear
 * chain a component; the preconditioner is the same system with entrainment, bypass and the loop
 * left out, eliminated stage by stage over the components that weigh (`active`).
 */
export interface Jacobian {
  /** Local derivatives: of the acid condition to ln H, of the extractant condition to ln E. */
  readonly localH: Float64Array
  readonly localE: Float64Array
  /** Components that count at all in the product, and those in the preconditioner. */
  readonly relevant: Int32Array
  readonly active: Int32Array
  readonly counts: { relevant: number; active: number; operations: number }
  readonly shiftX: Float64Array
  readonly shiftY: Float64Array
  readonly dx: Float64Array
  readonly dm: Float64Array
  /** Per stage: inverse pivot block, W (2 rows), inverse of the 2 x 2 local block. */
  readonly inverse: Float64Array
  /** Per stage and active component: rate to the organic, its shift with ln H and with ln E. */
  readonly rate: Float64Array
  readonly shiftH: Float64Array
  readonly shiftE: Float64Array
  readonly link: Float64Array
  readonly local: Float64Array
  readonly pass: Float64Array
  readonly reflect: Float64Array
  readonly product: Float64Array
  readonly order: Int32Array
  readonly forward: Float64Array
  readonly carried: Float64Array
  readonly vector: Float64Array
}

export function makeJacobian(state: State): Jacobian {
  const n = state.chain.n
  const c = state.problem.components
  return {
    localH: new Float64Array(n),
    localE: new Float64Array(n),
    relevant: new Int32Array(c),
    active: new Int32Array(c),
    counts: { relevant: 0, active: 0, operations: 0 },
    shiftX: new Float64Array(n),
    shiftY: new Float64Array(n),
    dx: new Float64Array(n),
    dm: new Float64Array(n),
    inverse: new Float64Array(n * c * c),
    rate: new Float64Array(n * c),
    shiftH: new Float64Array(n * c),
    shiftE: new Float64Array(n * c),
    link: new Float64Array(n * 2 * c),
    local: new Float64Array(n * 3),
    pass: new Float64Array(n),
    reflect: new Float64Array(c * c),
    product: new Float64Array(2 * c),
    order: new Int32Array(c),
    forward: new Float64Array(n * c),
    carried: new Float64Array(c),
    vector: new Float64Array(c),
  }
}

const RELEVANT = 1e-10
const ACTIVE = 0.1

/** Prepares products and preconditioner at the state's present evaluation. */
export function linearise(state: State, jacobian: Jacobian, pace: number, drag = 0): void {
  localTerms(state, jacobian, drag)
  chooseComponents(state, jacobian)
  factorBlocks(state, jacobian, pace)
}

function localTerms(state: State, jacobian: Jacobian, drag: number): void {
  const { problem, chain, unknowns, acid, sulfate, sumAcid, sumExtractant } = state
  const n = chain.n
  const ka = problem.bisulfate
  for (let i = 0; i < n; i++) {
    const hydrogen = Math.exp(unknowns[i] as number)
    let slope = hydrogen
    if (ka > 0) slope += ((sulfate[i] as number) * hydrogen * ka) / (hydrogen + ka) ** 2
    const water = WATER / hydrogen
    jacobian.localH[i] =
      drag + slope / (sumAcid[i] as number) + water / ((acid[i] as number) + water)
    const free = problem.monomersPerFree * Math.exp(unknowns[n + i] as number)
    jacobian.localE[i] = drag + (problem.usesFree ? free / (sumExtractant[i] as number) : 1)
  }
}

/** A component weighs as much as its largest share in an acid or an extractant balance. */
function chooseComponents(state: State, jacobian: Jacobian): void {
  const { problem, chain, x, m, sumAcid, sumExtractant } = state
  const { counts, relevant, active } = jacobian
  const n = chain.n
  counts.relevant = 0
  counts.active = 0
  for (let k = 0; k < problem.components; k++) {
    const z = problem.protons[k] as number
    const b = problem.bound[k] as number
    let share = 0
    let moves = false
    for (let i = 0; i < n; i++) {
      const q = k * n + i
      const inAcid = (z * (x[q] as number)) / (sumAcid[i] as number)
      const inOrganic =
        (b * (m[q] as number)) / ((chain.organic[i] as number) * (sumExtractant[i] as number))
      if (inAcid > share) share = inAcid
      if (inOrganic > share) share = inOrganic
      if ((state.slopeH[q] as number) !== 0 || (state.slopeE[q] as number) !== 0) moves = true
    }
    if (!moves || !(share > RELEVANT)) continue
    relevant[counts.relevant++] = k
    if (share > ACTIVE) active[counts.active++] = k
  }
}

/** result = J vector, exactly, at the last evaluation. */
export function multiply(
  state: State,
  jacobian: Jacobian,
  vector: Float64Array,
  result: Float64Array,
): void {
  const { problem, chain, sumAcid, sumExtractant } = state
  const { localH, localE, dx, dm, relevant, counts } = jacobian
  const n = chain.n
  const organic = chain.organic
  const usesFree = problem.usesFree
  result.fill(0)
  for (let r = 0; r < counts.relevant; r++) {
    const k = relevant[r] as number
    const z = problem.protons[k] as number
    const b = usesFree ? (problem.bound[k] as number) : 0
    respond(state, jacobian, k, vector)
    for (let i = 0; i < n; i++) {
      result[i] = (result[i] as number) + z * (dx[i] as number)
      result[n + i] = (result[n + i] as number) + b * (dm[i] as number)
    }
  }
  for (let i = 0; i < n; i++) {
    const held = (organic[i] as number) * (sumExtractant[i] as number)
    result[i] =
      (result[i] as number) / (sumAcid[i] as number) + (localH[i] as number) * (vector[i] as number)
    result[n + i] =
      (result[n + i] as number) / held + (localE[i] as number) * (vector[n + i] as number)
  }
  counts.operations += counts.relevant * n * 24
}

/**
 * How concentrations in the aqueous and rates with the organic follow a direction of the unknowns
 * at the last evaluation, added `length` times to those that stand there: component-major.
 */
export function profileAlong(
  state: State,
  jacobian: Jacobian,
  direction: Float64Array,
  length: number,
): { readonly x: Float64Array; readonly m: Float64Array } {
  const { dx, dm } = jacobian
  const { n } = state.chain
  const x = state.x.slice()
  const m = state.m.slice()
  for (let k = 0; k < state.problem.components; k++) {
    respond(state, jacobian, k, direction)
    for (let i = 0, q = k * n; i < n; i++, q++) {
      x[q] = (x[q] as number) + length * (dx[i] as number)
      m[q] = (m[q] as number) + length * (dm[i] as number)
    }
  }
  return { x, m }
}

/** What a direction of the unknowns makes of component `k`, into `dx` and `dm`. */
function respond(state: State, jacobian: Jacobian, k: number, vector: Float64Array): void {
  const { chain, factors, x, rate, slopeH, slopeE } = state
  const { shiftX, shiftY, dx, dm } = jacobian
  const n = chain.n
  const o = k * n
  for (let i = 0; i < n; i++) {
    const shift =
      (rate[o + i] as number) *
      (x[o + i] as number) *
      ((slopeH[o + i] as number) * (vector[i] as number) +
        (slopeE[o + i] as number) * (vector[n + i] as number))
    shiftX[i] = -shift
    shiftY[i] = shift
  }
  solve(chain, factors, k, shiftX, shiftY, 0, 0, dx, dm, 0)
}

/** Stage-by-stage elimination of the simplified system; see `docs/explanation`. */
function factorBlocks(state: State, jacobian: Jacobian, pace: number): void {
  const { chain } = state
  const { counts, inverse, pass, reflect, order } = jacobian
  const { aqueousBack, aqueousExit, aqueousForward, aqueousHold } = chain.network
  const n = chain.n
  const a = counts.active
  for (let q = 0; q < a * a; q++) reflect[q] = 0
  for (let i = 0; i < n; i++) {
    localBlock(state, jacobian, i, pace)
    const b = aqueousBack[i] as number
    const leave =
      b +
      (aqueousExit[i] as number) +
      (chain.recycled[i] as number) +
      (aqueousForward[i] as number) +
      pace * (aqueousHold[i] as number)
    pivotBlock(jacobian, i, b, leave)
    invert(inverse, i * a * a, a, order)
    reflectBlock(jacobian, i, pass[i] as number)
  }
  counts.operations += n * (2 * a * a * a + 14 * a * a)
}

/** The 2 x 2 block of a stage and its link to the metals of the stage. */
function localBlock(state: State, jacobian: Jacobian, i: number, pace: number): void {
  const { problem, chain, x, rate, slopeH, slopeE, sumAcid, sumExtractant } = state
  const { active, counts, link, local, shiftH, shiftE } = jacobian
  const a = counts.active
  const n = chain.n
  const organic = chain.organic[i] as number
  const settled = 1 / (1 + (pace * (chain.network.organicHold[i] as number)) / organic)
  const scaleE = problem.usesFree ? settled / (organic * (sumExtractant[i] as number)) : 0
  const scaleH = 1 / (sumAcid[i] as number)
  let l21 = 0
  let l22 = jacobian.localE[i] as number
  for (let r = 0; r < a; r++) {
    const q = (active[r] as number) * n + i
    const f = rate[q] as number
    const moved = f * (x[q] as number)
    const sh = moved * (slopeH[q] as number)
    const se = moved * (slopeE[q] as number)
    const zy = (problem.bound[active[r] as number] as number) * scaleE
    jacobian.rate[i * a + r] = f
    shiftH[i * a + r] = sh
    shiftE[i * a + r] = se
    l21 += zy * sh
    l22 += zy * se
  }
  const i11 = 1 / (jacobian.localH[i] as number)
  const i22 = 1 / l22
  const i21 = -l21 * i11 * i22
  local[3 * i] = i11
  local[3 * i + 1] = i21
  local[3 * i + 2] = i22
  const w = i * 2 * a
  for (let r = 0; r < a; r++) {
    const k = active[r] as number
    const wx = (problem.protons[k] as number) * scaleH
    const wy = (problem.bound[k] as number) * scaleE * (jacobian.rate[i * a + r] as number)
    link[w + r] = i11 * wx
    link[w + a + r] = i21 * wx + i22 * wy
  }
  jacobian.pass[i] = (chain.toNext[i] as number) * settled
}

function pivotBlock(jacobian: Jacobian, i: number, b: number, leave: number): void {
  const { counts, inverse, link, rate, shiftH, shiftE, reflect } = jacobian
  const a = counts.active
  const p = i * a * a
  const w = i * 2 * a
  for (let r = 0; r < a; r++) {
    const sh = shiftH[i * a + r] as number
    const se = shiftE[i * a + r] as number
    const row = p + r * a
    for (let s = 0; s < a; s++) {
      inverse[row + s] =
        -sh * (link[w + s] as number) -
        se * (link[w + a + s] as number) -
        (reflect[r * a + s] as number) * b
    }
    inverse[row + r] = (inverse[row + r] as number) + (rate[i * a + r] as number) + leave
  }
}

/** Where an input from the right comes back to: reflect = pass * Y * inverse. */
function reflectBlock(jacobian: Jacobian, i: number, share: number): void {
  const { counts, inverse, link, rate, shiftH, shiftE, reflect, product } = jacobian
  const a = counts.active
  const p = i * a * a
  const w = i * 2 * a
  for (let s = 0; s < 2 * a; s++) product[s] = 0
  for (let q = 0; q < a; q++) {
    const w1 = link[w + q] as number
    const w2 = link[w + a + q] as number
    for (let s = 0; s < a; s++) {
      const v = inverse[p + q * a + s] as number
      product[s] = (product[s] as number) + w1 * v
      product[a + s] = (product[a + s] as number) + w2 * v
    }
  }
  for (let r = 0; r < a; r++) {
    const f = share * (rate[i * a + r] as number)
    const sh = share * (shiftH[i * a + r] as number)
    const se = share * (shiftE[i * a + r] as number)
    for (let s = 0; s < a; s++)
      reflect[r * a + s] =
        f * (inverse[p + r * a + s] as number) -
        sh * (product[s] as number) -
        se * (product[a + s] as number)
  }
}

/** Inverse in place by Gauss-Jordan with row exchanges; a zero pivot is replaced by a tiny one. */
function invert(m: Float64Array, o: number, n: number, order: Int32Array): void {
  for (let k = 0; k < n; k++) {
    let row = k
    let largest = Math.abs(m[o + k * n + k] as number)
    for (let i = k + 1; i < n; i++) {
      const size = Math.abs(m[o + i * n + k] as number)
      if (size > largest) {
        largest = size
        row = i
      }
    }
    order[k] = row
    const ok = o + k * n
    if (row !== k) {
      const or = o + row * n
      for (let j = 0; j < n; j++) {
        const kept = m[ok + j] as number
        m[ok + j] = m[or + j] as number
        m[or + j] = kept
      }
    }
    const pivot = m[ok + k] as number
    const inverse = 1 / (Math.abs(pivot) > 1e-200 ? pivot : 1e-200)
    m[ok + k] = 1
    for (let j = 0; j < n; j++) m[ok + j] = (m[ok + j] as number) * inverse
    for (let i = 0; i < n; i++) {
      if (i === k) continue
      const oi = o + i * n
      const by = m[oi + k] as number
      if (by === 0) continue
      m[oi + k] = 0
      for (let j = 0; j < n; j++) m[oi + j] = (m[oi + j] as number) - by * (m[ok + j] as number)
    }
  }
  for (let k = n - 1; k >= 0; k--) {
    const row = order[k] as number
    if (row === k) continue
    for (let i = 0; i < n; i++) {
      const kept = m[o + i * n + k] as number
      m[o + i * n + k] = m[o + i * n + row] as number
      m[o + i * n + row] = kept
    }
  }
}

/** result = (simplified J)^-1 vector, at the last linearisation. */
export function precondition(
  state: State,
  jacobian: Jacobian,
  vector: Float64Array,
  result: Float64Array,
): void {
  const { counts, inverse, link, local, pass, forward, carried, rate, shiftH, shiftE } = jacobian
  const right = jacobian.vector
  const n = state.chain.n
  const a = counts.active
  const { aqueousBack } = state.chain.network
  for (let r = 0; r < a; r++) carried[r] = 0
  for (let i = 0; i < n; i++) {
    const p = i * a * a
    const w = i * 2 * a
    const f = i * a
    const h = (local[3 * i] as number) * (vector[i] as number)
    const e =
      (local[3 * i + 1] as number) * (vector[i] as number) +
      (local[3 * i + 2] as number) * (vector[n + i] as number)
    result[i] = h
    result[n + i] = e
    for (let r = 0; r < a; r++)
      right[r] =
        (carried[r] as number) - (shiftH[f + r] as number) * h - (shiftE[f + r] as number) * e
    let lostH = h
    let lostE = e
    for (let r = 0; r < a; r++) {
      const row = p + r * a
      let sum = 0
      for (let s = 0; s < a; s++) sum += (inverse[row + s] as number) * (right[s] as number)
      forward[f + r] = sum
      lostH -= (link[w + r] as number) * sum
      lostE -= (link[w + a + r] as number) * sum
    }
    const share = pass[i] as number
    for (let r = 0; r < a; r++)
      carried[r] =
        share *
        ((rate[f + r] as number) * (forward[f + r] as number) +
          (shiftH[f + r] as number) * lostH +
          (shiftE[f + r] as number) * lostE)
  }
  for (let i = n - 1; i >= 0; i--) {
    const p = i * a * a
    const w = i * 2 * a
    const f = i * a
    const back = i + 1 < n ? (aqueousBack[i + 1] as number) : 0
    let lostH = 0
    let lostE = 0
    for (let r = 0; r < a; r++) {
      let sum = forward[f + r] as number
      if (back > 0) {
        const row = p + r * a
        for (let s = 0; s < a; s++)
          sum += back * (inverse[row + s] as number) * (forward[f + a + s] as number)
        forward[f + r] = sum
      }
      lostH += (link[w + r] as number) * sum
      lostE += (link[w + a + r] as number) * sum
    }
    result[i] = (result[i] as number) - lostH
    result[n + i] = (result[n + i] as number) - lostE
  }
  counts.operations += n * (4 * a * a + 30 * a)
}
