import type { Outcome, UnitResult } from './unit-op.ts'
import { sameStream, sameValue } from './equality.ts'
import type { Flowsheet, OkResult, UnitInstance } from './flowsheet.ts'
import type { PlannedUnit } from './plan.ts'
import { isEmpty, scale, type Stream } from './stream.ts'

export type FailedResult = Exclude<UnitResult, { ok: true }>

/** One calculation of one unit: what went in and what came of it. */
export interface UnitRun {
  readonly unit: UnitInstance
  readonly inlets: Readonly<Record<string, Stream>>
  readonly result: UnitResult
  /** The last successful answer, this one or an earlier. */
  readonly latest?: OkResult
  /** True when it was calculated with other chemistry: good for a warm start only. */
  readonly stale?: boolean
  /** Given back to the unit as `memory`. */
  readonly memory?: unknown
}

/** True when the unit would be given exactly what it was given before. */
export function unchanged(
  earlier: UnitRun,
  unit: UnitInstance,
  inlets: Readonly<Record<string, Stream>>,
): boolean {
  if (earlier.stale === true || earlier.unit.op !== unit.op) return false
  if (!sameValue(earlier.unit.params, unit.params)) return false
  for (const port in inlets) {
    const before = earlier.inlets[port]
    const now = inlets[port]
    if (before === undefined || now === undefined || !sameStream(before, now)) return false
  }
  return true
}

/**
 * Calculates a unit. An answer that cannot be (a flow that is negative or not a number, a missing
 * outlet, material leaving by an open outlet) is turned into a failure that names the unit's port.
 */
export function runUnit(
  sheet: Flowsheet,
  unit: UnitInstance,
  planned: PlannedUnit,
  inlets: Readonly<Record<string, Stream>>,
  earlier: (Pick<UnitRun, 'memory'> & { readonly latest?: OkResult }) | undefined,
): UnitRun {
  const { op, name, params } = unit
  const answer = op.steady({
    name,
    inlets,
    params,
    properties: sheet.properties,
    memory: earlier?.memory,
  })
  const result = answer.ok ? checked(sheet, unit, planned, answer) : answer
  const latest = result.ok ? result : earlier?.latest
  const memory = result.ok && result.memory !== undefined ? result.memory : earlier?.memory
  return {
    unit,
    inlets,
    result,
    ...(latest === undefined ? {} : { latest }),
    ...(memory === undefined ? {} : { memory }),
  }
}

/** A drawn line: the reagent at 1 kg/s times what was drawn. */
export function drawnStream(offered: Stream, result: OkResult, port: string): Stream {
  return scale(offered, result.draws?.[port] ?? 0)
}

function failed(outcome: Outcome, at: string, detail: string, advice: string): FailedResult {
  return { ok: false, outcome, at, detail, advice }
}

function checked(
  sheet: Flowsheet,
  unit: UnitInstance,
  planned: PlannedUnit,
  result: OkResult,
): UnitResult {
  const table = sheet.properties.species
  for (const { port, lines } of planned.outlets) {
    const stream = result.outlets[port]
    if (stream === undefined && lines.length === 0) continue
    if (stream === undefined) throw new Error(`${unit.op.kind} ${unit.name} leaves out ${port}`)
    const wrong = impossibleEntry(stream)
    if (wrong >= 0) {
      const what = table.species[wrong]
      const flow = `${stream.flow[wrong]} mol/s of ${what?.id} (${what?.phase})`
      return failed('out-of-domain', port, `${unit.name}.${port} carries ${flow}`, reportIt)
    }
    if (!Number.isFinite(stream.temperature) || stream.temperature <= 0) {
      const detail = `${unit.name}.${port} is at ${stream.temperature} K`
      return failed('out-of-domain', port, detail, reportIt)
    }
    if (lines.length === 0 && !isEmpty(stream)) {
      const detail = `${unit.name}.${port} carries material and is connected to nothing`
      return failed('infeasible', port, detail, `connect ${unit.name}.${port}`)
    }
  }
  for (const [port, draw] of Object.entries(result.draws ?? {})) {
    const at = `${unit.name}.${port}`
    if (!(draw >= 0 && draw < Infinity)) {
      return failed('out-of-domain', port, `${at} draws ${draw} kg/s`, reportIt)
    }
    const open = planned.inlets.find((inlet) => inlet.port === port)?.lines.length === 0
    if (open && draw > 0) {
      const detail = `${at} needs ${draw.toPrecision(3)} kg/s and is connected to nothing`
      return failed('infeasible', port, detail, `connect a reagent to ${at}`)
    }
  }
  return result
}

const reportIt = 'a fault of the unit operation: please report it with the plant file'

function impossibleEntry({ flow }: Stream): number {
  for (let i = 0; i < flow.length; i++) {
    const n = flow[i] as number
    if (!(n >= 0 && n < Infinity)) return i
  }
  return -1
}
