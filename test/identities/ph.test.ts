import { expect, it } from 'vitest'
import { settleAcidBase, streamPH } from '../../src/chemistry/index.ts'
import { isEmpty, portsOf } from '../../src/flowsheet/index.ts'
import { unitOps } from '../../src/unitops/index.ts'
import { inputOf, magnetPlant } from '../unitops/rig.ts'
import { examples, inletFor } from './examples.ts'

/** One pH for one liquor, and one way to write it, whatever unit it leaves. */

const kinds = unitOps.flatMap((op) =>
  (examples[op.kind] ?? [{ title: 'defaults' }]).map((example) => ({
    name: `${op.kind}, ${example.title}`,
    op,
    example,
  })),
)

function solved({ op, example }: (typeof kinds)[number]) {
  const { params } = inputOf(op, {}, example.params)
  const { inlets } = portsOf({ name: 'unit', op, params })
  const given = inlets.map((port) => [port.name, example.inlets?.[port.name] ?? inletFor(port)])
  return op.steady(inputOf(op, Object.fromEntries(given), example.params))
}

it.each(kinds)('$name: liquors leave in canonical form', (kind) => {
  const result = solved(kind)
  if (!result.ok) throw new Error(result.detail)
  for (const [port, { flow }] of Object.entries(result.outlets)) {
    const settled = settleAcidBase(magnetPlant.species, flow)
    const size = flow.reduce((sum, n) => sum + n, 0)
    for (const [i, n] of flow.entries()) {
      const about = `${port} ${magnetPlant.species.species[i]?.id}`
      expect(Math.abs(n - (settled[i] as number)), about).toBeLessThanOrEqual(1e-14 * size)
    }
  }
})

it.each(kinds)('$name: the pH in its figures is the pH of what leaves', (kind) => {
  const result = solved(kind)
  if (!result.ok || result.figures?.pH === undefined || result.outlets.out === undefined) return
  const { out } = result.outlets
  expect(isEmpty(out)).toBe(false)
  // The figure starts from the state that precipitation left: the same to rounding.
  const alone = streamPH(magnetPlant, out.flow, out.temperature) ?? Number.NaN
  expect(Math.abs(result.figures.pH.value - alone)).toBeLessThan(1e-11)
})
