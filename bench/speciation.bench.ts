import { compileEquilibria, speciate, streamPH } from '../src/chemistry/index.ts'
import type { Stream } from '../src/flowsheet/index.ts'
import type { UnitResult } from '../src/flowsheet/unit-op.ts'
import { unitOps } from '../src/unitops/index.ts'
import { magnetPlant, reagents, streamOf } from '../test/unitops/rig.ts'
import type { Benchmark } from './harness.ts'

const compiled = compileEquilibria(magnetPlant.equilibria)

/** A leach liquor of magnets with what its neutralisation brings, mol/L. */
const liquor = {
  'H+': 0.1,
  'Na+': 0.8,
  'Cl-': 1.9,
  'SO4-2': 0.05,
  'C2O4-2': 0.002,
  'B(OH)3': 0.02,
  'Ca+2': 0.01,
  'Pr+3': 0.05,
  'Nd+3': 0.2,
  'Gd+3': 0.004,
  'Tb+3': 0.005,
  'Dy+3': 0.03,
  'Fe+3': 0.05,
  'Al+3': 0.02,
  'Co+2': 0.01,
  'Cu+2': 0.002,
}
const solids = compiled.solids.filter(
  (id) => /\(OH\)\d(\(am\))?$/.test(id) || ['CaSO4·2H2O', 'CaC2O4·H2O'].includes(id),
)

function speciation(activity: 'ideal' | 'davies', warm: boolean): () => void {
  const options = { solids, activity, pH: 5 }
  let { state } = speciate(compiled, liquor, options)
  let size = 1
  return () => {
    // A liquor that has moved a little since, as between two sweeps of a flowsheet.
    size = size === 1 ? 1.003 : 1
    const totals = { ...liquor, 'Nd+3': size * liquor['Nd+3'], 'Na+': size * liquor['Na+'] }
    const out = speciate(compiled, totals, warm ? { ...options, start: state } : options)
    if (out.outcome !== 'converged') throw new Error(`gap ${out.gap}`)
    state = out.state
  }
}

function feedOf(scale: number): Stream {
  const named = Object.fromEntries(
    Object.entries(liquor).map(([id, n]) => [`aqueous ${id}`, n * scale]),
  )
  return streamOf({ ...named, 'aqueous H2O': 54 })
}

type Made = Extract<UnitResult, { ok: true }>

function unit(kind: string, inlets: Readonly<Record<string, Stream>>, warm: boolean): () => void {
  const op = unitOps.find((candidate) => candidate.kind === kind)
  if (op === undefined) throw new Error(`no unit ${kind}`)
  const params = Object.fromEntries(
    Object.entries(op.params).map(([name, field]) => [
      name,
      'default' in field ? field.default : undefined,
    ]),
  )
  let memory: unknown
  const solve = (feed: number): Made => {
    const here = { ...inlets, in: feedOf(1 + 1e-3 * feed) }
    const start = warm && memory !== undefined ? { memory } : {}
    const done = op.steady({ name: kind, inlets: here, params, properties: magnetPlant, ...start })
    if (!done.ok) throw new Error(done.detail)
    return done
  }
  memory = solve(0).memory
  let turn = 0
  return () => {
    turn = 1 - turn
    memory = solve(turn).memory
  }
}

export const benchmarks: readonly Benchmark[] = [
  {
    name: 'speciation, 16 components, hydroxides, Davies, cold',
    milliseconds: 1,
    prepare: () => speciation('davies', false),
  },
  {
    name: 'speciation, the same moved by 0.3 %, warm',
    milliseconds: 0.2,
    prepare: () => speciation('davies', true),
  },
  {
    name: 'speciation, the same with ideal activities, cold',
    milliseconds: 1,
    prepare: () => speciation('ideal', false),
  },
  {
    name: 'pH of a stream',
    milliseconds: 0.3,
    prepare: () => {
      const { flow, temperature } = feedOf(1)
      return () => {
        if (streamPH(magnetPlant, flow, temperature) === undefined) throw new Error('no pH')
      }
    },
  },
  ...(['precipitator', 'neutraliser', 'oxalate-precipitator'] as const).flatMap((kind) =>
    [false, true].map((warm): Benchmark => {
      const inlets = { base: reagents.caustic, oxidant: reagents.peroxide, oxalic: reagents.oxalic }
      return {
        name: `${kind}, ${warm ? 'warm, feed moved by 0.1 %' : 'cold'}`,
        milliseconds: warm ? 0.5 : 4,
        prepare: () => unit(kind, inlets, warm),
      }
    }),
  ),
]
