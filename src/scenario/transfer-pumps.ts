import { reagentKind } from '../flowsheet/index.ts'
import type { EquipmentItem } from '../flowsheet/unit-op.ts'
import type { Weighed } from './carried.ts'
import type { PlantDocument } from './plant.ts'
import type { SolvedStream } from './solution.ts'

/** Pressure that a transfer is given, Pa, and efficiency of pump and motor (assumptions). */
const head = 2e5
const efficiency = 0.6

/**
 * Pumps by unit for what leaves it as liquid or slurry, one line after the other; a reagent feeds
 * all its users from one pump. None where the flowsheet states a pump of its own. `carried`: what
 * each line weighs, in the order of the plant file, and its volume.
 */
export function transferPumps(
  plant: PlantDocument,
  carried: readonly Weighed[],
  volumeOf: (line: number) => SolvedStream['volume'],
): ReadonlyMap<string, EquipmentItem[]> {
  const kinds = new Map(plant.units.map((u) => [u.name, u.op.kind]))
  const pumps = new Map<string, EquipmentItem[]>()
  const drawn = new Map<string, { flow: number; users: number }>()
  for (const [index, { from, to }] of plant.streams.entries()) {
    const { masses } = carried[index] as Weighed
    if (!(masses.aqueous + masses.organic > masses.solid)) continue
    const kind = kinds.get(from.unit)
    if (kind === 'pump' || kinds.get(to.unit) === 'pump') continue
    const { aqueous = 0, organic = 0, solid = 0 } = volumeOf(index)
    const flow = aqueous + organic + solid
    if (kind === reagentKind) {
      const sum = drawn.get(from.unit) ?? { flow: 0, users: 0 }
      drawn.set(from.unit, { flow: sum.flow + flow, users: sum.users + 1 })
    } else {
      const own = pumps.get(from.unit) ?? []
      pumps.set(from.unit, own)
      own.push(pump(flow, `to ${to.unit}`))
    }
  }
  for (const [unit, { flow, users }] of drawn)
    pumps.set(unit, [pump(flow, users === 1 ? 'to its user' : `to ${users} users`)])
  return pumps
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
