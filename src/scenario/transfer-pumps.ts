import { phaseMass, reagentKind, volumeFlow, type Stream } from '../flowsheet/index.ts'
import type { EquipmentItem } from '../flowsheet/unit-op.ts'
import type { Measured } from './measure-value.ts'

/** Pressure that a transfer is given, Pa, and efficiency of pump and motor (assumptions). */
const head = 2e5
const efficiency = 0.6

/**
 * Pumps for what leaves a unit as liquid or slurry, one line after the other; a reagent feeds all
 * its users from one pump. None where the flowsheet states a pump of its own.
 */
export function transferPumps(name: string, { plant, state }: Measured): readonly EquipmentItem[] {
  const { species: table } = state.properties
  const kindOf = (unit: string) => plant.units.find((u) => u.name === unit)?.op.kind
  const kind = kindOf(name)
  if (kind === 'pump') return []
  const lines = plant.streams.flatMap((line) => {
    if (line.from.unit !== name || kindOf(line.to.unit) === 'pump') return []
    const stream = state.streams[line.name]
    if (stream === undefined) return []
    const liquid = phaseMass(table, stream, 'aqueous') + phaseMass(table, stream, 'organic')
    if (!(liquid > phaseMass(table, stream, 'solid'))) return []
    return [{ to: line.to.unit, flow: pumped(stream, state.properties) }]
  })
  if (kind !== reagentKind) return lines.map(({ to, flow }) => pump(flow, `to ${to}`))
  const all = lines.reduce((sum, { flow }) => sum + flow, 0)
  return all > 0 ? [pump(all, `to ${lines.length} users`)] : []
}

function pumped(stream: Stream, { species: table }: Measured['state']['properties']): number {
  return (['aqueous', 'organic', 'solid'] as const).reduce(
    (sum, phase) => sum + (volumeFlow(table, stream, phase) ?? 0),
    0,
  )
}

const pump = (flow: number, where: string): EquipmentItem => ({
  type: 'centrifugal pump',
  count: 2,
  standby: 1,
  size: { name: 'flow', value: flow, unit: 'm3/s' },
  power: (flow * head) / efficiency,
  material: 'PVDF or PP lined',
  basis: `transfer ${where}: ${head / 1e5} bar at ${efficiency * 100} % (assumptions); one running, one standby`,
})
