import type { Selected } from '../document/store.ts'
import type { PlantView } from '../engine/protocol.ts'

/** The unit or stream that is written at a line (from 1); undefined between them. */
export function writtenAtLine(plant: PlantView, text: string, line: number): Selected | undefined {
  const entries = [
    ...plant.units.map(({ name, line: at }) => ({ kind: 'unit' as const, name, at })),
    ...plant.streams.map(({ name, line: at }) => ({ kind: 'stream' as const, name, at })),
  ]
  let best: (typeof entries)[number] | undefined
  for (const entry of entries) {
    if (entry.at <= line && (best === undefined || entry.at >= best.at)) best = entry
  }
  if (best === undefined) return undefined
  const between = text.split('\n').slice(best.at, line)
  // A key at the left edge ends the unit that was written before it.
  if (between.some((written) => /^[^\s#-]/.test(written))) return undefined
  return { kind: best.kind, name: best.name }
}

/** The line at which what is selected is written. */
export function lineOfSelected(plant: PlantView, { kind, name }: Selected): number | undefined {
  const found =
    kind === 'unit'
      ? plant.units.find((unit) => unit.name === name)
      : plant.streams.find((stream) => stream.name === name)
  return found?.line
}
