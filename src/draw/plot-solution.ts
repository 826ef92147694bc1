import { formatNumber } from '../quantities/index.ts'
import type { Solution, SolvedProduct } from '../scenario/index.ts'
import type { Drawing, DrawnUnit } from './drawing.ts'
import { drawPfd } from './pfd.ts'
import { drawStageProfile } from './stage-profile.ts'

function flowText(kilogramsPerSecond: number): string {
  const value = kilogramsPerSecond * 3600
  if (value === 0) return '0'
  if (value < 1e-5) return '< 0.01 g/h'
  return value >= 0.01 ? `${formatNumber(value, 3)} kg/h` : `${formatNumber(value * 1000, 3)} g/h`
}

const unitOf = (place: string) => place.slice(0, place.lastIndexOf('.'))

function unitDrawing(solution: Solution, name: string): DrawnUnit {
  const unit = solution.units[name]
  const product = solution.products.find((p) => p.name === name)
  const compartments = new Map<string, number>()
  for (const { section } of solution.circuits[name]?.stages ?? []) {
    compartments.set(section, (compartments.get(section) ?? 0) + 1)
  }
  const sections = [...compartments].map(([section, stages]) => ({ name: section, stages }))
  return {
    name,
    kind: unit?.kind ?? '',
    symbol: unit?.symbol ?? 'box',
    ...(sections.length > 0 ? { compartments: sections } : {}),
    ...(product === undefined
      ? {}
      : { caption: `${purityOf(product)}${formatNumber(product.rate['t/y'], 3)} t/y` }),
  }
}

/** A by-product without rare earths to sell has no purity. */
function purityOf({ elements, purity }: SolvedProduct): string {
  return elements.length === 0 ? '' : `${(100 * purity.reoOfTreo).toFixed(2)} % REO/TREO · `
}

/** The lines of the title block; `date` comes from the caller, who has a clock. */
function block(solution: Solution, date: string | undefined, estimate: string): Drawing['block'] {
  const feeds = Object.values(solution.streams).filter(
    ({ from }) => solution.units[unitOf(from)]?.symbol === 'feed',
  )
  const fed = feeds.reduce((sum, { mass }) => sum + mass, 0) * 3.6 * solution.operatingHours
  const { outcome, balance, assumptions } = solution
  const verdict = outcome === null ? 'converged' : `${outcome.name}: ${outcome.unit} ${outcome.at}`
  return [
    { name: 'revision (of the plant file)', value: solution.plant.slice(0, 12) },
    ...(date === undefined ? [] : [{ name: 'date', value: date }]),
    {
      name: 'basis',
      value: `${formatNumber(fed)} t/y feed at ${formatNumber(solution.operatingHours)} h/y`,
    },
    { name: 'solution', value: verdict },
    { name: 'worst balance gap', value: `${balance.worst.toExponential(1)} (${balance.where})` },
    { name: 'class of estimate', value: estimate },
    { name: 'assumptions', value: `${assumptions.length}` },
  ]
}

/**
 * What the flow diagram of a solved plant shows: units, streams with their flows, recycles. The
 * class of an estimate stands in its title block where there is one.
 */
export function drawingOf(
  solution: Solution,
  date?: string,
  estimate = 'no costs estimated',
): Drawing {
  return {
    title: solution.title,
    block: block(solution, date, estimate),
    units: Object.keys(solution.units).map((name) => unitDrawing(solution, name)),
    streams: Object.entries(solution.streams)
      .filter(([, { mass, from }]) => mass > 0 || solution.units[unitOf(from)]?.kind !== 'reagent')
      .map(([name, stream]) => ({
        name,
        from: unitOf(stream.from),
        to: unitOf(stream.to),
        toPort: stream.to.slice(stream.to.lastIndexOf('.') + 1),
        phase: stream.phase,
        flow: flowText(stream.mass),
        weight: stream.mass,
      })),
  }
}

/** The flow diagram (suffix empty) and one stage profile a circuit (suffix `-name`), as SVG. */
export async function plotSolution(
  solution: Solution,
  date?: string,
): Promise<readonly { readonly suffix: string; readonly svg: string }[]> {
  const profiles = Object.entries(solution.circuits).map(([name, circuit]) => ({
    suffix: `-${name}`,
    svg: drawStageProfile({
      title: `${name}: ${circuit.extractant}, ${circuit.stages.length} stages`,
      stages: circuit.stages,
    }),
  }))
  return [{ suffix: '', svg: await drawPfd(drawingOf(solution, date)) }, ...profiles]
}
