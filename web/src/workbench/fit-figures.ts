import { elementColour, elementOrder } from '../../../src/draw/palette.ts'
import type { FitPicture, FittedMeasure } from '../../../src/scenario/index.ts'
import type { Dot, DotShape, FigureData, Line } from '../circuit/chart/figure-types.ts'
import { linearAxis, logAxis } from '../circuit/chart/scale.ts'
import { formatNumber } from '../ui/format.ts'

const shapes: readonly DotShape[] = ['circle', 'square', 'triangle', 'diamond']

/** A shape for each source, so that sources differ without colour. */
export const shapeOf = (sources: readonly string[], source: string): DotShape =>
  shapes[Math.max(sources.indexOf(source), 0) % shapes.length] ?? 'circle'

export const sourcesOf = ({ points }: FitPicture) => [...new Set(points.map((p) => p.source))]

const elementsIn = ({ points }: FitPicture) =>
  elementOrder([...new Set(points.map((p) => p.element))])

/** Predicted over measured D, with lines of agreement and of a factor of two. */
export function agreementFigure(picture: FitPicture, height: number): FigureData {
  const { points } = picture
  const sources = sourcesOf(picture)
  const all = points.flatMap(({ measured, predicted }) => [measured, predicted])
  const x = logAxis('measured D', all)
  const y = { ...x, title: 'predicted D' }
  const guide = (factor: number, label: string): Line => ({
    id: `guide ${factor}`,
    label,
    colour: 'var(--quiet)',
    faint: true,
    ...(factor === 1 ? {} : { dash: '4 3' }),
    points: [
      [x.from, x.from * factor],
      [x.to, x.to * factor],
    ],
  })
  const dots = points.map(
    (p, k): Dot => ({
      id: String(k),
      x: p.measured,
      y: p.predicted,
      colour: elementColour(p.element),
      shape: shapeOf(sources, p.source),
      faint: !p.used,
      title: `${p.element}, ${p.source}: measured ${formatNumber(p.measured)}, predicted ${formatNumber(p.predicted)}`,
    }),
  )
  const lines = [guide(1, ''), guide(2, ''), guide(0.5, '')]
  return { x, panels: [{ id: 'agreement', height, y, lines, dots }] }
}

/** log D over pH by the fitted constants, with the measured D carried to unloaded extractant. */
export function isothermFigure(picture: FitPicture, height: number): FigureData {
  const { points, isotherms, extractant } = picture
  const sources = sourcesOf(picture)
  const x = linearAxis(
    'pH at equilibrium',
    isotherms.flatMap(({ line }) => line.map(([pH]) => pH)),
  )
  const values = points.map(({ unloaded }) => unloaded)
  const y = logAxis(`D, ${formatNumber(extractant, 3)} mol/L unloaded`, values)
  const order = elementsIn(picture)
  const lines = [...isotherms]
    .sort((a, b) => order.indexOf(a.element) - order.indexOf(b.element))
    .map(
      ({ element, line }): Line => ({
        id: element,
        label: element,
        colour: elementColour(element),
        points: line,
      }),
    )
  const dots = points.map(
    (p, k): Dot => ({
      id: String(k),
      x: p.pH,
      y: p.unloaded,
      colour: elementColour(p.element),
      shape: shapeOf(sources, p.source),
      faint: !p.used,
      title: `${p.element}, ${p.source}: pH ${formatNumber(p.pH, 3)}, D ${formatNumber(p.unloaded)}`,
    }),
  )
  return { x, panels: [{ id: 'isotherms', height, y, lines, dots }] }
}

/** One measured number in words. */
function saidOf({ place, element = '', of, measured, predicted, outlier }: FittedMeasure): string {
  const both = `${formatNumber(measured)}, predicted ${formatNumber(predicted)}`
  return `${place}: ${`${element} ${of}`.trim()} ${both}${outlier ? ', an outlier' : ''}`
}

/** Residuals, source by source across: log10 of predicted over measured. */
export function residualFigure(measures: readonly FittedMeasure[], height: number): FigureData {
  const sources = [...new Set(measures.map((m) => m.source))]
  const sorted = sources.flatMap((source) => measures.filter((m) => m.source === source))
  const bands: { name: string; from: number; to: number }[] = []
  for (const [k, { source }] of sorted.entries()) {
    const last = bands.at(-1)
    if (last?.name === source) last.to = k + 1.5
    else bands.push({ name: source, from: k + 0.5, to: k + 1.5 })
  }
  const y = linearAxis(
    'log10 predicted/measured',
    sorted.map((m) => m.deviation),
  )
  const wide = Math.max(Math.abs(y.from), Math.abs(y.to), 0.1)
  const dots = sorted.map(
    (m, k): Dot => ({
      id: `${m.place} ${m.of} ${m.element ?? ''}`,
      x: k + 1,
      y: m.deviation,
      colour: m.element === undefined ? 'var(--ink)' : elementColour(m.element),
      shape: shapeOf(sources, m.source),
      ...(m.outlier ? { open: true, size: 5 } : {}),
      title: saidOf(m),
    }),
  )
  const zero: Line = {
    id: 'zero',
    label: '',
    colour: 'var(--ink)',
    faint: true,
    points: [
      [0.5, 0],
      [sorted.length + 0.5, 0],
    ],
  }
  return {
    x: { title: 'measurements, by source', kind: 'linear', from: 0.5, to: sorted.length + 0.5 },
    xTicks: [],
    bands,
    panels: [{ id: 'residuals', height, y: { ...y, from: -wide, to: wide }, lines: [zero], dots }],
  }
}
