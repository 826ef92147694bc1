/**
 * Displacement washing of a filter cake, seen as a row of well mixed cells: what is left of the
 * mother liquor after wash liquor has been pushed through.
 *
 * `ratio` is wash volume over the volume of liquor in the cake; `cells` is how many mixed cells the
 * cake counts as: 1 is full back-mixing (exp(-ratio)), many is a sharp front (1 - ratio). The
 * remaining share is the mean over the cells of the chance that fewer displacements than its
 * position have reached it (a Poisson sum), the usual tanks-in-series result.
 */
export function motherLiquorLeft(ratio: number, cells: number): number {
  if (!(ratio >= 0) || !(cells >= 1)) throw new Error('wash ratio and cells must be positive')
  const reach = ratio * cells
  let term = Math.exp(-reach)
  let below = 0
  let sum = 0
  for (let cell = 1; cell <= cells; cell++) {
    below += term
    sum += Math.min(1, below)
    term *= reach / cell
  }
  return Math.min(1, sum / cells)
}
