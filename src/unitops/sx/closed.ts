import { emptyStream } from '../../flowsheet/index.ts'
import { build, refluxOf } from './model.ts'
import type { Built } from './model.ts'
import type { SxSolution } from './problem.ts'

/** The two stretches of a start by total reflux. */
export interface Closed {
  /** The feed is on: the circuit fills. */
  readonly filling: Built
  /** The feed is off: what the circuit holds goes round. */
  readonly circulating: Built
}

/**
 * The circuit with its product end closed (total reflux): the whole strip liquor returns as scrub,
 * its acid neutralised, beside the scrub acid. With the feed off next to nothing leaves at the
 * other end either, where the base on the organic takes up what the scrub sends down. Answers a
 * text where the circuit cannot be closed.
 */
export function closedProductEnd(open: Built, solution: SxSolution): Closed | string {
  const { circuit, knobs, laid } = open
  const { params, inventory, inlets, table, feeds } = circuit
  const cation = inventory.exchanged.findIndex((e) => e.element === params.base)
  const ion = table.find('aqueous', params.base === 'Na' ? 'OH-' : 'NH3')
  const strength = ion < 0 ? 0 : (inlets['base']?.flow[ion] ?? 0)
  if (cation < 0 || !(strength > 0))
    return 'the acid of the strip liquor must be neutralised before it returns, and no base is used'
  const reflux = { from: undefined, to: undefined, ...params.reflux, fraction: 1, neutralised: 1 }
  const closed = { ...circuit, params: { ...params, reflux } }
  const place = refluxOf(closed)
  if (place === undefined) return 'there is no strip section, or no scrub section, to close'
  const n = laid.network.stages
  const stage = circuit.starts[place.section] as number
  let acid = solution.acid[stage] as number
  inventory.exchanged.forEach((e, k) => {
    acid -= e.charge * (solution.aqueous[k * n + stage] as number)
  })
  let flow =
    (laid.network.aqueousBack[stage] as number) + (laid.network.aqueousExit[stage] as number)
  for (const r of laid.network.recycles) if (r.from === stage) flow += r.flow
  const base = (flow * Math.max(acid, 1e-6)) / strength
  const filling = build(closed, knobs, base)
  const still = Object.fromEntries(feeds.map(({ port }) => [port, emptyStream(table)] as const))
  const quiet = { ...closed, inlets: { ...inlets, ...still } }
  const circulating = build(quiet, knobs, base)
  if (typeof filling === 'string') return filling
  return typeof circulating === 'string' ? circulating : { filling, circulating }
}
