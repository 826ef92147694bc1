import { describe, expect, it } from 'vitest'
import { balance, emptyStream, isEmpty, portsOf, scale } from '../../src/flowsheet/index.ts'
import type { OkResult, Stream } from '../../src/flowsheet/index.ts'
import type { Port, UnitOp, UnitResult } from '../../src/flowsheet/unit-op.ts'
import { unitOps } from '../../src/unitops/index.ts'
import { inputOf, magnetPlant } from '../unitops/rig.ts'
import { examples, exceptions, inletFor, type Example } from './examples.ts'

/** Identities that every registered unit operation keeps, whatever it is fed. */

const table = magnetPlant.species
const empty = emptyStream(table)
const outcomes = [
  'infeasible',
  'max-iterations',
  'out-of-domain',
  'extractant-saturated',
  'saponification-above-throughput',
  'acid-short',
  'organic-not-stripped',
]

type Fill = 'required' | 'all' | 'none'

function inletsOf(op: UnitOp, example: Example, fill: Fill): Record<string, Stream> {
  const { params } = inputOf(op, {}, example.params)
  const { inlets } = portsOf({ name: 'unit', op, params })
  const wanted = (port: Port) => {
    if (fill === 'all') return true
    if (example.also?.includes(port.name) === true) return true
    return port.optional !== true && (fill === 'required' || port.drawn === true)
  }
  return Object.fromEntries(
    inlets.map((p) => [p.name, wanted(p) ? (example.inlets?.[p.name] ?? inletFor(p)) : empty]),
  )
}

function run(op: UnitOp, example: Example, inlets: Record<string, Stream>, memory?: unknown) {
  const input = inputOf(op, inlets, example.params, memory)
  return {
    input,
    result: op.steady(input),
    ports: portsOf({ name: 'unit', op, params: input.params }),
  }
}

/** The unit alone between as many ends as it has ports, as the plant's balance would see it. */
function booksOf(
  ports: { inlets: readonly Port[] },
  inlets: Record<string, Stream>,
  result: OkResult,
) {
  const streams: Record<string, Stream> = {}
  const end = (unit: string, port: string) => ({ unit, port })
  const lines = ports.inlets.map((p) => {
    const stream = inlets[p.name] ?? empty
    streams[`in ${p.name}`] = p.drawn === true ? scale(stream, result.draws?.[p.name] ?? 0) : stream
    return { name: `in ${p.name}`, from: end(`from ${p.name}`, 'out'), to: end('unit', p.name) }
  })
  for (const [name, stream] of Object.entries(result.outlets)) {
    streams[`out ${name}`] = stream
    lines.push({ name: `out ${name}`, from: end('unit', name), to: end(`to ${name}`, 'in') })
  }
  return balance(table, lines, streams)
}

function soundOutcome(kind: string, result: UnitResult): void {
  if (!result.ok) {
    expect(outcomes, kind).toContain(result.outcome)
    for (const text of [result.at, result.detail, result.advice]) expect(text).not.toBe('')
    expect(result.detail).not.toMatch(/NaN|undefined/)
    return
  }
  for (const [port, stream] of Object.entries(result.outlets)) {
    for (const [i, n] of stream.flow.entries()) {
      expect(n >= 0 && n < Infinity, `${kind}.${port} ${table.species[i]?.id} ${n}`).toBe(true)
    }
    expect(stream.temperature, `${kind}.${port}`).toBeGreaterThan(200)
  }
  for (const draw of Object.values(result.draws ?? {})) expect(draw).toBeGreaterThanOrEqual(0)
  if (result.heat !== undefined) {
    if ('watts' in result.heat) expect(Number.isFinite(result.heat.watts), kind).toBe(true)
    else expect(result.heat.unknown).not.toBe('')
  }
}

function size(op: UnitOp, example: Example, inlets: Record<string, Stream>): number | undefined {
  const { input, result } = run(op, example, inlets)
  if (!result.ok) return undefined
  const items = op.equipment({ ...input, result })
  for (const { type, count, size: s, material, basis } of items) {
    expect([type, material, basis, s.name, s.unit]).not.toContain('')
    expect(s.value >= 0 && count >= 0 && s.value * count < Infinity, `${op.kind} ${type}`).toBe(
      true,
    )
  }
  return items.reduce((sum, item) => sum + item.count * item.size.value, 0)
}

function doubled(ports: readonly Port[], inlets: Record<string, Stream>): Record<string, Stream> {
  return Object.fromEntries(
    ports.map((p) => {
      const stream = inlets[p.name] ?? empty
      return [p.name, p.drawn === true ? stream : scale(stream, 2)]
    }),
  )
}

/** The rig's chemistry without extractant sets to read. */
const blind = {
  ...magnetPlant,
  get extractants(): never {
    throw new Error('read the extractant sets without saying so')
  },
}

describe.each(unitOps.map((op) => ({ kind: op.kind, op })))('$kind', ({ kind, op }) => {
  const cases = examples[kind] ?? [{ title: 'defaults' }]

  it('names every parameter without a default in its example', () => {
    for (const [name, field] of Object.entries(op.params)) {
      if (field.optional === true || 'default' in field) continue
      for (const { params } of cases) expect(params, `${kind} ${name}`).toHaveProperty(name)
    }
  })

  it('says that it reads the extractant sets where it does', () => {
    for (const example of cases) {
      const { input } = run(op, example, inletsOf(op, example, 'required'))
      const answer = () => op.steady({ ...input, properties: blind })
      if (op.readsExtractants === true) expect(answer).toThrow('without saying so')
      else expect(answer).not.toThrow()
    }
  })

  for (const example of cases) {
    for (const fill of ['required', 'all'] as const) {
      it(`${example.title}, ${fill} inlets: a sound answer in which every element closes`, () => {
        const inlets = inletsOf(op, example, fill)
        const before = structuredClone(Object.values(inlets).map((s) => s.flow))
        const { result, ports } = run(op, example, inlets)
        soundOutcome(kind, result)
        expect(Object.values(inlets).map((s) => s.flow)).toEqual(before)
        if (fill === 'required' && !result.ok) throw new Error(`${kind}: ${result.detail}`)
        if (!result.ok) return
        for (const { name, optional } of ports.outlets) {
          if (optional !== true) expect(result.outlets, kind).toHaveProperty([name])
        }
        const known = ports.outlets.map((p) => p.name)
        expect(known).toEqual(expect.arrayContaining(Object.keys(result.outlets)))
        const report = booksOf(ports, inlets, result)
        if (ports.inlets.length > 0 && ports.outlets.length > 0) {
          expect(report.worst, `${kind} ${report.where}`).toBeLessThan(1e-10)
        }
        expect(report.charge, `${kind} ${report.chargeWhere}`).toBeLessThan(1e-10)
      })
    }

    it(`${example.title}: nothing in gives nothing out, or a named outcome`, () => {
      const inlets = inletsOf(op, example, 'none')
      const { result, ports } = run(op, example, inlets)
      soundOutcome(kind, result)
      if (!result.ok || ports.inlets.length === 0) return
      const report = booksOf(ports, inlets, result)
      if (ports.outlets.length > 0 && !Object.values(result.outlets).every(isEmpty)) {
        expect(report.worst, `${kind} ${report.where}`).toBeLessThan(1e-10)
      }
    })

    it(`${example.title}: a warm start gives the same answer`, () => {
      const inlets = inletsOf(op, example, 'required')
      const cold = run(op, example, inlets).result
      if (!cold.ok) return
      const warm = run(op, example, inlets, cold.memory).result
      if (!warm.ok) throw new Error(warm.detail)
      for (const [port, stream] of Object.entries(cold.outlets)) {
        const total = stream.flow.reduce((sum, n) => sum + n, 0)
        for (const [i, n] of stream.flow.entries()) {
          const other = warm.outlets[port]?.flow[i] ?? NaN
          expect(Math.abs(other - n)).toBeLessThanOrEqual(1e-9 * n + 1e-13 * total)
        }
      }
    })

    const reason = exceptions['equipment']?.[kind]
    it(`${example.title}: double feed, other equipment${reason ? ` (not: ${reason})` : ''}`, () => {
      const inlets = inletsOf(op, example, 'required')
      const { ports } = run(op, example, inlets)
      const single = size(op, example, inlets)
      const double = size(op, example, doubled(ports.inlets, inlets))
      if (single === undefined || double === undefined) return
      const same = Math.abs(double - single) <= 1e-9 * single
      expect(same, 'an exception that no longer holds is removed').toBe(reason !== undefined)
    })
  }

  it('routes lead to its own outlets', () => {
    for (const example of cases) {
      const { params } = inputOf(op, {}, example.params)
      const ports = portsOf({ name: 'unit', op, params })
      const names = ports.outlets.map((p) => p.name)
      for (const element of table.elements) {
        for (const inlet of ports.inlets) {
          const routes = op.routes?.(element, inlet.name, params, magnetPlant) ?? []
          expect(names, `${kind} ${element}`).toEqual(expect.arrayContaining([...routes]))
        }
      }
    }
  })
})

it('exceptions and examples are of kinds that exist', () => {
  const kinds = unitOps.map((op) => op.kind)
  const named = [...Object.keys(examples), ...Object.values(exceptions).flatMap(Object.keys)]
  for (const kind of named) expect(kinds).toContain(kind)
})
