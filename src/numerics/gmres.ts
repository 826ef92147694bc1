/**
 * Restart-free GMRES with a preconditioner on the right: a x = b by the operator `apply`. Made once
 * for a size; solving allocates nothing.
 */
export interface Gmres {
  readonly n: number
  readonly limit: number
  readonly basis: Float64Array
  /** The basis, preconditioned: the answer is a sum of these, so nothing is applied twice. */
  readonly prepared: Float64Array
  readonly hessenberg: Float64Array
  readonly cosine: Float64Array
  readonly sine: Float64Array
  readonly right: Float64Array
}

type Operator = (vector: Float64Array, result: Float64Array) => void

/** Workspace for systems of `n` unknowns and at most `limit` directions. */
export function makeGmres(n: number, limit: number): Gmres {
  return {
    n,
    limit,
    basis: new Float64Array(n * (limit + 1)),
    prepared: new Float64Array(n * limit),
    hessenberg: new Float64Array((limit + 1) * limit),
    cosine: new Float64Array(limit),
    sine: new Float64Array(limit),
    right: new Float64Array(limit + 1),
  }
}

function norm(v: Float64Array): number {
  let sum = 0
  for (let i = 0; i < v.length; i++) sum += (v[i] as number) * (v[i] as number)
  return Math.sqrt(sum)
}

/**
 * Solves to a relative residual of `tolerance` (of b) or until the directions are used up; `x` is
 * overwritten, starting from zero. Answers the number of directions taken.
 */
export function gmres(
  space: Gmres,
  apply: Operator,
  precondition: Operator,
  b: Float64Array,
  x: Float64Array,
  tolerance: number,
): number {
  const { n, limit, basis, prepared, hessenberg, right } = space
  const size = norm(b)
  x.fill(0)
  if (!(size > 0) || !Number.isFinite(size)) return 0
  right.fill(0)
  right[0] = size
  for (let i = 0; i < n; i++) basis[i] = (b[i] as number) / size
  let taken = 0
  while (taken < limit) {
    const j = taken
    const work = prepared.subarray(j * n, (j + 1) * n)
    precondition(basis.subarray(j * n, (j + 1) * n), work)
    const next = basis.subarray((j + 1) * n, (j + 2) * n)
    apply(work, next)
    const left = orthogonalise(space, j, next)
    taken++
    if (Number.isNaN(left)) return taken - 1 > 0 ? finish(space, taken - 1, x) : 0
    if (Math.abs(right[taken] as number) <= tolerance * size || left === 0) break
  }
  for (let i = 0; i < taken; i++) if ((hessenberg[i * limit + i] as number) === 0) taken = i
  return finish(space, taken, x)
}

/** Gram-Schmidt (modified), Givens rotation of the new column; answers the length left over. */
function orthogonalise(space: Gmres, j: number, next: Float64Array): number {
  const { n, limit, basis, hessenberg, cosine, sine, right } = space
  for (let i = 0; i <= j; i++) {
    let dot = 0
    const o = i * n
    for (let q = 0; q < n; q++) dot += (basis[o + q] as number) * (next[q] as number)
    for (let q = 0; q < n; q++) next[q] = (next[q] as number) - dot * (basis[o + q] as number)
    hessenberg[i * limit + j] = dot
  }
  const left = norm(next)
  if (!Number.isFinite(left)) return Number.NaN
  if (left > 0) for (let q = 0; q < n; q++) next[q] = (next[q] as number) / left
  for (let i = 0; i < j; i++) {
    const above = hessenberg[i * limit + j] as number
    const below = hessenberg[(i + 1) * limit + j] as number
    hessenberg[i * limit + j] = (cosine[i] as number) * above + (sine[i] as number) * below
    hessenberg[(i + 1) * limit + j] = (cosine[i] as number) * below - (sine[i] as number) * above
  }
  const diagonal = hessenberg[j * limit + j] as number
  const length = Math.hypot(diagonal, left)
  cosine[j] = length > 0 ? diagonal / length : 1
  sine[j] = length > 0 ? left / length : 0
  hessenberg[j * limit + j] = length
  right[j + 1] = -sine[j] * (right[j] as number)
  right[j] = cosine[j] * (right[j] as number)
  return left
}

function finish(space: Gmres, taken: number, x: Float64Array): number {
  const { n, limit, prepared, hessenberg, right } = space
  for (let i = taken - 1; i >= 0; i--) {
    let sum = right[i] as number
    for (let j = i + 1; j < taken; j++)
      sum -= (hessenberg[i * limit + j] as number) * (right[j] as number)
    right[i] = sum / (hessenberg[i * limit + i] as number)
  }
  for (let j = 0; j < taken; j++) {
    const share = right[j] as number
    const o = j * n
    for (let q = 0; q < n; q++) x[q] = (x[q] as number) + share * (prepared[o + q] as number)
  }
  return taken
}
