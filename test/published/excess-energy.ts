/**
 * Pitzer activity coefficients by another road than the engine's: the excess Gibbs energy of the
 * solution, differentiated numerically to each molality. Cations with chloride, 25 degC.
 */

export interface Ion {
  readonly charge: number
  readonly parameters: readonly [beta0: number, beta1: number, cPhi: number]
}

const slope = 0.3915

/** J of Pitzer 1975, equation 47. */
const mixingIntegral = (x: number) => x / (4 + 4.581 * x ** -0.7237 * Math.exp(-0.012 * x ** 0.528))

function electrostatic(p: number, q: number, strength: number): number {
  const unit = 6 * slope * Math.sqrt(strength)
  const sum =
    mixingIntegral(p * q * unit) -
    0.5 * (mixingIntegral(p * p * unit) + mixingIntegral(q * q * unit))
  return ((p * q) / (4 * strength)) * sum
}

/**
 * Excess Gibbs energy per kg of water over RT; the anion's molality is free of electroneutrality.
 */
function excess(ions: readonly Ion[], m: readonly number[], chloride: number): number {
  const strength = 0.5 * ions.reduce((sum, ion, i) => sum + ion.charge ** 2 * (m[i] ?? 0), chloride)
  const root = Math.sqrt(strength)
  const x = 2 * root
  const g = (2 * (1 - (1 + x) * Math.exp(-x))) / (x * x)
  // HMW writes Z = sum of m |z| over all ions; half of it stands for the cations' charge.
  const halfZ = 0.5 * ions.reduce((sum, ion, i) => sum + ion.charge * (m[i] ?? 0), chloride)
  let energy = ((-4 * slope * strength) / 1.2) * Math.log(1 + 1.2 * root)
  ions.forEach((a, i) => {
    const [beta0, beta1, cPhi] = a.parameters
    const C = cPhi / (2 * Math.sqrt(a.charge))
    energy += 2 * (m[i] ?? 0) * chloride * (beta0 + beta1 * g + halfZ * C)
    ions.slice(i + 1).forEach((b, j) => {
      if (a.charge === b.charge) return
      const other = m[i + 1 + j] ?? 0
      energy += 2 * (m[i] ?? 0) * other * electrostatic(a.charge, b.charge, strength)
    })
  })
  return energy
}

/** ln gamma of the cations and, last, of chloride; chloride from electroneutrality. */
export function logarithms(ions: readonly Ion[], m: readonly number[]): number[] {
  const chloride = ions.reduce((sum, ion, i) => sum + ion.charge * (m[i] ?? 0), 0)
  const total = ions.reduce((sum, _, i) => sum + (m[i] ?? 0), chloride)
  const all = [...m, chloride]
  return all.map((_, i) => {
    const h = 2e-3 * Math.min(total, Math.max(all[i] ?? 0, 0.05 * total))
    const at = (steps: number) => {
      const moved = all.map((value, k) => (k === i ? value + steps * h : value))
      return excess(ions, moved.slice(0, -1), moved.at(-1) ?? 0)
    }
    return (45 * (at(1) - at(-1)) - 9 * (at(2) - at(-2)) + (at(3) - at(-3))) / (60 * h)
  })
}

/** ln of the mean activity coefficient of a chloride alone in water. */
export function meanLogarithm(ion: Ion, m: number): number {
  const [cation, anion] = logarithms([ion], [m])
  return ((cation ?? 0) + ion.charge * (anion ?? 0)) / (1 + ion.charge)
}
