import { heatOfReaction } from '../../chemistry/index.ts'
import type { SpeciesTable } from '../../chemistry/species.ts'
import { heatCapacityFlow } from '../../flowsheet/index.ts'
import type { Stream } from '../../flowsheet/stream.ts'
import type { Heat } from '../../flowsheet/unit-op.ts'

const standard = 298.15

/**
 * Heat to be added (positive) or removed (negative): chemical change at 298.15 K plus the sensible
 * heat of what leaves above it minus that of what comes in, with heat capacities near 298 K.
 * Unknown, with the species named, where what reacts without a formation enthalpy is no trace.
 */
export function reactionHeat(
  table: SpeciesTable,
  inlets: readonly Stream[],
  outlets: readonly Stream[],
): Heat {
  const flows = (streams: readonly Stream[]) => streams.map((s) => s.flow)
  const chemical = heatOfReaction(table, flows(inlets), flows(outlets))
  if ('unknown' in chemical) return { unknown: chemical.unknown }
  let watts = chemical.watts
  for (const s of outlets) {
    watts += heatCapacityFlow(table, s).watts * (s.temperature - standard)
  }
  for (const s of inlets) watts -= heatCapacityFlow(table, s).watts * (s.temperature - standard)
  return chemical.without === undefined ? { watts } : { watts, without: chemical.without }
}
