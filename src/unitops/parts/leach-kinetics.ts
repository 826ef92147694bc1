import { brent } from '../../numerics/index.ts'
import { meanConversion, shrinkingCoreConversion, type Control } from './kinetics.ts'

/** Solids that dissolve at one rate, together. */
export interface LeachClass {
  /** m3/(mol s): dimensionless shrinking-core time per acid concentration and time. */
  readonly rate: number
  readonly control: Control
  /** mol/s of acidity that complete dissolution takes. */
  readonly demand: number
}

/** Batch: all particles see the same falling acid. Fourth-order Runge-Kutta in the acid dose. */
function batchDose(classes: readonly LeachClass[], acid: number, volume: number, time: number) {
  const strength = (dose: number) => {
    let left = acid
    for (const c of classes) left -= c.demand * shrinkingCoreConversion(c.control, c.rate * dose)
    return Math.max(0, left) / volume
  }
  // Steps short against the time in which the fastest class would use up the acid.
  const fastest = classes.reduce((sum, c) => sum + (3 * c.rate * c.demand) / volume, 0)
  const steps = Math.min(4000, Math.max(100, Math.ceil(fastest * time * 2)))
  const h = time / steps
  let dose = 0
  for (let i = 0; i < steps; i++) {
    const a = strength(dose)
    if (a === 0) break
    const b = strength(dose + (h / 2) * a)
    const c = strength(dose + (h / 2) * b)
    const d = strength(dose + h * c)
    dose += (h / 6) * (a + 2 * b + 2 * c + d)
  }
  return dose
}

/**
 * Conversion of each class after `time` seconds in acid that it uses up itself (`acid` in mol/s in
 * a liquor of `volume` m3/s), first order in total acidity. `tanks` = 0: batch; else equal stirred
 * tanks in series, each at its own acid, with the residence times of the particles spread as in
 * them. Never uses more acid than there is.
 */
export function leachConversions(
  classes: readonly LeachClass[],
  acid: number,
  volume: number,
  time: number,
  tanks: number,
): readonly number[] {
  if (!(acid > 0) || !(volume > 0) || !(time > 0)) return classes.map(() => 0)
  let dose = 0
  if (tanks === 0) dose = batchDose(classes, acid, volume, time)
  const after = (d: number, count: number) =>
    classes.map((c) => meanConversion(c.control, c.rate * d, count))
  const used = (conversions: readonly number[]) =>
    conversions.reduce((sum, x, k) => sum + x * (classes[k]?.demand ?? 0), 0)
  for (let tank = 1; tank <= tanks; tank++) {
    const before = dose
    const gap = (strength: number) => {
      const left = acid - used(after(before + (strength * time) / tanks, tank))
      return left / volume - strength
    }
    const found = brent(gap, 0, acid / volume, { tolerance: (1e-9 * acid) / volume })
    const strength = found.outcome === 'converged' ? found.x : 0
    dose = before + (strength * time) / tanks
  }
  const conversions = after(dose, tanks)
  const total = used(conversions)
  return total > acid ? conversions.map((x) => (x * acid) / total) : conversions
}
