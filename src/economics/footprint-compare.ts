import type { PublishedRoute, RouteComparison } from './footprint-types.ts'

/** kg CO2e per kg, by the functional unit that it is per, of this plant. */
export type OwnFigures = Readonly<Record<string, number>>

/**
 * Sets published routes beside a plant, like with like alone: the same functional unit and a
 * published figure. A route that cannot stand there says why.
 */
export function compareRoutes(
  routes: readonly PublishedRoute[],
  own: OwnFigures,
): readonly RouteComparison[] {
  return routes.map((route): RouteComparison => {
    const figure = own[route.functionalUnit]
    if (figure === undefined) {
      const units = Object.keys(own).join(', ') || 'none'
      const because = `its functional unit is ${route.functionalUnit}; this plant has ${units}`
      return { route, comparable: false, because }
    }
    const { range } = route
    if (range === undefined) {
      const because = 'it states a difference to another route, no figure of its own'
      return { route, comparable: false, because }
    }
    const [low, high] = range
    return { route, comparable: true, own: figure, ratio: [figure / high, figure / low] }
  })
}
