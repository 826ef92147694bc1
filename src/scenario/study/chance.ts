import {
  latinColumn,
  mostSobolDimensions,
  random,
  sobolPoints,
  type Random,
} from '../../numerics/index.ts'
import { sha256 } from '../hash.ts'
import type { Refusal } from './parameters.ts'

/** How the draws are spread. `saltelli` also gives total Sobol indices, at N (inputs + 2) runs. */
export const designs = ['lhs', 'sobol', 'saltelli'] as const
export type Design = (typeof designs)[number]

/** What a person may ask for how draws are made. */
export interface DesignRequest {
  readonly design: Design
  readonly draws: number
  readonly seed: number
}

export const uncertaintyLimits = { draws: 1_000_000, inputs: 200, results: 100 } as const

/** What a design cannot do with so many inputs and results. */
export function designFaults(
  { design, draws, seed }: DesignRequest,
  inputs: number,
  results: number,
  isCorrelated: () => boolean,
): readonly Refusal[] {
  const refuse = (message: string, expected: string): Refusal => ({ ok: false, message, expected })
  const { draws: most, inputs: mostInputs, results: mostResults } = uncertaintyLimits
  if (!(Number.isInteger(draws) && draws >= 2 && draws <= most)) {
    return [refuse(`${draws} draws`, `a whole number from 2 to ${most}`)]
  }
  if (!Number.isSafeInteger(seed)) return [refuse(`the seed ${seed}`, 'a whole number')]
  if (inputs > mostInputs || results > mostResults) {
    const message = `${inputs} inputs and ${results} results`
    return [refuse(message, `at most ${mostInputs} inputs and ${mostResults} results`)]
  }
  if (design === 'lhs') return []
  const dimensions = inputs * (design === 'saltelli' ? 2 : 1)
  if (dimensions > mostSobolDimensions) {
    const limit = mostSobolDimensions / (design === 'saltelli' ? 2 : 1)
    return [refuse(`${inputs} inputs with ${design}`, `at most ${limit}; or lhs`)]
  }
  if (design === 'sobol') return []
  if (draws < 2 * (inputs + 2)) {
    const least = 2 * (inputs + 2)
    return [refuse(`${draws} draws are too few for saltelli`, `at least ${least}, better 1000`)]
  }
  const expected = 'lhs or sobol, which give first-order indices of correlated inputs'
  return isCorrelated() ? [refuse('saltelli needs inputs that are independent', expected)] : []
}

/** Draws that a design makes: with `saltelli` whole rows of inputs + 2. */
export function drawsOf({ design, draws }: DesignRequest, inputs: number): number {
  return design === 'saltelli' ? Math.floor(draws / (inputs + 2)) * (inputs + 2) : draws
}

/** Chance of its own for each input, so that one more input changes no other's draws. */
export const chanceOf = (seed: number, name: string, half: number): Random =>
  random(Number.parseInt(sha256(`${seed} ${half} ${name}`).slice(0, 12), 16))

/**
 * Numbers in (0, 1), draws by inputs, row-major, in the order of the design. With `lhs` an input
 * draws the same in every plan that has it. With `saltelli` a row of the design is A, B and A with
 * each input in turn from B.
 */
export function uniforms(
  names: readonly string[],
  {
    design,
    draws,
    seed,
  }: { readonly design: Design; readonly draws: number; readonly seed: number },
): Float64Array {
  const n = names.length
  const chance = (k: number, half = 0) => chanceOf(seed, names[k] ?? '', half)
  if (design === 'sobol') return sobolPoints(draws, n, (d) => chance(d))
  const values = new Float64Array(draws * n)
  if (design === 'lhs') {
    for (let k = 0; k < n; k++) {
      for (const [i, u] of latinColumn(draws, chance(k)).entries()) values[i * n + k] = u
    }
    return values
  }
  const rows = draws / (n + 2)
  const points = sobolPoints(rows, 2 * n, (d) => chance(d % n, Math.floor(d / n)))
  for (let i = 0; i < draws; i++) {
    const row = Math.floor(i / (n + 2))
    for (let k = 0; k < n; k++) {
      values[i * n + k] = points[row * 2 * n + (isFromB(i, k, n) ? n + k : k)] as number
    }
  }
  return values
}

/** Whether draw `i` of a row of `saltelli` takes input `k` of `n` from B. */
function isFromB(i: number, k: number, n: number): boolean {
  const part = i % (n + 2)
  return part === 1 || part === k + 2
}

/**
 * Which independent sample a draw belongs to as far as input `k` goes: what an input draws beside
 * its number in (0, 1) comes from chance of that sample.
 */
export function sampleOf(draw: number, k: number, n: number, design: Design): number {
  if (design !== 'saltelli') return draw
  return 2 * Math.floor(draw / (n + 2)) + (isFromB(draw, k, n) ? 1 : 0)
}
