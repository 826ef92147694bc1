import type { Assay } from './lot.ts'
import type { Reading } from './composition.ts'

/** Later in the order of the world. */
const isLater = (a: Assay, b: Assay) => (a.time !== b.time ? a.time > b.time : a.event > b.event)

/** True when `a` counts rather than `b`: final before provisional, then the newest. */
const countsBefore = (a: Assay, b: Assay) =>
  a.status === b.status ? isLater(a, b) : a.status === 'final'

/** One reading for each analyte: the newest final one, else the newest provisional one. */
export function chosen(readings: readonly Reading[]): ReadonlyMap<string, Reading> {
  const best = new Map<string, Reading>()
  for (const reading of readings) {
    const before = best.get(reading.analyte)
    if (before === undefined || countsBefore(reading, before)) best.set(reading.analyte, reading)
  }
  return best
}

/** Standard uncertainty; undefined when u or its coverage factor is not known. */
export function standardOf({
  u,
  k,
}: {
  readonly u?: number
  readonly k?: number
}): number | undefined {
  return u === undefined || k === undefined || k <= 0 ? undefined : u / k
}
