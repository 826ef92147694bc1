import { begin, iterate } from './newton.ts'
import type { Newton } from './newton.ts'

/**
 * One implicit step in hold-up from the contents held, at `pace` = 1 / time step. On success the
 * contents become those reached; on failure unknowns and contents are as before.
 */
export function advance(
  newton: Newton,
  pace: number,
  tolerance: number,
  iterations: number,
): boolean {
  const { state, tally } = newton
  const kept = Float64Array.from(state.unknowns)
  begin(newton, pace)
  const before = tally.solves
  const end = iterate(newton, { tolerance, iterations, stride: 2, patience: 3, least: 1 })
  if (end !== 'solved') {
    state.unknowns.set(kept)
    return false
  }
  state.heldX.set(state.x)
  state.heldM.set(state.m)
  return tally.solves - before <= iterations
}

/** Time that the slowest phase needs through one stage: the unit of the first step, s. */
export function residence(newton: Newton): number {
  const { network, organic } = newton.state.chain
  let longest = 0
  for (let i = 0; i < network.stages; i++) {
    const o = (network.organicHold[i] as number) / (organic[i] as number)
    if (o > longest) longest = o
  }
  return longest
}
