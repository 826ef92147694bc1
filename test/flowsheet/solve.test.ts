import { describe, expect, it } from 'vitest'
import type { Flowsheet, FlowsheetSolution } from '../../src/flowsheet/index.ts'
import {
  balance,
  begin,
  defaultOptions,
  scale,
  solve,
  step,
  validate,
} from '../../src/flowsheet/index.ts'
import { fixedPointMethods } from '../../src/numerics/index.ts'
import {
  acidifier,
  connect,
  crystalliser,
  feed,
  flowOf,
  mixer,
  properties,
  reagent,
} from './kit.ts'
import { separator, sheetOf, sink, splitter, stream, table, unit } from './kit.ts'

const brine = stream({ H2O: 50, 'Na+': 1, 'Nd+3': 0.2, 'H+': 0.1, 'Cl-': 1.7 }, 320)

/** As tight as double precision can be asked for. */
const exact = { element: 1e-13, species: 1e-12 }

function recycle(bleed: number): Flowsheet {
  return sheetOf(
    [
      unit('f', feed, { stream: brine }),
      unit('m', mixer),
      unit('s', splitter, { bleed }),
      unit('p', sink),
    ],
    connect('f.out > m.in', 'm.out > s.in', 'back: s.out > m.in', 's.bleed > p.in'),
  )
}

function worst(sheet: Flowsheet, solution: FlowsheetSolution) {
  return balance(table, sheet.connections, solution.streams)
}

function clean(solution: FlowsheetSolution): boolean {
  return Object.values(solution.streams).every(
    (s) => s.flow.every((n) => n >= 0 && n < Infinity) && s.temperature > 0,
  )
}

describe('a mixer and a splitter', () => {
  for (const bleed of [0.25, 0.02, 1e-4]) {
    for (const method of fixedPointMethods) {
      if (method.id === 'direct' && bleed < 0.25) continue
      it(`${100 * bleed} % bleed, ${method.id}: the bleed carries the feed`, () => {
        const sheet = recycle(bleed)
        const solution = solve(sheet, { method, closure: exact })
        expect(solution.failure).toBeNull()
        for (const id of ['H2O', 'Na+', 'Nd+3', 'Cl-']) {
          const ratio = flowOf(solution.streams['s.bleed'], id) / flowOf(brine, id)
          expect(Math.abs(ratio - 1)).toBeLessThan(1e-11)
        }
        expect(worst(sheet, solution).worst).toBeLessThan(1e-11)
        expect(solution.streams['back']?.temperature).toBeCloseTo(320, 3)
        if (method.id !== 'direct') expect(solution.solver.sweeps).toBeLessThan(12)
      })
    }
  }

  it('direct substitution at 2 % gives up by name and says what still rises', () => {
    const [method] = fixedPointMethods
    const solution = solve(recycle(0.02), { ...defaultOptions, ...(method && { method }) })
    expect(solution.failure?.outcome).toBe('max-iterations')
    expect(solution.failure?.at).toBe('back')
    expect(solution.failure?.detail).toMatch(/still rising/)
  })

  it('without a bleed it fills up for ever, and says so', () => {
    const solution = solve(recycle(0))
    expect(solution.failure?.outcome).toBe('max-iterations')
    expect(solution.failure?.unit).toBe('m-s')
    expect(clean(solution)).toBe(true)
  })
})

/** Three loops, one inside the other, each with its own bleed and its own favourite species. */
const nested = sheetOf(
  [
    unit('f', feed, { stream: brine }),
    unit('m1', mixer),
    unit('m2', mixer),
    unit('m3', mixer),
    unit('a', separator, { shares: { H2O: 0.6, 'Na+': 0.01, 'Nd+3': 0.3, 'H+': 0.2 } }),
    unit('b', separator, { shares: { H2O: 0.5, 'Na+': 0.9, 'Nd+3': 0.02, 'H+': 0.7 } }),
    unit('c', separator, { shares: { H2O: 0.9, 'Na+': 0.05, 'Nd+3': 0.5, 'H+': 0.03 } }),
    unit('p', sink),
  ],
  connect(
    'f.out > m1.in',
    'm1.out > m2.in',
    'm2.out > m3.in',
    'm3.out > a.in',
    'inner: a.out > m3.in',
    'a.bleed > b.in',
    'middle: b.out > m2.in',
    'b.bleed > c.in',
    'outer: c.out > m1.in',
    'c.bleed > p.in',
  ),
)

describe('nested recycles', () => {
  for (const method of fixedPointMethods.filter((m) => m.id !== 'direct')) {
    it(`close to the last digit with ${method.id}`, () => {
      const solution = solve(nested, { method, maxSweeps: 400, closure: exact })
      expect(solution.failure).toBeNull()
      expect(solution.solver.tears).toHaveLength(1)
      expect(worst(nested, solution).worst).toBeLessThan(2e-12)
      for (const id of ['H2O', 'Na+', 'Nd+3', 'H+', 'Cl-']) {
        const ratio = flowOf(solution.streams['c.bleed'], id) / flowOf(brine, id)
        expect(Math.abs(ratio - 1)).toBeLessThan(2e-12)
      }
      expect(clean(solution)).toBe(true)
    })
  }

  it('a warm start of the same plant calculates nothing', () => {
    const first = solve(nested)
    const again = solve(nested, { from: first })
    expect(again.solver.calculated).toBe(0)
    expect(again.streams).toEqual(first.streams)
  })

  it('a warm start from a neighbour takes fewer sweeps and gives the same answer', () => {
    const first = solve(nested)
    const units = nested.units.map((u) =>
      u.name === 'f' ? unit('f', feed, { stream: scale(brine, 1.1) }) : u,
    )
    const cold = solve({ ...nested, units })
    const warm = solve({ ...nested, units }, { from: first })
    expect(warm.status).toBe('converged')
    expect(warm.solver.sweeps).toBeLessThan(cold.solver.sweeps)
    for (const name of Object.keys(cold.streams)) {
      for (const [i, n] of (cold.streams[name]?.flow ?? []).entries()) {
        expect(Math.abs((warm.streams[name]?.flow[i] ?? NaN) - n)).toBeLessThan(1e-10 * (1 + n))
      }
    }
  })

  it('can be stepped by hand, and a state can be stepped twice', () => {
    let state = begin(nested)
    const seen: number[] = []
    while (state.status === 'running') {
      const next = step(state)
      expect(step(state).streams).toEqual(next.streams)
      state = next
      seen.push(state.block)
    }
    expect(state.status).toBe('converged')
    expect(seen.length).toBeGreaterThan(4)
  })
})

/** Washing in counter-current: each stage sends liquor back and underflow on, so loops overlap. */
function washers(count: number): Flowsheet {
  const units = [
    unit('f', feed, { stream: brine }),
    unit('w', feed, { stream: stream({ H2O: 30 }) }),
  ]
  const lines = ['f.out > m0.in', `w.out > m${count - 1}.in`, `s${count - 1}.out > mud.in`]
  for (let i = 0; i < count; i++) {
    const share = 0.3 + (0.5 * i) / count
    units.push(
      unit(`m${i}`, mixer),
      unit(`s${i}`, separator, { shares: { 'Nd+3': share, 'Na+': 0.6, 'H+': 0.5, H2O: 0.6 } }),
    )
    lines.push(
      `m${i}.out > s${i}.in`,
      i === 0 ? 's0.bleed > liquor.in' : `s${i}.bleed > m${i - 1}.in`,
    )
    if (i < count - 1) lines.push(`s${i}.out > m${i + 1}.in`)
  }
  units.push(unit('mud', sink), unit('liquor', sink))
  return sheetOf(units, connect(...lines))
}

describe('overlapping recycles', () => {
  for (const count of [2, 5, 12]) {
    it(`${count} washers in counter-current close`, () => {
      const sheet = washers(count)
      const solution = solve(sheet)
      expect(solution.failure).toBeNull()
      expect(solution.solver.tears).toHaveLength(Math.floor(count / 2))
      expect(solution.solver.sweeps).toBeLessThan(4 * count + 6)
      expect(worst(sheet, solution).worst).toBeLessThan(1e-11)
      expect(worst(sheet, solution).charge).toBeLessThan(1e-14)
    })
  }
})

describe('an accelerated recycle', () => {
  /** Salt leaves by a bent law, so every secant overshoots at first. */
  const salty = (half: number) =>
    sheetOf(
      [
        unit('f', feed, { stream: stream({ H2O: 10, 'Na+': 0.5, 'Cl-': 0.5 }) }),
        unit('m', mixer),
        unit('x', crystalliser, { half }),
        unit('w', separator, { shares: { H2O: 0.3 } }),
        unit('salt', sink),
        unit('water', sink),
      ],
      connect(
        'f.out > m.in',
        'm.out > x.in',
        'x.out > w.in',
        'back: w.out > m.in',
        'x.bleed > salt.in',
        'w.bleed > water.in',
      ),
    )
  for (const method of fixedPointMethods.filter((m) => m.id !== 'direct')) {
    for (const half of [0.001, 0.3, 30]) {
      it(`never negative, never NaN in any step: ${method.id}, half at ${half} mol/s`, () => {
        const sheet = salty(half)
        let state = begin(sheet, { ...defaultOptions, method })
        while (state.status === 'running') {
          state = step(state)
          for (const s of [...state.streams, ...(state.loop?.guess ?? [])]) {
            expect(s.flow.every((n) => n >= 0 && n < Infinity)).toBe(true)
            expect(s.temperature).toBeGreaterThan(200)
          }
        }
        expect(state.failure).toBeNull()
        const solution = solve(sheet, { method })
        expect(worst(sheet, solution).worst).toBeLessThan(1e-10)
        expect(flowOf(solution.streams['x.bleed'], 'NaCl')).toBeCloseTo(0.5, 9)
      })
    }
  }
})

describe('drawn reagents', () => {
  const plant = sheetOf(
    [
      unit('f', feed, { stream: brine }),
      unit('hcl', reagent, { stream: stream({ HCl: 1 / 0.036 }) }),
      unit('m', mixer),
      unit('a', acidifier, { target: 0.5 }),
      unit('b', acidifier, { target: 0.8 }),
      unit('s', separator, { shares: { H2O: 0.5, 'Na+': 0.5, 'Nd+3': 0.5, 'H+': 0.9 } }),
      unit('p', sink),
    ],
    connect(
      'f.out > m.in',
      'm.out > a.in',
      'acid-a: hcl.out > a.acid',
      'a.out > b.in',
      'acid-b: hcl.out > b.acid',
      'b.out > s.in',
      'back: s.out > m.in',
      's.bleed > p.in',
    ),
  )

  it('one reagent feeds several units, each what it draws', () => {
    const solution = solve({ ...plant, connections: plant.connections })
    expect(solution.failure).toBeNull()
    const drawn = flowOf(solution.streams['acid-b'], 'HCl')
    expect(drawn).toBeCloseTo(0.8 - flowOf(solution.streams['a.out'], 'H+'), 9)
    expect(worst(plant, solution).worst).toBeLessThan(1e-10)
  })
})

describe('warm starts', () => {
  const noisy = {
    ...separator,
    steady: (input: Parameters<typeof separator.steady>[0]) => {
      const result = separator.steady(input)
      if (!result.ok) return result
      // The last digits of an inner solver: they depend on what came in, not on the answer.
      const wobble = 1 + 3e-12 * Math.sin(1e9 * flowOf(input.inlets['in'], 'H2O'))
      const bleed = result.outlets['bleed']
      if (bleed === undefined) return result
      return { ...result, outlets: { ...result.outlets, bleed: scale(bleed, wobble) } }
    },
  }

  it('units that only solve to a few 1e-12 end at their rounding, not at the limit of sweeps', () => {
    const units = nested.units.map((u) => (u.op === separator ? { ...u, op: noisy } : u))
    const solution = solve({ ...nested, units })
    expect(solution.failure).toBeNull()
    expect(solution.solver.sweeps).toBeLessThan(25)
    expect(worst(nested, solution).worst).toBeLessThan(1e-9)
  })

  it('other chemistry with the same species keeps the streams, not the results', () => {
    const first = solve(nested)
    const constant = (id: string) => properties.constant(id)
    const again = solve({ ...nested, properties: { ...properties, constant } }, { from: first })
    expect(again.status).toBe('converged')
    expect(again.solver.sweeps).toBeLessThanOrEqual(2)
    expect(again.solver.calculated).toBeGreaterThan(0)
  })

  it('other extractant sets leave the results of units that read none', () => {
    const first = solve(nested)
    const extractants = new Map(properties.extractants)
    const renewed = { ...nested, properties: { ...properties, extractants } }
    expect(solve(renewed, { from: first }).solver.calculated).toBe(0)
    const read = renewed.units.map(
      (u) => ({ ...u, op: { ...u.op, readsExtractants: true } }) as const,
    )
    const own = solve({ ...nested, units: read })
    const again = solve({ ...renewed, units: read }, { from: own })
    expect(again.solver.calculated).toBeGreaterThan(0)
  })

  it('what a solve keeps does not grow with the solves before it', () => {
    let solution = solve(recycle(0.3))
    for (let i = 0; i < 300; i++) solution = solve(recycle(0.3 + (i % 7) / 100), { from: solution })
    const { state } = solution.memory
    expect(Object.keys(state)).not.toContain('earlier')
    expect([...state.learnt.values()].every((k) => k.pointMoves.length <= 12)).toBe(true)
    expect(state.guesses.size).toBeLessThanOrEqual(state.plan.sheet.connections.length)
  })
})

describe('a unit that fails', () => {
  it('passes its own outcome on with its name', () => {
    const stubborn = {
      ...mixer,
      steady: () =>
        ({ ok: false, outcome: 'acid-short', at: 'strip 3', detail: 'd', advice: 'a' }) as const,
    }
    const sheet = recycle(0.25)
    const units = sheet.units.map((u) => (u.name === 'm' ? unit('m', stubborn) : u))
    const solution = solve({ ...sheet, units })
    expect(solution.failure).toEqual({
      outcome: 'acid-short',
      unit: 'm',
      at: 'strip 3',
      detail: 'd',
      advice: 'a',
    })
    expect(solution.results['m']).toBeUndefined()
  })

  it('is given time while the loop fills', () => {
    let calls = 0
    const late = {
      ...mixer,
      steady: (input: Parameters<typeof mixer.steady>[0]) => {
        calls++
        const enough = flowOf(input.inlets['in'], 'Na+') > 1.5
        if (enough || flowOf(input.inlets['in'], 'Na+') === 0) return mixer.steady(input)
        return { ok: false, outcome: 'acid-short', at: 'x', detail: 'd', advice: 'a' } as const
      },
    }
    const sheet = sheetOf(
      [
        unit('f', feed, { stream: brine }),
        unit('g', feed, { stream: brine }),
        unit('m', mixer),
        unit('s', splitter, { bleed: 0.5 }),
        unit('l', late),
        unit('t', splitter, { bleed: 0.9 }),
        unit('p', sink),
      ],
      connect(
        'f.out > m.in',
        'g.out > m.in',
        'm.out > s.in',
        'round: s.out > m.in',
        's.bleed > l.in',
        'l.out > t.in',
        'back: t.out > m.in',
        't.bleed > p.in',
      ),
    )
    const solution = solve(sheet)
    expect(solution.failure).toBeNull()
    expect(calls).toBeGreaterThan(1)
    expect(flowOf(solution.streams['l.out'], 'Na+')).toBeGreaterThan(1.5)
  })

  it('that draws from an open port is refused', () => {
    const thirsty = {
      ...mixer,
      inlets: [
        { name: 'in', phase: 'aqueous', about: '' },
        { name: 'acid', phase: 'aqueous', about: '', drawn: true, optional: true },
      ] as const,
      steady: (input: Parameters<typeof mixer.steady>[0]) => {
        const result = mixer.steady(input)
        return result.ok ? { ...result, draws: { acid: 0.5 } } : result
      },
    }
    const sheet = recycle(0.25)
    const units = sheet.units.map((u) => (u.name === 'm' ? unit('m', thirsty) : u))
    const { failure } = solve({ ...sheet, units })
    expect(failure?.outcome).toBe('infeasible')
    expect(failure?.detail).toBe('m.acid needs 0.500 kg/s and is connected to nothing')
  })

  it('that answers with a negative flow is refused by port', () => {
    const wrong = {
      ...mixer,
      steady: () => ({ ok: true, outlets: { out: stream({ 'Na+': -1e-20 }) } }) as const,
    }
    const sheet = recycle(0.25)
    const units = sheet.units.map((u) => (u.name === 'm' ? unit('m', wrong) : u))
    expect(solve({ ...sheet, units }).failure?.detail).toMatch(
      /m\.out carries -1e-20 mol\/s of Na\+/,
    )
  })
})

describe('a loop without an outlet', () => {
  it('is refused before anything is solved, by element and loop', () => {
    const keepsGd = {
      ...separator,
      routes: (e: string) => (e === 'Gd' ? ['out'] : ['out', 'bleed']),
    }
    const sheet = sheetOf(
      [
        unit('f', feed, { stream: stream({ 'Gd+3': 0.1, 'Cl-': 0.3, H2O: 3 }) }),
        unit('sx1', mixer),
        unit('sx3', keepsGd, { shares: {} }),
        unit('p', sink),
      ],
      connect('f.out > sx1.in', 'sx1.out > sx3.in', 'back: sx3.out > sx1.in', 'sx3.bleed > p.in'),
    )
    const solution = solve(sheet)
    expect(solution.failure?.outcome).toBe('infeasible')
    expect(solution.failure?.detail).toBe('Gd accumulates in loop sx1-sx3')
    expect(solution.solver.calculated).toBe(0)
    const fed = unit('f', feed, { stream: brine })
    const noGd = { ...sheet, units: sheet.units.map((u) => (u.name === 'f' ? fed : u)) }
    expect(solve(noGd).failure?.detail ?? '').not.toMatch(/Gd/)
  })

  it('is found on a warm start too, when a feed comes to bring the element', () => {
    const keepsGd = {
      ...separator,
      routes: (e: string) => (e === 'Gd' ? ['out'] : ['out', 'bleed']),
    }
    const gd = stream({ 'Gd+3': 0.1, 'Nd+3': 0.1, 'Cl-': 0.6, H2O: 3 })
    const fedWith = (of: typeof gd) =>
      sheetOf(
        [
          unit('f', feed, { stream: of }),
          unit('a', mixer),
          unit('b', keepsGd, { shares: { H2O: 0.5, 'Nd+3': 0.5 } }),
          unit('p', sink),
        ],
        connect('f.out > a.in', 'a.out > b.in', 'back: b.out > a.in', 'b.bleed > p.in'),
      )
    const without = { ...gd, flow: gd.flow.with(4, 0).with(5, 0.3) }
    const first = solve(fedWith(without))
    expect(first.failure).toBeNull()
    expect(solve(fedWith(scale(without, 2)), { from: first }).failure).toBeNull()
    expect(solve(fedWith(gd), { from: first }).failure?.detail).toBe('Gd accumulates in loop a-b')
  })

  it('gas outlets do not drain metals', () => {
    const gas = {
      ...splitter,
      outlets: [
        { name: 'out', phase: 'aqueous', about: '' },
        { name: 'bleed', phase: 'gas', about: '' },
      ] as const,
    }
    const sheet = recycle(0.5)
    const units = sheet.units.map((u) => (u.name === 's' ? unit('s', gas, { bleed: 0.5 }) : u))
    expect(solve({ ...sheet, units }).failure?.detail).toBe('Na accumulates in loop m-s')
  })
})

describe('specifications', () => {
  const measured =
    (id: string, line: string) =>
    (state: { streams: Readonly<Record<string, { flow: Float64Array; temperature: number }>> }) =>
      flowOf(state.streams[line], id)
  const two: Flowsheet = {
    ...nested,
    specifications: [
      {
        name: 'water kept',
        vary: { unit: 'b', path: ['shares', 'H2O'], min: 0.05, max: 0.95 },
        measure: measured('H2O', 'middle'),
        target: 40,
        tolerance: 1e-6,
      },
      {
        name: 'sodium kept',
        vary: { unit: 'a', path: ['shares', 'Na+'], min: 0.001, max: 0.5 },
        measure: (s) =>
          flowOf(s.streams['m3.out'], 'Na+') + 0.01 * flowOf(s.streams['m3.out'], 'H2O'),
        target: 60,
        tolerance: 1e-6,
      },
    ],
  }

  it('two at once', () => {
    const solution = solve(two)
    expect(solution.failure).toBeNull()
    expect(solution.specifications.every((s) => s.met)).toBe(true)
    expect(flowOf(solution.streams['middle'], 'H2O')).toBeCloseTo(40, 5)
    expect(worst(two, solution).worst).toBeLessThan(1e-10)
    const again = solve(two, { from: solution })
    expect(again.solver.calculated).toBe(0)
  })

  it('one that cannot be met ends at its bound and says what it reaches there', () => {
    const [first] = two.specifications
    if (first === undefined) throw new Error('no specification')
    const far = { ...two, specifications: [{ ...first, target: 4000 }] }
    const solution = solve(far)
    expect(solution.failure?.outcome).toBe('infeasible')
    expect(solution.failure?.unit).toBe('water kept')
    expect(solution.failure?.at).toBe('b shares.H2O')
    expect(solution.failure?.detail).toMatch(/reaches \d+\S* where 4000 .*lower bound 0\.05/)
  })

  it('a floor that is already exceeded moves nothing', () => {
    const [first] = two.specifications
    if (first === undefined) throw new Error('no specification')
    const floor = { ...two, specifications: [{ ...first, target: 10, atLeast: true }] }
    const solution = solve(floor)
    expect(solution.specifications[0]?.value).toBe(0.5)
    expect(solution.specifications[0]?.met).toBe(true)
    const higher = { ...two, specifications: [{ ...first, target: 150, atLeast: true }] }
    expect(solve(higher).specifications[0]?.measured).toBeCloseTo(150, 4)
  })
})

describe('validation', () => {
  it('names unit.port', () => {
    const sheet = recycle(0.25)
    const findings = (connections: Flowsheet['connections'], units = sheet.units) =>
      validate({ ...sheet, units, connections }).map((f) => f.text)
    expect(findings(sheet.connections)).toEqual([])
    expect(findings(sheet.connections.slice(0, 3)).join()).toMatch(
      /outlet s\.bleed is not connected/,
    )
    expect(
      findings(connect('f.out > m.in', 'm.out > s.in', 's.out > m.in', 's.blead > p.in')).join(),
    ).toMatch(/s\.blead is not an outlet; s has out, bleed/)
    expect(findings([...sheet.connections, ...connect('twice: s.out > p.in')]).join()).toMatch(
      /outlet s\.out is connected twice: back and twice/,
    )
    const drawn = [...sheet.units, unit('a', acidifier, { target: 1 })]
    const lines = connect('x: f.out > a.acid', 'y: s.out > a.in', 'a.out > p.in')
    expect(findings([...sheet.connections, ...lines], drawn).join()).toMatch(
      /a\.acid draws what it needs/,
    )
  })
})

describe('the balance', () => {
  it('sees 1 % taken off any one line between units, and names the unit', () => {
    const solution = solve(nested)
    for (const { name, from, to } of nested.connections) {
      const less = { ...solution.streams, [name]: scale(solution.streams[name] ?? brine, 0.99) }
      const report = balance(table, nested.connections, less)
      expect(report.worst).toBeGreaterThan(1e-5)
      expect([from.unit, to.unit, 'plant']).toContain(report.where.split(' ')[0])
    }
  })

  it('sees charge', () => {
    const odd = { ...brine, flow: brine.flow.with(1, 0.2) }
    const report = balance(table, connect('a.out > b.in'), { 'a.out': odd })
    expect(report.charge).toBeGreaterThan(0.01)
    expect(report.chargeWhere).toBe('a.out')
    expect(balance(table, connect('a.out > b.in'), { 'a.out': brine }).charge).toBeLessThan(1e-15)
  })
})

it('a chain of two thousand units and a comb of two hundred loops are planned and solved', () => {
  const units = [unit('f', feed, { stream: brine }), unit('p', sink)]
  const lines = ['f.out > m0.in']
  for (let i = 0; i < 200; i++) {
    units.push(unit(`m${i}`, mixer), unit(`s${i}`, splitter, { bleed: 0.5 }))
    lines.push(`m${i}.out > s${i}.in`, `s${i}.out > m${i}.in`)
    lines.push(i < 199 ? `s${i}.bleed > m${i + 1}.in` : `s${i}.bleed > p.in`)
  }
  const sheet = sheetOf(units, connect(...lines))
  const solution = solve(sheet)
  expect(solution.failure).toBeNull()
  expect(solution.solver.tears).toHaveLength(200)
  expect(worst(sheet, solution).worst).toBeLessThan(1e-9)
  expect(properties.species).toBe(table)
})
