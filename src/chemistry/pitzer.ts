import { electrostaticMixing } from './pitzer-mixing.ts'

/**
 * Pitzer's ion-interaction model (Harvie-Moller-Weare form) for cations with one common anion, 25 degC:
 * binary beta0, beta1, Cphi, the electrostatic part of the mixing of unlike charges, theta = psi = 0.
 * Molal scale, natural logarithms. Sources: Pitzer, J. Phys. Chem. 77 (1973) 268; Pitzer, J. Solution
 * Chem. 4 (1975) 249 (J function); Harvie, Moller, Weare, Geochim. Cosmochim. Acta 48 (1984) 723.
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

const [b, alpha] = [1.2, 2]

/** Compiles the model for cations with a common anion of charge `-anionCharge`. */
export function compilePitzer(cations: readonly PitzerCation[], anionCharge = 1): PitzerModel {
  const n = cations.length
  const charge = Float64Array.from(cations, (c) => c.charge)
  const beta0 = Float64Array.from(cations, (c) => c.beta0)
  const beta1 = Float64Array.from(cations, (c) => c.beta1)
  const c0 = Float64Array.from(cations, (c) => c.cPhi / (2 * Math.sqrt(c.charge * anionCharge)))
  const charges = [...new Set(cations.map((c) => c.charge))].sort((p, q) => p - q)
  const group = Int32Array.from(cations, (c) => charges.indexOf(c.charge))
  const groups = charges.length
  // Per pair of charges: the mixing term, its first and its second derivative to ionic strength.
  const mixing = Array.from({ length: groups * groups }, () => new Float64Array(3))
  const [sum, sumChange] = [new Float64Array(groups), new Float64Array(groups)]
  const still = new Float64Array(n)
  const ignored = new Float64Array(n + 1)

  const evaluate: PitzerModel['evaluate'] = (m, lnGamma, direction = still, change = ignored) => {
    let [plus, plusChange, square, squareChange] = [0, 0, 0, 0]
    sum.fill(0)
    sumChange.fill(0)
    for (let i = 0; i < n; i++) {
      const [z, mi, di, q] = [
        charge[i] as number,
        m[i] as number,
        direction[i] as number,
        group[i] as number,
      ]
      plus += z * mi
      plusChange += z * di
      square += z * z * mi
      squareChange += z * z * di
      sum[q] = (sum[q] as number) + mi
      sumChange[q] = (sumChange[q] as number) + di
    }
    const [x, dx] = [plus / anionCharge, plusChange / anionCharge]
    const strength = Math.max(0.5 * (square + anionCharge * plus), 1e-12)
    const dStrength = 0.5 * (squareChange + anionCharge * plusChange)
    const [Z, dZ] = [2 * plus, 2 * plusChange]
    const root = Math.sqrt(strength)
    const t = alpha * root
    const e = Math.exp(-t)
    const low = t < 1e-3
    // g and its derivative to ionic strength; series where the closed form cancels.
    const g = low ? 1 - (2 * t) / 3 : (2 * (1 - (1 + t) * e)) / (t * t)
    const left = low ? (t * t * t) / 6 : 1 - (1 + t + 0.5 * t * t) * e
    const dg = -left / (2 * strength * strength)
    const ddg = (-t * e) / (2 * strength * strength) + left / strength ** 3
    let F = -debyeSlope * (root / (1 + b * root) + (2 / b) * Math.log(1 + b * root))
    let dF =
      -debyeSlope * dStrength * (1 / (2 * root * (1 + b * root) ** 2) + 1 / (root * (1 + b * root)))
    let [C, dC, sumB, dSumB] = [0, 0, 0, 0]
    for (let i = 0; i < n; i++) {
      const [mi, di] = [m[i] as number, direction[i] as number]
      const first = beta1[i] as number
      F += mi * x * first * dg
      dF += first * ((di * x + mi * dx) * dg + mi * x * ddg * dStrength)
      C += mi * x * (c0[i] as number)
      dC += (di * x + mi * dx) * (c0[i] as number)
      const B = (beta0[i] as number) + first * g
      sumB += mi * (2 * B + Z * (c0[i] as number))
      dSumB += di * (2 * B + Z * (c0[i] as number))
      dSumB += mi * (2 * first * dg * dStrength + dZ * (c0[i] as number))
    }
    for (let p = 0; p < groups; p++) {
      for (let q = p + 1; q < groups; q++) {
        const theta = mixing[p * groups + q] as Float64Array
        electrostaticMixing(charges[p] as number, charges[q] as number, strength, debyeSlope, theta)
        const [mp, mq] = [sum[p] as number, sum[q] as number]
        F += mp * mq * (theta[1] as number)
        dF += ((sumChange[p] as number) * mq + mp * (sumChange[q] as number)) * (theta[1] as number)
        dF += mp * mq * (theta[2] as number) * dStrength
      }
    }
    for (let i = 0; i < n; i++) {
      const z = charge[i] as number
      const own = group[i] as number
      const B = (beta0[i] as number) + (beta1[i] as number) * g
      let ln = z * z * F + x * (2 * B + Z * (c0[i] as number)) + z * C
      let d = z * z * dF + dx * (2 * B + Z * (c0[i] as number)) + z * dC
      d += x * (2 * (beta1[i] as number) * dg * dStrength + dZ * (c0[i] as number))
      for (let q = 0; q < groups; q++) {
        if (q === own) continue
        const theta = mixing[Math.min(q, own) * groups + Math.max(q, own)] as Float64Array
        ln += 2 * (sum[q] as number) * (theta[0] as number)
        d += 2 * (sumChange[q] as number) * (theta[0] as number)
        d += 2 * (sum[q] as number) * (theta[1] as number) * dStrength
      }
      lnGamma[i] = ln
      change[i] = d
    }
    lnGamma[n] = anionCharge * anionCharge * F + sumB + anionCharge * C
    change[n] = anionCharge * anionCharge * dF + dSumB + anionCharge * dC
  }
  return { cations, evaluate }
}
