import type { UnitInstance } from './flowsheet.ts'
import type { Port } from './unit-op.ts'

/** Ports that a unit has with the parameters that it runs with. */
export interface UnitPorts {
  readonly inlets: readonly Port[]
  readonly outlets: readonly Port[]
}

/** Resolves the ports of a unit. */
export function portsOf({ op, params }: UnitInstance): UnitPorts {
  return {
    inlets: typeof op.inlets === 'function' ? op.inlets(params) : op.inlets,
    outlets: typeof op.outlets === 'function' ? op.outlets(params) : op.outlets,
  }
}

/** The kind of the units that drawn inlets are fed by. */
export const reagentKind = 'reagent'
