/**
 * The electrostatic part of the mixing of two ions of the same sign and charges `p`, `q` (Pitzer,
 * J. Solution Chem. 4 (1975) 249): writes its value and its first and second derivative to the
 * ionic strength `strength` (mol/kg). `slope` = Debye-Hueckel slope of the osmotic coefficient.
 */
export function electrostaticMixing(
  p: number,
  q: number,
  strength: number,
  slope: number,
  out: Float64Array,
): void {
  const unit = 6 * slope * Math.sqrt(strength)
  let [j0, j1, j2] = [0, 0, 0]
  for (let term = 0; term < 3; term++) {
    const weight = term === 0 ? 1 : -0.5
    const x = unit * (term === 0 ? p * q : term === 1 ? p * p : q * q)
    const inner = c3 * x ** c4
    const w = c1 * x ** -c2 * Math.exp(-inner)
    const l = -(c2 + c4 * inner) / x
    const dl = (c2 - c4 * (c4 - 1) * inner) / (x * x)
    const d = 4 + w
    const [dw, ddw] = [w * l, w * (l * l + dl)]
    j0 += (weight * x) / d
    j1 += weight * x * (1 / d - (x * dw) / (d * d))
    j2 += weight * x * x * ((-2 * dw - x * ddw) / (d * d) + (2 * x * dw * dw) / (d * d * d))
  }
  const factor = (p * q) / 4
  out[0] = (factor * j0) / strength
  out[1] = (factor * (0.5 * j1 - j0)) / strength ** 2
  out[2] = (factor * (0.25 * (j1 + j2) - 1.5 * j1 + 2 * j0)) / strength ** 3
}

// J(x) = x / (4 + c1 x^-c2 exp(-c3 x^c4)), equation 47 of the 1975 paper.
const [c1, c2, c3, c4] = [4.581, 0.7237, 0.012, 0.528] as const
