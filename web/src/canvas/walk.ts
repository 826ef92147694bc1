import type { Sheet } from './sheet.ts'

/** What can have the focus on the canvas. */
export interface Spot {
  readonly kind: 'unit' | 'stream'
  readonly name: string
}

/** Whose lines the up and down keys go through: those into a unit or those out of it. */
export interface Pivot {
  readonly unit: string
  readonly side: 'in' | 'out'
}

export type Arrow = 'ArrowLeft' | 'ArrowRight' | 'ArrowUp' | 'ArrowDown'

export const isArrow = (key: string): key is Arrow =>
  key === 'ArrowLeft' || key === 'ArrowRight' || key === 'ArrowUp' || key === 'ArrowDown'

/** Lines into or out of a unit, recycles last, then its reagents. */
function linesAt({ lines, units }: Sheet, { unit, side }: Pivot): readonly string[] {
  const own = lines.filter((line) => (side === 'in' ? line.to : line.from) === unit)
  const sorted = [...own.filter(({ recycle }) => !recycle), ...own.filter((line) => line.recycle)]
  const stubs = side === 'in' ? (units.find(({ name }) => name === unit)?.stubs ?? []) : []
  return [...sorted.map(({ name }) => name), ...stubs.map(({ stream }) => stream)]
}

/** The unit at an end of a stream; none where a reagent comes from. */
function endOf({ lines, units }: Sheet, stream: string, side: 'from' | 'to'): string | undefined {
  const line = lines.find(({ name }) => name === stream)
  if (line !== undefined) return line[side]
  if (side === 'from') return undefined
  return units.find(({ stubs }) => stubs.some((stub) => stub.stream === stream))?.name
}

/**
 * Where an arrow key leads: right and left along a stream, from unit to stream to unit; up and down
 * from stream to stream at the same unit, or from unit to unit in the order of the flow.
 */
export function step(
  sheet: Sheet,
  spot: Spot,
  key: Arrow,
  pivot: Pivot | undefined,
): { readonly spot: Spot; readonly pivot: Pivot | undefined } | undefined {
  const side = key === 'ArrowRight' ? 'out' : 'in'
  if (spot.kind === 'unit') {
    if (key === 'ArrowUp' || key === 'ArrowDown') {
      const at = sheet.units.findIndex(({ name }) => name === spot.name)
      const next = sheet.units[at + (key === 'ArrowDown' ? 1 : -1)]
      return next && { spot: { kind: 'unit', name: next.name }, pivot: undefined }
    }
    const around: Pivot = { unit: spot.name, side }
    const [first] = linesAt(sheet, around)
    return first === undefined
      ? undefined
      : { spot: { kind: 'stream', name: first }, pivot: around }
  }
  if (key === 'ArrowLeft' || key === 'ArrowRight') {
    const unit = endOf(sheet, spot.name, side === 'out' ? 'to' : 'from')
    return unit === undefined ? undefined : { spot: { kind: 'unit', name: unit }, pivot: undefined }
  }
  const source = endOf(sheet, spot.name, 'from')
  const target = endOf(sheet, spot.name, 'to')
  const around =
    pivot ??
    (source === undefined
      ? target === undefined
        ? undefined
        : ({ unit: target, side: 'in' } as const)
      : ({ unit: source, side: 'out' } as const))
  if (around === undefined) return undefined
  const others = linesAt(sheet, around)
  const at = others.indexOf(spot.name)
  const next = others[(at + (key === 'ArrowDown' ? 1 : -1) + others.length) % others.length]
  return next === undefined ? undefined : { spot: { kind: 'stream', name: next }, pivot: around }
}
