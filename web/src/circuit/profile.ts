import { elementColour, elementOrder } from '../../../src/draw/palette.ts'
import type { SolvedCircuit, SolvedStage } from '../../../src/scenario/index.ts'
import type { FigureData, Line, Mark, Panel } from './chart/figure-types.ts'
import { linearAxis, logAxis, stageTicks, type Axis } from './chart/scale.ts'
import type { Band } from './chart/figure-types.ts'
import type { CircuitPlan } from './plan.ts'

/** Smallest concentration that is drawn, mol/L: below it nothing is measurable. */
const drawnFrom = 1e-9

/** Cations of the base: they ride along and are not separated. */
const bases: ReadonlySet<string> = new Set(['Na', 'NH4'])

/** Metals of a circuit that are somewhere measurable, in the order of every list. */
export function presentElements(stages: readonly SolvedStage[], elements: readonly string[]) {
  const isThere = (el: string) =>
    stages.some((s) => (s.organic[el] ?? 0) > drawnFrom || (s.aqueous[el] ?? 0) > drawnFrom)
  return elementOrder(elements.filter(isThere))
}

/** What is shown before anybody has chosen: the rare earths, without the cation of the base. */
export const usualElements = (present: readonly string[]) => present.filter((el) => !bases.has(el))

/** Runs of stages of one section. */
export function bandsOf(stages: readonly { index: number; section: string }[]): readonly Band[] {
  const runs: { name: string; from: number; to: number }[] = []
  for (const { index, section } of stages) {
    const last = runs.at(-1)
    if (last?.name === section) last.to = index + 0.5
    else runs.push({ name: section, from: index - 0.5, to: index + 0.5 })
  }
  return runs
}

/** Feeds, draws and outlets of liquor over the stages where they are; two at one stage share it. */
function marksOf(plan: CircuitPlan | undefined): readonly Mark[] {
  if (plan === undefined) return []
  const of = (way: 'in' | 'out') => (place: { name: string; stage: number }) => ({ ...place, way })
  const all = [
    ...plan.feeds.map(of('in')),
    ...plan.draws.map(of('out')),
    ...plan.outlets.map(of('out')),
  ]
  const merged = new Map<string, { x: number; way: 'in' | 'out'; names: string[] }>()
  for (const { name, stage, way } of all) {
    const key = `${way} ${stage}`
    const mark = merged.get(key) ?? { x: stage, way, names: [] }
    mark.names.push(name)
    merged.set(key, mark)
  }
  return [...merged].map(([id, { x, way, names }]) => ({ id, x, way, text: names.join(', ') }))
}

type Phase = 'aqueous' | 'organic'

export const organicDash = '6 3'

function concentrationLines(
  stages: readonly SolvedStage[],
  symbols: readonly string[],
  scale: Scale,
): Line[] {
  const of = (phase: Phase) => (symbol: string) => ({
    id: `${symbol} ${phase}`,
    label: phase === 'aqueous' ? symbol : '',
    colour: elementColour(symbol),
    width: phase === 'aqueous' ? 2 : 1.5,
    ...(phase === 'organic' ? { dash: organicDash } : {}),
    points: stages.map((s) => {
      const value = s[phase][symbol] ?? 0
      return [s.index, scale === 'linear' || value > drawnFrom ? value : null] as const
    }),
  })
  return [...symbols.map(of('aqueous')), ...symbols.map(of('organic'))]
}

const ink = 'var(--ink)'

function strip(
  id: string,
  title: string,
  stages: readonly SolvedStage[],
  value: (stage: SolvedStage) => number,
  fromZero: boolean,
): Panel {
  const points = stages.map((s) => [s.index, value(s)] as const)
  const y = linearAxis(
    title,
    points.map(([, v]) => v),
    fromZero,
  )
  const line: Line = { id, label: '', colour: ink, points, width: 1.6 }
  return { id, height: 54, y, lines: [line], ticks: 3 }
}

/** Pairs of neighbours in extractability: the more extractable first, by D over all stages. */
export function neighbours(
  stages: readonly SolvedStage[],
  symbols: readonly string[],
): readonly (readonly [over: string, under: string])[] {
  const mean = (el: string) =>
    stages.reduce((sum, s) => sum + Math.log(Math.max(s.D[el] ?? 0, 1e-30)), 0) / stages.length
  const sorted = symbols
    .filter((el) => !bases.has(el) && stages.some((s) => (s.D[el] ?? 0) > 0))
    .map((el) => ({ el, lnD: mean(el) }))
    .sort((a, b) => a.lnD - b.lnD)
  return sorted.slice(1).map(({ el }, k) => [el, sorted[k]?.el ?? ''] as const)
}

const betaOf = ({ D }: SolvedStage, over: string, under: string) => {
  const [a, b] = [D[over] ?? 0, D[under] ?? 0]
  return a > 0 && b > 0 ? a / b : null
}

export type Scale = 'log' | 'linear'

export interface ProfileRequest {
  readonly circuit: SolvedCircuit
  readonly plan: CircuitPlan | undefined
  readonly chosen: readonly string[]
  readonly scale: Scale
  readonly show: { readonly D: boolean; readonly beta: boolean }
  /** Height of the chart of concentrations, px. */
  readonly height: number
}

const concentrationAxis = (scale: Scale, lines: readonly Line[]): Axis => {
  const values = lines.flatMap(({ points }) => points.map(([, y]) => y ?? Number.NaN))
  const title = 'mol/L'
  return scale === 'log' ? logAxis(title, values) : linearAxis(title, values, true)
}

/** The stage profiles of a circuit as a figure. */
export function profileFigure(request: ProfileRequest): FigureData {
  const { circuit, plan, chosen, scale, show, height } = request
  const { stages } = circuit
  const lines = concentrationLines(stages, chosen, scale)
  const panels: Panel[] = [
    strip('pH', 'pH', stages, (s) => s.pH, false),
    strip('loading', 'loading, %', stages, (s) => 100 * s.loading, true),
    strip('free', 'free, mol/L', stages, (s) => s.freeExtractant, true),
    { id: 'concentrations', height, y: concentrationAxis(scale, lines), lines },
  ]
  if (show.D) panels.push(ratioPanel('D', dLines(stages, chosen)))
  if (show.beta) panels.push(ratioPanel('β', betaLines(stages, chosen)))
  return {
    x: stageAxis(stages.length),
    xTicks: stageTicks(stages.length),
    panels,
    bands: bandsOf(stages),
    marks: marksOf(plan),
  }
}

export const stageAxis = (stages: number): Axis => ({
  title: 'stage (organic enters at 1)',
  kind: 'linear',
  from: 0.5,
  to: stages + 0.5,
})

const dLines = (stages: readonly SolvedStage[], chosen: readonly string[]): Line[] =>
  chosen.map((el) => ({
    id: `D ${el}`,
    label: el,
    colour: elementColour(el),
    points: stages.map((s) => [s.index, (s.D[el] ?? 0) > 0 ? (s.D[el] ?? null) : null] as const),
  }))

const betaLines = (stages: readonly SolvedStage[], chosen: readonly string[]): Line[] =>
  neighbours(stages, chosen).map(([over, under]) => ({
    id: `beta ${over}/${under}`,
    label: `${over}/${under}`,
    colour: elementColour(over),
    points: stages.map((s) => [s.index, betaOf(s, over, under)] as const),
  }))

function ratioPanel(id: string, lines: readonly Line[]): Panel {
  const values = lines.flatMap(({ points }) => points.map(([, y]) => y ?? Number.NaN))
  const least = id === 'D' ? values.map((v) => (v > 1e-6 ? v : Number.NaN)) : values
  return { id, height: 150, y: logAxis(id, least, 8), lines }
}
