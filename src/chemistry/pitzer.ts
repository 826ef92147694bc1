import { electrostaticMixing } from './pitzer-mixing.ts'

/**
 * Pitzer's ion-interaction model (Harvie-Moller-Weare form) for cations with one common anion, 25
 * degC: binary beta0, beta1, Cphi, the electrostatic part of the mixing of unlike charges, theta
 * = psi = 0. Molal scale, natural logarithms. Sources: Pitzer, J. Phys. Chem. 77 (1973) 268;
 * Pitzer, J. Solution Chem. 4 (1975) 249 (J function); Harvie, Moller, Weare, Geochim. Cosmochim.
 * Acta 48 (1984) 723.
 */

/** Debye-Hueckel slope of the osmotic coefficient in water at 25 degC, (kg/mol)^0.5. */
export const debyeSlope = 0.3915

/** One cation with its binary parameters against the common anion. */
export interface PitzerCation {
  readonly charge: number
  readonly beta0: number
  readonly beta1: number
  readonly cPhi: number
}

/** A compiled model; `n` cations, and the anion after them in every result. */
export interface PitzerModel {
  readonly cations: readonly PitzerCation[]
  /**
   * Writes ln gamma of the cations and then of the anion for cation molalities `m` (the anion
   * balances the charge). `direction`, a change of cation molalities, gives the exact change of
   * each ln gamma along it in `change`. Allocates nothing.
   */
  evaluate(
    m: Float64Array,
    lnGamma: Float64Array,
    direction?: Float64Array,
    change?: Float64Array,
  ): void
}

/**
 * ln of the mean molal activity coefficient of one salt in water at molality `m`: cation of charge
 * z with anions of charge `-anionCharge`.
 */
export function meanActivity(salt: PitzerCation, m: number, anionCharge = 1): number {
  const lnGamma = new Float64Array(2)
  compilePitzer([salt], anionCharge).evaluate(Float64Array.of(m), lnGamma)
  const [cation, anion] = [lnGamma[0] as number, lnGamma[1] as number]
  return (anionCharge * cation + salt.charge * anion) / (anionCharge + salt.charge)
}

const [b, alpha] = [1.2, 2]

/** Compiles the model for cations with a common anion of charge `-anionCharge`. */
export function compilePitzer(cations: readonly PitzerCation[], anionCharge = 1): PitzerModel {
  const n = cations.length
  const charges = [...new Set(cations.map((c) => c.charge))].sort((p, q) => p - q)
  const salts: Salts = {
    anion: anionCharge,
    charge: Float64Array.from(cations, (c) => c.charge),
    beta0: Float64Array.from(cations, (c) => c.beta0),
    beta1: Float64Array.from(cations, (c) => c.beta1),
    c0: Float64Array.from(cations, (c) => c.cPhi / (2 * Math.sqrt(c.charge * anionCharge))),
    charges,
    group: Int32Array.from(cations, (c) => charges.indexOf(c.charge)),
  }
  const work: Work = {
    x: 0,
    dx: 0,
    strength: 0,
    dStrength: 0,
    Z: 0,
    dZ: 0,
    g: 0,
    dg: 0,
    F: 0,
    dF: 0,
    C: 0,
    dC: 0,
    sumB: 0,
    dSumB: 0,
    sum: new Float64Array(charges.length),
    sumChange: new Float64Array(charges.length),
    mixing: charges.map(() => charges.map(() => new Float64Array(3))),
  }
  const still = new Float64Array(n)
  const ignored = new Float64Array(n + 1)
  return {
    cations,
    evaluate: (m, lnGamma, direction = still, change = ignored) => {
      takeTotals(salts, work, m, direction)
      takePairs(salts, work, m, direction)
      takeMixing(salts, work)
      writeLogarithms(salts, work, lnGamma, change)
    },
  }
}

/** What does not change between evaluations; `c0` = Cphi / (2 sqrt |z z'|). */
interface Salts {
  readonly anion: number
  readonly charge: Float64Array
  readonly beta0: Float64Array
  readonly beta1: Float64Array
  readonly c0: Float64Array
  /** The different cation charges, ascending, and where each cation belongs. */
  readonly charges: readonly number[]
  readonly group: Int32Array
}

/** Intermediate results of one evaluation; `d...` = change along the direction. */
interface Work {
  /** Molality of the anion. */
  x: number
  dx: number
  strength: number
  dStrength: number
  /** Sum of m |z|. */
  Z: number
  dZ: number
  /** g(alpha sqrt I) and its derivative to I. */
  g: number
  dg: number
  F: number
  dF: number
  /** Sum of m m' C. */
  C: number
  dC: number
  /** Sum over cations of m (2 B + Z C): the anion's own term. */
  sumB: number
  dSumB: number
  /** Molality by cation charge. */
  readonly sum: Float64Array
  readonly sumChange: Float64Array
  /** By pair of charges: electrostatic mixing term, its first and second derivative to I. */
  readonly mixing: readonly (readonly Float64Array[])[]
}

function takeTotals(salts: Salts, work: Work, m: Float64Array, direction: Float64Array): void {
  let [plus, dPlus, square, dSquare] = [0, 0, 0, 0]
  work.sum.fill(0)
  work.sumChange.fill(0)
  for (let i = 0; i < salts.charge.length; i++) {
    const z = salts.charge[i] as number
    const mi = m[i] as number
    const di = direction[i] as number
    const own = salts.group[i] as number
    plus += z * mi
    dPlus += z * di
    square += z * z * mi
    dSquare += z * z * di
    work.sum[own] = (work.sum[own] as number) + mi
    work.sumChange[own] = (work.sumChange[own] as number) + di
  }
  work.x = plus / salts.anion
  work.dx = dPlus / salts.anion
  work.Z = 2 * plus
  work.dZ = 2 * dPlus
  work.strength = Math.max(0.5 * (square + salts.anion * plus), 1e-12)
  work.dStrength = 0.5 * (dSquare + salts.anion * dPlus)
}

/** Debye-Hueckel term, g, and the sums over cation-anion pairs. */
function takePairs(salts: Salts, work: Work, m: Float64Array, direction: Float64Array): void {
  const { strength, dStrength, x, dx, Z, dZ } = work
  const root = Math.sqrt(strength)
  const t = alpha * root
  const e = Math.exp(-t)
  // Series where the closed forms cancel.
  const low = t < 1e-3
  const left = low ? t ** 3 / 6 : 1 - (1 + t + 0.5 * t * t) * e
  const g = low ? 1 - (2 * t) / 3 : (2 * (1 - (1 + t) * e)) / (t * t)
  const dg = -left / (2 * strength * strength)
  const ddg = (-t * e) / (2 * strength * strength) + left / strength ** 3
  const soft = 1 + b * root
  let F = -debyeSlope * (root / soft + (2 / b) * Math.log(soft))
  let dF = -debyeSlope * dStrength * (1 / (2 * root * soft * soft) + 1 / (root * soft))
  let [C, dC, sumB, dSumB] = [0, 0, 0, 0]
  for (let i = 0; i < salts.charge.length; i++) {
    const mi = m[i] as number
    const di = direction[i] as number
    const first = salts.beta1[i] as number
    const c0 = salts.c0[i] as number
    const dPair = di * x + mi * dx
    F += mi * x * first * dg
    dF += first * (dPair * dg + mi * x * ddg * dStrength)
    C += mi * x * c0
    dC += dPair * c0
    const own = 2 * ((salts.beta0[i] as number) + first * g) + Z * c0
    sumB += mi * own
    dSumB += di * own + mi * (2 * first * dg * dStrength + dZ * c0)
  }
  work.g = g
  work.dg = dg
  work.F = F
  work.dF = dF
  work.C = C
  work.dC = dC
  work.sumB = sumB
  work.dSumB = dSumB
}

/** Adds the mixing of unlike cation charges to F and keeps the terms for each ion. */
function takeMixing(salts: Salts, work: Work): void {
  const { charges } = salts
  for (let p = 0; p < charges.length; p++) {
    for (let q = p + 1; q < charges.length; q++) {
      const theta = work.mixing[p]?.[q] as Float64Array
      electrostaticMixing(
        charges[p] as number,
        charges[q] as number,
        work.strength,
        debyeSlope,
        theta,
      )
      const mp = work.sum[p] as number
      const mq = work.sum[q] as number
      const change = (work.sumChange[p] as number) * mq + mp * (work.sumChange[q] as number)
      work.F += mp * mq * (theta[1] as number)
      work.dF += change * (theta[1] as number) + mp * mq * (theta[2] as number) * work.dStrength
    }
  }
}

function writeLogarithms(
  salts: Salts,
  work: Work,
  lnGamma: Float64Array,
  change: Float64Array,
): void {
  const { x, dx, Z, dZ, g, dg, F, dF, C, dC, dStrength } = work
  const n = salts.charge.length
  for (let i = 0; i < n; i++) {
    const z = salts.charge[i] as number
    const group = salts.group[i] as number
    const first = salts.beta1[i] as number
    const c0 = salts.c0[i] as number
    const own = 2 * ((salts.beta0[i] as number) + first * g) + Z * c0
    let ln = z * z * F + x * own + z * C
    let d = z * z * dF + dx * own + x * (2 * first * dg * dStrength + dZ * c0) + z * dC
    for (let q = 0; q < salts.charges.length; q++) {
      if (q === group) continue
      const theta = work.mixing[Math.min(q, group)]?.[Math.max(q, group)] as Float64Array
      const sum = work.sum[q] as number
      ln += 2 * sum * (theta[0] as number)
      d += 2 * (work.sumChange[q] as number) * (theta[0] as number)
      d += 2 * sum * (theta[1] as number) * dStrength
    }
    lnGamma[i] = ln
    change[i] = d
  }
  lnGamma[n] = salts.anion ** 2 * F + work.sumB + salts.anion * C
  change[n] = salts.anion ** 2 * dF + work.dSumB + salts.anion * dC
}
