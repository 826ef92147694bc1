import type { Solution } from '../scenario/index.ts'
import { drawPfd, type Drawing } from './pfd.ts'
import { drawStageProfile } from './stage-profile.ts'

function flowText(kilogramsPerSecond: number): string {
  const value = kilogramsPerSecond * 3600
  return value >= 0.01
    ? `${Number(value.toPrecision(3))} kg/h`
    : `${Number((value * 1000).toPrecision(3))} g/h`
}

/** What the flow diagram of a solved plant shows: units, streams with their flows, recycles. */
export function drawingOf(solution: Solution): Drawing {
  const tears = new Set(solution.solver.tears)
  const worst = solution.balance.worst.toExponential(1)
  return {
    title: solution.title,
    subtitle:
      `${solution.status}; ${solution.operatingHours} h/y; worst gap ${worst}; ` +
      `assumptions: ${solution.assumptions.length}`,
    units: Object.entries(solution.units).map(([name, unit]) => {
      const product = solution.products.find((p) => p.name === name)
      const sections = solution.circuits[name]?.stages.map((stage) => stage.section) ?? []
      const unitDrawing = { name, kind: unit.kind, symbol: unit.symbol }
      return {
        ...unitDrawing,
        ...(sections.length > 0 ? { compartments: [...new Set(sections)] } : {}),
        ...(product === undefined
          ? {}
          : {
              caption:
                `${(100 * product.purity.reoOfTreo).toFixed(2)} % · ` +
                `${Number(product.rate['t/y'].toPrecision(3))} t/y`,
            }),
      }
    }),
    streams: Object.entries(solution.streams)
      .filter(([, stream]) => stream.mass > 0)
      .map(([name, stream]) => ({
        name,
        from: stream.from.slice(0, stream.from.lastIndexOf('.')),
        to: stream.to.slice(0, stream.to.lastIndexOf('.')),
        phase: stream.phase,
        flow: flowText(stream.mass),
        recycle: tears.has(name),
      })),
  }
}

/** The flow diagram (suffix empty) and one stage profile a circuit (suffix `-name`), as SVG. */
export async function plotSolution(
  solution: Solution,
): Promise<readonly { readonly suffix: string; readonly svg: string }[]> {
  const profiles = Object.entries(solution.circuits).map(([name, circuit]) => ({
    suffix: `-${name}`,
    svg: drawStageProfile({
      title: `${name}: ${circuit.extractant}, ${circuit.stages.length} stages`,
      stages: circuit.stages,
    }),
  }))
  return [{ suffix: '', svg: await drawPfd(drawingOf(solution)) }, ...profiles]
}
