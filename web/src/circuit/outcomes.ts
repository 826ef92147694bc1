import type { Solution } from '../../../src/scenario/index.ts'

/** Where an element of the feed leaves a circuit: shares of what leaves in all. */
export interface Destination {
  readonly element: string
  readonly shares: readonly { readonly outlet: string; readonly share: number }[]
}

/** The streams out of a circuit by their port. */
function outletsOf(solution: Solution, name: string) {
  const own = Object.values(solution.streams).filter(({ from }) => from.startsWith(`${name}.`))
  return own.map((stream) => ({ port: stream.from.slice(name.length + 1), stream }))
}

/** Share of each element by outlet, those outlets first that take most of anything. */
export function destinations(
  solution: Solution,
  name: string,
  elements: readonly string[],
): readonly Destination[] {
  const outlets = outletsOf(solution, name)
  return elements.flatMap((element): Destination[] => {
    const all = outlets.reduce((sum, { stream }) => sum + (stream.elements[element] ?? 0), 0)
    if (!(all > 0)) return []
    const shares = outlets.map(({ port, stream }) => ({
      outlet: port,
      share: (stream.elements[element] ?? 0) / all,
    }))
    return [{ element, shares }]
  })
}

/** Share of an element at an outlet of another solution; undefined where there is none. */
export function shareAt(
  solution: Solution | null | undefined,
  name: string,
  element: string,
  outlet: string,
): number | undefined {
  if (solution === null || solution === undefined) return undefined
  const [found] = destinations(solution, name, [element])
  return found?.shares.find((s) => s.outlet === outlet)?.share
}

/** Products that a circuit feeds, following the streams down, but not round the recycles. */
export function productsBelow(solution: Solution, name: string): readonly string[] {
  const unitOf = (port: string) => port.slice(0, port.lastIndexOf('.'))
  const tears = new Set(solution.solver.tears)
  const seen = new Set([name])
  const queue = [name]
  for (let unit = queue.pop(); unit !== undefined; unit = queue.pop()) {
    for (const [stream, { from, to }] of Object.entries(solution.streams)) {
      if (tears.has(stream)) continue
      const next = unitOf(to)
      if (unitOf(from) !== unit || seen.has(next)) continue
      seen.add(next)
      queue.push(next)
    }
  }
  return solution.products.filter((p) => seen.has(p.name)).map((p) => p.name)
}
