import type { FlowsheetSolution } from '../flowsheet/index.ts'
import type { Measured } from './measure-value.ts'
import type { Solution } from './solution.ts'

/**
 * The solution with the operating window of every circuit that has limits: how far each of its
 * flows may move alone, as fractions of its value. Each window costs some tens of warm solves.
 */
export function withWindows(
  solution: Solution,
  solved: FlowsheetSolution,
  { state }: Measured,
): Solution {
  const circuits = { ...solution.circuits }
  for (const run of solved.memory.state.runs) {
    if (run === undefined) continue
    const { name, op, params } = run.unit
    const [result, circuit] = [state.results[name], circuits[name]]
    if (result === undefined || circuit === undefined) continue
    const { properties } = state
    const found = op.window?.({ name, inlets: run.inlets, params, properties, result })
    if (found === undefined) continue
    const window = Object.entries(found).map(([knob, [low, high]]): [string, [number, number]] => [
      knob,
      [low, high],
    ])
    circuits[name] = { ...circuit, window: Object.fromEntries(window) }
  }
  return { ...solution, circuits }
}
