import type { SolvedLine, SolvedPlant } from './solved-plant.ts'

type ByUnit = ReadonlyMap<string, readonly SolvedLine[]>

interface Ends {
  readonly from: ByUnit
  readonly to: ByUnit
}

const sorted = new WeakMap<SolvedPlant['streams'], Ends>()

const unitOf = (end: string) => end.slice(0, end.lastIndexOf('.'))

function sort(streams: SolvedPlant['streams']): Ends {
  const ends = { from: new Map<string, SolvedLine[]>(), to: new Map<string, SolvedLine[]>() }
  const put = (map: Map<string, SolvedLine[]>, unit: string, line: SolvedLine) => {
    const own = map.get(unit)
    if (own === undefined) map.set(unit, [line])
    else own.push(line)
  }
  for (const line of Object.values(streams)) {
    put(ends.from, unitOf(line.from), line)
    put(ends.to, unitOf(line.to), line)
  }
  return ends
}

/** The lines that come from a unit, or go to it; sorted once for a plant. */
export function linesAt(
  { streams }: SolvedPlant,
  end: 'from' | 'to',
  unit: string,
): readonly SolvedLine[] {
  let ends = sorted.get(streams)
  if (ends === undefined) {
    ends = sort(streams)
    sorted.set(streams, ends)
  }
  return ends[end].get(unit) ?? []
}
