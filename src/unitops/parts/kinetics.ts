import { gasConstant } from '../../chemistry/index.ts'

/** What controls the rate of a shrinking core. */
export type Control = 'chemical' | 'product-layer'

/**
 * Dimensionless time that a conversion needs: `1-(1-X)^(1/3)` under chemical control,
 * `1-3(1-X)^(2/3)+2(1-X)` when diffusion through the product layer controls; 1 = all reacted.
 */
export function shrinkingCoreTime(control: Control, conversion: number): number {
  const core = Math.cbrt(1 - Math.min(1, Math.max(0, conversion)))
  return control === 'chemical' ? 1 - core : 1 - 3 * core * core + 2 * core ** 3
}

/** Conversion of equal spheres after a dimensionless time; inverse of `shrinkingCoreTime`. */
export function shrinkingCoreConversion(control: Control, time: number): number {
  if (time <= 0) return 0
  if (time >= 1) return 1
  // Products, not powers: a leach asks for this ten thousand times.
  const rest = 1 - time
  if (control === 'chemical') return 1 - rest * rest * rest
  // The cubic in the core radius has one root in [0, 1], in its trigonometric form.
  const core = Math.max(0, 0.5 + Math.cos((2 * Math.PI - Math.acos(2 * time - 1)) / 3))
  return 1 - core * core * core
}

/** Probability that a particle stays longer than `x` mean tank times in `tanks` equal tanks. */
function erlangSurvival(tanks: number, x: number): number {
  let term = 1
  let sum = 1
  for (let k = 1; k < tanks; k++) {
    term *= x / k
    sum += term
  }
  return Math.exp(-x) * sum
}

const panels = 64

/**
 * Mean conversion of particles whose dimensionless times are spread as by `tanks` equal stirred
 * tanks in series with mean `time`; `tanks = 0` is a batch, where all have the same time.
 */
export function meanConversion(control: Control, time: number, tanks: number): number {
  if (time <= 0) return 0
  if (tanks === 0) return shrinkingCoreConversion(control, time)
  // By parts over the core radius y: X = integral of P(time > needed(y)) d(1 - y^3), by Simpson.
  let sum = 0
  for (let i = 0; i <= panels; i++) {
    const y = i / panels
    const needed = control === 'chemical' ? 1 - y : 1 - 3 * y * y + 2 * y * y * y
    const weight = i === 0 || i === panels ? 1 : i % 2 === 1 ? 4 : 2
    sum += weight * 3 * y * y * erlangSurvival(tanks, (needed / time) * tanks)
  }
  return Math.min(1, sum / (3 * panels))
}

/** Rate constant at `temperature` from its value at a reference temperature; Ea in J/mol. */
export function arrhenius(
  atReference: number,
  activationEnergy: number,
  temperature: number,
  reference: number,
): number {
  return (
    atReference * Math.exp((activationEnergy / gasConstant) * (1 / reference - 1 / temperature))
  )
}

/** Fraction converted by a first-order reaction in a batch (0 tanks) or in equal tanks. */
export function firstOrderConversion(rate: number, time: number, tanks = 0): number {
  if (tanks === 0) return -Math.expm1(-rate * time)
  return 1 - (1 + (rate * time) / tanks) ** -tanks
}

/**
 * How much faster particles of size `size` react than those the constant was measured on: inverse
 * to the size under chemical control, to its square under product-layer diffusion.
 */
export function sizeFactor(control: Control, size: number, reference: number): number {
  const ratio = reference / size
  return control === 'chemical' ? ratio : ratio * ratio
}
