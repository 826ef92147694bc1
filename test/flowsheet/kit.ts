import { speciesTable, type Species } from '../../src/chemistry/species.ts'
import type {
  Connection,
  Flowsheet,
  Port,
  Stream,
  UnitInstance,
} from '../../src/flowsheet/index.ts'
import { defineUnitOp, emptyStream, mix, scale } from '../../src/flowsheet/index.ts'
import type { Properties, UnitOp } from '../../src/flowsheet/index.ts'

/** A small plant chemistry with round molar masses; the solver does not care. */
const make = (
  id: string,
  phase: Species['phase'],
  composition: Species['composition'],
  molarMass: number,
  charge = 0,
): Species => ({ id, name: id, phase, composition, molarMass, charge })

export const table = speciesTable([
  make('H2O', 'aqueous', { H: 2, O: 1 }, 0.018),
  make('H+', 'aqueous', { H: 1 }, 0.001, 1),
  make('Na+', 'aqueous', { Na: 1 }, 0.023, 1),
  make('Nd+3', 'aqueous', { Nd: 1 }, 0.144, 3),
  make('Gd+3', 'aqueous', { Gd: 1 }, 0.157, 3),
  make('Cl-', 'aqueous', { Cl: 1 }, 0.035, -1),
  make('Nd2O3', 'solid', { Nd: 2, O: 3 }, 0.336),
  make('NaCl', 'solid', { Na: 1, Cl: 1 }, 0.058),
  make('HCl', 'gas', { H: 1, Cl: 1 }, 0.036),
])

export const properties: Properties = {
  species: table,
  rareEarths: ['Nd', 'Gd'],
  equilibria: { components: [], forms: [], solids: [] },
  extractants: new Map(),
  constant: (id) => {
    throw new Error(`no constant ${id}`)
  },
}

export function stream(flows: Readonly<Record<string, number>>, temperature = 298.15): Stream {
  const flow = new Float64Array(table.species.length)
  for (const [id, n] of Object.entries(flows)) {
    flow[table.species.findIndex((s) => s.id === id)] = n
  }
  return { flow, temperature }
}

export const flowOf = (s: Stream | undefined, id: string) =>
  s?.flow[table.species.findIndex((x) => x.id === id)] ?? NaN

const inPort: Port = { name: 'in', phase: 'aqueous', about: 'what comes' }
const outPort: Port = { name: 'out', phase: 'aqueous', about: 'what goes' }
const look = { group: 'general', symbol: 'box', about: 'for tests', params: {} } as const
const empty = emptyStream(table)

/** `params.stream` as it is. */
export const feed = defineUnitOp({
  ...look,
  kind: 'feed',
  title: 'Feed',
  inlets: [],
  outlets: [outPort],
  steady: ({ params }) => ({ ok: true, outlets: { out: paramStream(params) } }),
  equipment: () => [],
})

export const reagent: UnitOp = { ...feed, kind: 'reagent', title: 'Reagent' }

export const sink = defineUnitOp({
  ...look,
  kind: 'sink',
  title: 'Sink',
  inlets: [inPort],
  outlets: [],
  steady: () => ({ ok: true, outlets: {} }),
  equipment: () => [],
})

export const mixer = defineUnitOp({
  ...look,
  kind: 'mixer',
  title: 'Mixer',
  inlets: [inPort],
  outlets: [outPort],
  steady: ({ inlets }) => ({ ok: true, outlets: { out: mix(table, [inlets['in'] ?? empty]) } }),
  equipment: () => [],
})

/** `params.bleed` of everything to `bleed`, the rest to `out`. */
export const splitter = defineUnitOp({
  ...look,
  kind: 'splitter',
  title: 'Splitter',
  inlets: [inPort],
  outlets: [outPort, { ...outPort, name: 'bleed' }],
  steady: ({ inlets, params }) => {
    const whole = inlets['in'] ?? empty
    const share = numberParam(params, 'bleed')
    return { ok: true, outlets: { bleed: scale(whole, share), out: scale(whole, 1 - share) } }
  },
  equipment: () => [],
})

/** Species by species: `params.shares[id]` to `bleed`, the rest on; chloride follows charge. */
export const separator: UnitOp = {
  ...splitter,
  kind: 'separator',
  steady: ({ inlets, params }) => {
    const { flow, temperature } = inlets['in'] ?? empty
    const shares = Object(params['shares']) as Record<string, number>
    const bleed = flow.map((n, i) => n * (shares[table.species[i]?.id ?? ''] ?? 0))
    const cl = table.index('aqueous', 'Cl-')
    bleed[cl] = bleed.reduce((q, n, i) => (i === cl ? q : q + n * (table.charge[i] as number)), 0)
    const out = flow.map((n, i) => Math.max(0, n - (bleed[i] as number)))
    return {
      ok: true,
      outlets: { bleed: { flow: bleed, temperature }, out: { flow: out, temperature } },
    }
  },
}

/** Draws HCl gas until the aqueous feed holds `params.target` mol/s of acid; gas dissolves. */
export const acidifier = defineUnitOp({
  ...look,
  kind: 'acidifier',
  title: 'Acidifier',
  inlets: [inPort, { ...inPort, name: 'acid', drawn: true }],
  outlets: [outPort],
  steady: ({ inlets, params }) => {
    const base = inlets['in'] ?? empty
    const offered = inlets['acid'] ?? empty
    const hcl = table.index('gas', 'HCl')
    const short = numberParam(params, 'target') - flowOf(base, 'H+')
    const draw = Math.max(0, short) / (offered.flow[hcl] as number)
    const flow = base.flow.slice()
    for (const id of ['H+', 'Cl-']) {
      const i = table.index('aqueous', id)
      flow[i] = (flow[i] as number) + draw * (offered.flow[hcl] as number)
    }
    return { ok: true, outlets: { out: { ...base, flow } }, draws: { acid: draw } }
  },
  equipment: () => [],
})

/** Na+ leaves as solid salt by `bleed` by a law that bends: share = n / (n + params.half). */
export const crystalliser: UnitOp = {
  ...splitter,
  kind: 'crystalliser',
  steady: ({ inlets, params }) => {
    const { flow, temperature } = inlets['in'] ?? empty
    const [na, cl] = [table.index('aqueous', 'Na+'), table.index('aqueous', 'Cl-')]
    const n = Math.min(flow[na] as number, flow[cl] as number)
    const salt = (n * n) / (n + numberParam(params, 'half'))
    const out = flow.slice()
    const bleed = new Float64Array(flow.length)
    out[na] = (out[na] as number) - salt
    out[cl] = (out[cl] as number) - salt
    bleed[table.index('solid', 'NaCl')] = salt
    return {
      ok: true,
      outlets: { out: { flow: out, temperature }, bleed: { flow: bleed, temperature } },
    }
  },
}

function numberParam(params: Readonly<Record<string, unknown>>, name: string): number {
  const value = params[name]
  if (typeof value !== 'number') throw new Error(`${name} is not a number`)
  return value
}

function paramStream(params: Readonly<Record<string, unknown>>): Stream {
  const value = params['stream']
  if (typeof value !== 'object' || value === null || !('flow' in value)) throw new Error('stream?')
  return value as Stream
}

export function unit(name: string, op: UnitOp, params: UnitInstance['params'] = {}): UnitInstance {
  return { name, op, params }
}

/** `'a.out > b.in'` lines; a line's name is `a.out`, or what stands before a colon. */
export function connect(...lines: readonly string[]): Connection[] {
  return lines.map((line) => {
    const [head = '', rest = head] = line.includes(':') ? line.split(': ') : ['', line]
    const [from = '', to = ''] = rest.split(' > ')
    const end = (text: string) => {
      const [unitName = '', port = ''] = text.split('.')
      return { unit: unitName, port }
    }
    return { name: head === '' ? from : head, from: end(from), to: end(to) }
  })
}

export function sheetOf(
  units: readonly UnitInstance[],
  connections: readonly Connection[],
  more: Partial<Flowsheet> = {},
): Flowsheet {
  return { units, connections, specifications: [], properties, ...more }
}

/** A digraph of mixers: unit 0 is fed, every edge a line; ports are made as needed. */
export function mixerNet(count: number, edges: readonly (readonly [number, number])[]): Flowsheet {
  const units: UnitInstance[] = []
  for (let i = 0; i < count; i++) {
    const outs = edges.flatMap(([a], k) => (a === i ? [k] : []))
    const op: UnitOp = {
      ...mixer,
      outlets: outs.map((k) => ({ ...outPort, name: `o${k}` })),
      inlets: [{ ...inPort, optional: true }],
    }
    units.push(unit(`u${i}`, op))
  }
  const lines = edges.map(([a, b], k) => `e${k}: u${a}.o${k} > u${b}.in`)
  return sheetOf(units, connect(...lines))
}
