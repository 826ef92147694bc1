import { elementColour } from '../../../src/draw/palette.ts'
import type { FigureData, Line, Note } from './chart/figure-types.ts'
import { type Axis, linearAxis, logAxis, placeOn } from './chart/scale.ts'
import { along, besidePoints } from './labels.ts'
import { type Construction, type Leg, onLine, type Place, staircase } from './mccabe.ts'
import type { Scale } from './profile.ts'

/** Dashes of the operating lines, one a leg in turn: never by colour alone. */
const dashes = ['8 3', '3 3', '10 3 2 3', '1 4'] as const

/** Least that is drawn on log axes, mol/L. */
const least = 1e-9

const drawn = (places: readonly Place[], scale: Scale): readonly Place[] =>
  scale === 'linear' ? places : places.filter(([x, y]) => x >= least && y >= least)

/** The line over all that it joins; on log axes a straight line is a curve of many points. */
function operating(leg: Leg, scale: Scale): readonly Place[] {
  const { lower, upper, line, stages } = leg
  const xs = [lower[0], upper[0], ...stages.map(([x]) => x)]
  const [low, high] = [Math.min(...xs), Math.max(...xs)]
  const at = (x: number): Place => [x, onLine(line, x)]
  if (scale === 'linear') return [at(low), at(high)]
  const from = Math.max(low, least)
  const count = 60
  return drawn(
    Array.from({ length: count + 1 }, (_, k) => at(from * (high / from) ** (k / count))),
    scale,
  )
}

/** Step numbers that fit: all of a few, each fifth of many. */
const numbered = (stage: number, leg: Leg, many: boolean) =>
  !many || stage === leg.from || stage === leg.to || stage % 5 === 0

function notesOf(leg: Leg, scale: Scale, many: boolean): readonly Note[] {
  return leg.stages.flatMap(([x, y], k): Note[] => {
    const stage = leg.from + k
    if (!numbered(stage, leg, many) || (scale === 'log' && (x < least || y < least))) return []
    return [{ id: `step ${stage}`, x, y, text: String(stage) }]
  })
}

function axes(legs: readonly Leg[], element: string, scale: Scale): { x: Axis; y: Axis } {
  const all = legs.flatMap((leg) => [...leg.stages, ...leg.equilibrium, leg.lower, leg.upper])
  const [xs, ys] = [all.map(([x]) => x), all.map(([, y]) => y)]
  const [across, up] = [`${element} in the aqueous, mol/L`, `${element} in the organic, mol/L`]
  if (scale === 'linear') return { x: linearAxis(across, xs, true), y: linearAxis(up, ys, true) }
  const seen = (of: readonly number[]) => of.filter((v) => v >= least)
  return { x: logAxis(across, seen(xs)), y: logAxis(up, seen(ys)) }
}

/** The construction of some sections as a figure: curve, operating lines, numbered steps. */
export function mccabeFigure(
  { element, legs }: Construction,
  scale: Scale,
  size: { readonly width: number; readonly height: number },
): FigureData {
  const colour = elementColour(element)
  const { x, y } = axes(legs, element, scale)
  const many = legs.reduce((sum, leg) => sum + leg.stages.length, 0) > 24
  const curves = legs.map((leg): Line => {
    const through = drawn(leg.equilibrium, scale)
    const isOrigin = scale === 'linear' && leg.equilibrium[0] !== undefined
    const points = isOrigin ? sortedFromZero(through) : through
    return {
      id: `curve ${leg.from}`,
      label: '',
      colour,
      points,
      width: 2.2,
      smooth: true,
    }
  })
  const lines = legs.map(
    (leg, k): Line => ({
      id: `line ${leg.from}`,
      label: '',
      colour: 'var(--ink)',
      points: operating(leg, scale),
      width: 1.4,
      dash: dashes[k % dashes.length] ?? '8 3',
    }),
  )
  const stairs = legs.map(
    (leg): Line => ({
      id: `stairs ${leg.from}`,
      label: '',
      colour: 'var(--quiet)',
      points: drawn(staircase(leg), scale),
      width: 1,
    }),
  )
  const dots = legs.flatMap((leg) =>
    leg.stages.map(([px, py], k) => ({
      id: `stage ${leg.from + k}`,
      x: px,
      y: py,
      colour,
      size: 3,
      title: `stage ${leg.from + k}, ${leg.section}`,
    })),
  )
  const at = (px: number, py: number) =>
    [placeOn(x, px) * size.width, (1 - placeOn(y, py)) * size.height] as const
  const all = [...stairs, ...lines, ...curves]
  const notes = besidePoints(
    legs.flatMap((leg) => notesOf(leg, scale, many)),
    at,
    size,
    {
      dots: dots.map((dot) => at(dot.x, dot.y)),
      lines: all.flatMap(({ points }) =>
        along(points.flatMap(([px, py]) => (py === null ? [] : [at(px, py)]))),
      ),
    },
  )
  return { x, panels: [{ id: 'mccabe', height: size.height, y, lines: all, dots, notes }] }
}

/** The curve begins where nothing is in either phase. */
function sortedFromZero(places: readonly Place[]): readonly Place[] {
  const isOneWay = places.every(([x], k) => k === 0 || x >= (places[k - 1]?.[0] ?? 0))
  const isBack = places.every(([x], k) => k === 0 || x <= (places[k - 1]?.[0] ?? 0))
  if (isOneWay) return [[0, 0], ...places]
  return isBack ? [...places, [0, 0]] : places
}
