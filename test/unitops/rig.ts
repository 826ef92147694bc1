import { expect } from 'vitest'
import { bank, properties } from '../../src/databank/index.ts'
import type { Phase } from '../../src/chemistry/index.ts'
import { emptyStream, type Stream } from '../../src/flowsheet/index.ts'
import type { Fields } from '../../src/flowsheet/fields.ts'
import type { Properties, UnitOp, UnitResult } from '../../src/flowsheet/unit-op.ts'

/** A plant with the elements of magnet recycling, for trying one unit by itself. */
export const magnetPlant: Properties = properties(bank, {
  elements: 'La Ce Pr Nd Sm Gd Tb Dy Ho Y Fe Al Co Ni Cu Mg Si'.split(' '),
  extractants: ['PC88A'],
})

/** A stream from `{ 'aqueous Nd+3': 0.1, ... }` in mol/s. */
export function streamOf(
  flows: Readonly<Record<string, number>>,
  temperature = 298.15,
  plant: Properties = magnetPlant,
): Stream {
  const table = plant.species
  const flow = new Float64Array(table.species.length)
  for (const [name, n] of Object.entries(flows)) {
    const space = name.indexOf(' ')
    flow[table.index(name.slice(0, space) as Phase, name.slice(space + 1))] = n
  }
  return { flow, temperature }
}

/** Powder of 74 um, or of another size, m. */
export function fine(flows: Readonly<Record<string, number>>, particleSize = 74e-6): Stream {
  return { ...streamOf(flows), particleSize }
}

/** mol/s of one species of a stream. */
export function molesOf(stream: Stream | undefined, name: string): number {
  const table = magnetPlant.species
  const space = name.indexOf(' ')
  return stream?.flow[table.index(name.slice(0, space) as Phase, name.slice(space + 1))] ?? 0
}

/** A pure reagent at 1 kg/s, from molar proportions. */
export function reagentOf(flows: Readonly<Record<string, number>>): Stream {
  const stream = streamOf(flows)
  const table = magnetPlant.species
  const mass = stream.flow.reduce((sum, n, i) => sum + n * (table.molarMass[i] as number), 0)
  return { flow: stream.flow.map((n) => n / mass), temperature: stream.temperature }
}

/** 1 kg/s of common reagents. */
export const reagents = {
  water: reagentOf({ 'aqueous H2O': 1 }),
  caustic: reagentOf({ 'aqueous Na+': 0.1, 'aqueous OH-': 0.1, 'aqueous H2O': 0.5 }),
  ammonia: reagentOf({ 'aqueous NH3': 0.25, 'aqueous H2O': 0.75 }),
  lime: reagentOf({ 'solid Ca(OH)2': 0.1, 'aqueous H2O': 1.6 }),
  peroxide: reagentOf({ 'aqueous H2O2': 0.26, 'aqueous H2O': 0.74 }),
  oxalic: reagentOf({ 'aqueous H+': 0.2, 'aqueous C2O4-2': 0.1, 'aqueous H2O': 8 }),
  soda: reagentOf({ 'aqueous Na+': 0.2, 'aqueous CO3-2': 0.1, 'aqueous H2O': 6 }),
  air: reagentOf({ 'gas N2': 0.79, 'gas O2': 0.21 }),
} as const

function defaults(fields: Fields): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(fields).map(([name, field]) => [
      name,
      'default' in field ? field.default : undefined,
    ]),
  )
}

type Done = Extract<UnitResult, { ok: true }>

/** A named figure of what was solved; NaN where there is none. */
export function figure(done: Done, name: string): number {
  return done.figures?.[name]?.value ?? Number.NaN
}

/** Runs a unit with its defaults and `params`: it must be good, close and size equipment. */
export function run(
  op: UnitOp,
  inlets: Readonly<Record<string, Stream>>,
  params: Readonly<Record<string, unknown>> = {},
  memory?: unknown,
): Done {
  const input = inputOf(op, inlets, params, memory)
  const result = op.steady(input)
  if (!result.ok) throw new Error(`${result.outcome} at ${result.at}: ${result.detail}`)
  closes(op, input.inlets, result)
  for (const item of op.equipment({ ...input, result })) {
    expect(Number.isFinite(item.size.value) && item.size.value >= 0, item.type).toBe(true)
  }
  return result
}

/** Size of the first item of equipment of a unit. */
export function sizeOf(
  op: UnitOp,
  inlets: Readonly<Record<string, Stream>>,
  params: Readonly<Record<string, unknown>> = {},
): number {
  const input = inputOf(op, inlets, params)
  const result = op.steady(input)
  if (!result.ok) throw new Error(result.detail)
  return op.equipment({ ...input, result })[0]?.size.value ?? 0
}

/** What a unit is given: parameters with defaults, unconnected inlets empty. */
export function inputOf(
  op: UnitOp,
  inlets: Readonly<Record<string, Stream>>,
  params: Readonly<Record<string, unknown>> = {},
  memory?: unknown,
) {
  const all = { ...defaults(op.params), ...params }
  const ports = typeof op.inlets === 'function' ? op.inlets(all) : op.inlets
  const given = Object.fromEntries(
    ports.map((port) => [port.name, inlets[port.name] ?? emptyStream(magnetPlant.species)]),
  )
  return { name: 'unit', inlets: given, params: all, properties: magnetPlant, memory }
}

/** Elements and aqueous charge of what goes in (draws counted) and out must agree to 1e-11. */
function closes(op: UnitOp, inlets: Readonly<Record<string, Stream>>, result: Done): void {
  const table = magnetPlant.species
  const ports = typeof op.inlets === 'function' ? op.inlets({}) : op.inlets
  const width = table.elements.length
  const into = new Float64Array(width)
  const out = new Float64Array(width)
  const add = (sums: Float64Array, stream: Stream, times: number) => {
    for (const [i, n] of stream.flow.entries()) {
      if (!(Number.isFinite(n) && n >= 0)) throw new Error(`${table.species[i]?.id} flows at ${n}`)
      if (n === 0) continue
      for (let e = 0; e < width; e++) {
        sums[e] = (sums[e] as number) + times * n * (table.composition[i * width + e] as number)
      }
    }
  }
  for (const port of ports) {
    const stream = inlets[port.name]
    const times = port.drawn === true ? (result.draws?.[port.name] ?? 0) : 1
    if (stream !== undefined && times > 0) add(into, stream, times)
  }
  for (const stream of Object.values(result.outlets)) {
    add(out, stream, 1)
    let charge = 0
    let size = 0
    for (const row of table.inPhase('aqueous')) {
      const part = (stream.flow[row] as number) * (table.charge[row] as number)
      charge += part
      size += Math.abs(part)
    }
    expect(Math.abs(charge)).toBeLessThanOrEqual(1e-10 * size + 1e-15)
  }
  const total = into.reduce((sum, n) => sum + n, 0)
  if (Object.keys(result.outlets).length === 0) return
  for (let e = 0; e < width; e++) {
    const a = into[e] as number
    const b = out[e] as number
    const gap = Math.abs(a - b) / Math.max(a, b, 1e-12 * total)
    expect(gap, `${table.elements[e]} in ${a} out ${b}`).toBeLessThan(1e-11)
  }
}
