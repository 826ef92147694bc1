/** Points on (0, 1) and weights that add up to 1. */
export interface Quadrature {
  readonly at: Float64Array
  readonly weight: Float64Array
}

/**
 * Gauss-Legendre rule of `count` points: exact for polynomials up to degree 2 count - 1. Roots of
 * the Legendre polynomial by Newton from their asymptotic places.
 */
export function gaussLegendre(count: number): Quadrature {
  const at = new Float64Array(count)
  const weight = new Float64Array(count)
  for (let i = 0; i < count; i++) {
    let x = Math.cos((Math.PI * (i + 0.75)) / (count + 0.5))
    let slope = 0
    for (let turn = 0; turn < 20; turn++) {
      let [before, value] = [0, 1]
      for (let k = 1; k <= count; k++) {
        ;[before, value] = [value, ((2 * k - 1) * x * value - (k - 1) * before) / k]
      }
      slope = (count * (x * value - before)) / (x * x - 1)
      const move = value / slope
      x -= move
      if (Math.abs(move) < 1e-16) break
    }
    at[i] = 0.5 * (1 - x)
    weight[i] = 1 / ((1 - x * x) * slope * slope)
  }
  return { at, weight }
}
