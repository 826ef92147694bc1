import type { Effects, MassEffect, Order, Packing, Release, Shipment, Trouble } from './effects.ts'
import type { Assay, LotMaster, Weighing } from './lot.ts'

/** What an event says of one lot. */
export interface Part {
  readonly masters: LotMaster[]
  readonly masses: MassEffect[]
  readonly weighings: Weighing[]
  readonly assays: Assay[]
  readonly shipments: Shipment[]
  readonly packings: Packing[]
  readonly releases: Release[]
  readonly troubles: Trouble[]
}

const nothing = (): Part => ({
  masters: [],
  masses: [],
  weighings: [],
  assays: [],
  shipments: [],
  packings: [],
  releases: [],
  troubles: [],
})

/** An event's parts are asked for once for each of its lots. */
const divided = new WeakMap<Effects, ReadonlyMap<string, Part>>()

function divide(event: Effects): ReadonlyMap<string, Part> {
  const parts = new Map<string, Part>()
  const of = (lot: string): Part => {
    const part = parts.get(lot) ?? nothing()
    parts.set(lot, part)
    return part
  }
  for (const master of event.lots) of(master.uri).masters.push(master)
  for (const mass of event.masses) of(mass.lot).masses.push(mass)
  for (const weighing of event.weighings) of(weighing.lot).weighings.push(weighing)
  for (const assay of event.assays) of(assay.lot).assays.push(assay)
  for (const shipment of event.shipments) of(shipment.lot).shipments.push(shipment)
  for (const packing of event.packings) of(packing.lot).packings.push(packing)
  for (const release of event.releases ?? []) of(release.lot).releases.push(release)
  for (const { lot } of event.flows) of(lot)
  for (const trouble of event.troubles) {
    if (trouble.lot !== undefined) of(trouble.lot).troubles.push(trouble)
  }
  return parts
}

/** Every lot that an event speaks of, with what it says of it. */
export function partsOf(event: Effects): ReadonlyMap<string, Part> {
  const known = divided.get(event)
  if (known !== undefined) return known
  const parts = divide(event)
  divided.set(event, parts)
  return parts
}

/** Before (negative), after (positive) or the same: by time, then by id. */
export function compareOrder(a: Order, b: Order): number {
  if (a.time !== b.time) return a.time - b.time
  return a.id < b.id ? -1 : a.id > b.id ? 1 : 0
}
