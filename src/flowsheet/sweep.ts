import type { Failure } from './flowsheet.ts'
import { mix } from './mix.ts'
import type { Plan } from './plan.ts'
import { drawnStream, runUnit, unchanged, type UnitRun } from './run-unit.ts'
import { addElements, emptyStream, type Stream } from './stream.ts'
import type { ElementScale } from './tears.ts'

/** What a sweep reads and writes: one entry a connection, one entry a unit. */
export interface Contents {
  readonly streams: readonly Stream[]
  readonly runs: readonly (UnitRun | undefined)[]
}

export interface Swept extends Contents {
  readonly failures: readonly Failure[]
  readonly calculated: number
  readonly reused: number
}

/**
 * Calculates units in the order given. A unit that is given exactly what it was given before is not
 * calculated again. A unit that fails leaves its outlets as they were: a trial content of a tear
 * may be impossible while the loop is still filling.
 */
export function sweep(plan: Plan, contents: Contents, units: readonly number[]): Swept {
  const streams = [...contents.streams]
  const runs = [...contents.runs]
  const failures: Failure[] = []
  let reused = 0
  for (const index of units) {
    const unit = plan.sheet.units[index]
    const planned = plan.units[index]
    if (unit === undefined || planned === undefined) throw new Error('a plan of another sheet')
    const inlets = gather(plan, streams, runs, index)
    const earlier = runs[index]
    const same = earlier !== undefined && unchanged(earlier, unit, inlets)
    // A unit that is as it was counts as the sheet's own: it is compared once, not every sweep.
    const kept = same && earlier.unit !== unit ? { ...earlier, unit } : earlier
    const run =
      same && kept !== undefined ? kept : runUnit(plan.sheet, unit, planned, inlets, earlier)
    if (same) reused++
    runs[index] = run
    if (!run.result.ok) {
      const { outcome, at, detail, advice } = run.result
      failures.push({ outcome, unit: unit.name, at, detail, advice })
      continue
    }
    for (const { port, lines } of planned.outlets) {
      const stream = run.result.outlets[port]
      for (const line of lines) {
        if (stream !== undefined && plan.drawn[line] !== true) streams[line] = stream
      }
    }
    for (const { port, drawn, lines } of planned.inlets) {
      const offered = inlets[port]
      if (!drawn || offered === undefined) continue
      for (const line of lines) streams[line] = drawnStream(offered, run.result, port)
    }
  }
  return { streams, runs, failures, calculated: units.length - reused, reused }
}

/** What arrives at each inlet: the line, several mixed, nothing, or a reagent at 1 kg/s. */
function gather(
  plan: Plan,
  streams: readonly Stream[],
  runs: readonly (UnitRun | undefined)[],
  index: number,
): Record<string, Stream> {
  const table = plan.sheet.properties.species
  const inlets: Record<string, Stream> = {}
  for (const { port, drawn, lines } of plan.units[index]?.inlets ?? []) {
    const arriving = lines.map((line) =>
      drawn ? offeredAt(plan, runs, line) : (streams[line] as Stream),
    )
    inlets[port] = arriving.length === 1 ? (arriving[0] as Stream) : mix(table, arriving)
  }
  return inlets
}

function offeredAt(plan: Plan, runs: readonly (UnitRun | undefined)[], line: number): Stream {
  const source = plan.sources[line]
  const result = runs[source?.unit ?? -1]?.result
  const offered = result?.ok === true ? result.outlets[source?.port ?? ''] : undefined
  return offered ?? emptyStream(plan.sheet.properties.species)
}

/**
 * What element mismatches are measured by: the smaller of what the plant is supplied with and what
 * the unit behind the line is given, neither taken below 1e-12 of its molar throughput.
 */
export function elementScales(plan: Plan, streams: readonly Stream[]): ElementScale {
  const table = plan.sheet.properties.species
  const supplied = floored(
    table,
    plan.supply.map((line) => streams[line] as Stream),
  )
  return (line) => {
    const consumer = plan.units[plan.targets[line] ?? -1]
    const lines = consumer?.inlets.flatMap((inlet) => inlet.lines) ?? []
    const given = floored(
      table,
      lines.map((l) => streams[l] as Stream),
    )
    return supplied.map((s, e) => Math.min(s, given[e] as number))
  }
}

function floored(table: Plan['sheet']['properties']['species'], streams: readonly Stream[]) {
  const sums = new Float64Array(table.elements.length)
  let total = 0
  const all = new Float64Array(table.species.length)
  for (const { flow } of streams) {
    for (let i = 0; i < flow.length; i++) all[i] = (all[i] as number) + (flow[i] as number)
  }
  for (let i = 0; i < all.length; i++) total += all[i] as number
  addElements(table, all, sums)
  return sums.map((n) => Math.max(n, 1e-12 * total, Number.MIN_VALUE))
}
