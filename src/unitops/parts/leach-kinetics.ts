import { brent, gaussLegendre } from '../../numerics/index.ts'
import { meanConversion, shrinkingCoreConversion, type Control } from './kinetics.ts'

/** Solids that dissolve at one rate, together. */
export interface LeachClass {
  /** m3/(mol s): dimensionless shrinking-core time per acid concentration and time. */
  readonly rate: number
  readonly control: Control
  /** mol/s of acidity that complete dissolution takes. */
  readonly demand: number
}

const rule = gaussLegendre(16)

/**
 * Batch: all particles see the same falling acid. The dose is the integral of the acid's
 * concentration over time, so the acid is a function of the dose alone and the time that a dose
 * takes is the integral of volume over acid left. Gauss-Legendre over steps that halve the acid at
 * most and end where a class is used up; Newton for the dose at `time` in the last of them.
 */
function batchDose(classes: readonly LeachClass[], acid: number, volume: number, time: number) {
  const left = (dose: number) => {
    let rest = acid
    for (let k = 0; k < classes.length; k++) {
      const { control, rate, demand } = classes[k] as LeachClass
      rest -= demand * shrinkingCoreConversion(control, rate * dose)
    }
    return rest
  }
  const taking = (from: number, to: number) => {
    let sum = 0
    for (let i = 0; i < rule.at.length; i++) {
      sum += (rule.weight[i] as number) / left(from + (to - from) * (rule.at[i] as number))
    }
    return sum * volume * (to - from)
  }
  const ends = classes.flatMap((c) => (c.rate > 0 && c.demand > 0 ? [1 / c.rate] : []))
  // A product layer begins with infinite slope and ends with a bent one: steps that grow and
  // shrink.
  const graded = classes.some((c) => c.control === 'product-layer')
  let [dose, now, begun] = [0, 0, 0]
  for (let steps = 0; steps < 1000; steps++) {
    const strength = left(dose)
    if (!(strength > 1e-15 * acid)) return dose
    const end = ends.reduce((least, e) => (e > dose && e < least ? e : least), Infinity)
    let step = Math.min(end - dose, ((time - now) * strength) / volume)
    if (graded && end < Infinity) {
      step = Math.min(step, Math.max(1e-9 * end, 4 * (dose - begun)))
      if (end - dose > 1e-9 * end) step = Math.min(step, 0.8 * (end - dose))
    }
    for (let k = 0; k < 60 && left(dose + step) < 0.5 * strength; k++) step *= 0.6
    const passed = taking(dose, dose + step)
    if (now + passed >= time * (1 - 1e-15)) {
      return doseAfter(time - now, dose, step, passed)
    }
    now += passed
    dose = dose + step >= end * (1 - 1e-15) ? end : dose + step
    if (dose === end) begun = end
  }
  return dose

  /** Dose at which `wanted` seconds have passed since `from`; `step` takes at least that long. */
  function doseAfter(wanted: number, from: number, step: number, passed: number): number {
    let [low, high] = [from, from + step]
    let guess = from + step * Math.min(1, wanted / passed)
    for (let turn = 0; turn < 40; turn++) {
      const miss = taking(from, guess) - wanted
      if (miss > 0) high = guess
      else low = guess
      const next = guess - (miss * left(guess)) / volume
      // The acid halves at most in a step: Newton's next error is below the square of this one.
      if (next > low && next < high && Math.abs(next - guess) <= 1e-8 * step) return next
      const kept = next > low && next < high ? next : 0.5 * (low + high)
      if (Math.abs(kept - guess) <= 1e-15 * guess) return kept
      guess = kept
    }
    return guess
  }
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
