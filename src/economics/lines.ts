import { kept } from '../numerics/index.ts'
/** Where a line comes from and goes to: `unit.port`. */
interface Ends {
  readonly from: string
  readonly to: string
}

interface Sorted {
  readonly from: ReadonlyMap<string, readonly Ends[]>
  readonly to: ReadonlyMap<string, readonly Ends[]>
}

const known = new WeakMap<object, Sorted>()

/** The unit of an end of a line. */
export const unitOf = (end: string) => end.slice(0, end.lastIndexOf('.'))

function sorted(streams: Readonly<Record<string, Ends>>): Sorted {
  const from = new Map<string, Ends[]>()
  const to = new Map<string, Ends[]>()
  const put = (map: Map<string, Ends[]>, unit: string, line: Ends) => {
    const own = map.get(unit)
    if (own === undefined) map.set(unit, [line])
    else own.push(line)
  }
  for (const line of Object.values(streams)) {
    put(from, unitOf(line.from), line)
    put(to, unitOf(line.to), line)
  }
  return { from, to }
}

/** The lines that come from a unit, or go to it; sorted once for a plant. */
export function linesAt<L extends Ends>(
  { streams }: { readonly streams: Readonly<Record<string, L>> },
  end: 'from' | 'to',
  unit: string,
): readonly L[] {
  const ends = kept(known, streams, () => sorted(streams))
  return (ends[end].get(unit) ?? []) as readonly L[]
}
