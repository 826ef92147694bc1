import { streamPH } from '../chemistry/index.ts'
import type { Databank } from '../databank/index.ts'
import { balance, type FlowsheetSolution, type Stream } from '../flowsheet/index.ts'
import type { CircuitReport, StageResult } from '../flowsheet/unit-op.ts'
import { carriedBy } from './carried.ts'
import { kept, onDemand } from '../numerics/index.ts'
import { isSold, recovery } from './measure-value.ts'
import type { Measured } from './measure-value.ts'
import type { PlantStream } from './plant.ts'
import type { Solution, SolvedCircuit, SolvedStage, SolvedStream, SolvedUnit } from './solution.ts'
import {
  assumptionsOf,
  dataSetsOf,
  limitResults,
  reagentResults,
  specificationResults,
} from './solution-parts.ts'
import { declaredPhase, heatOf, productResults, unitsOf } from './solved-plant.ts'
import { traceFeeds, type Traced } from './tracing.ts'
import { transferPumps } from './transfer-pumps.ts'

/** The solved flowsheet as the document that everyone else reads. */
export function toSolution(
  solved: FlowsheetSolution,
  measured: Measured,
  bank: Databank,
  withPH: boolean,
): Solution {
  const { plant } = measured
  const products = productResults(measured)
  const told = toldOf(solved, measured, bank, { products, withPH })
  return {
    schema: 'didymium/solution@1',
    title: plant.title,
    get plant() {
      return plant.hash
    },
    operatingHours: plant.operatingHours,
    status: solved.status,
    outcome: outcomeOf(solved),
    get streams() {
      return told.streams()
    },
    products,
    get recovery() {
      return told.recovery()
    },
    get balance() {
      return told.balance()
    },
    get circuits() {
      return told.circuits()
    },
    get warnings() {
      return told.warnings()
    },
    get units() {
      return told.units()
    },
    get reagents() {
      return told.reagents()
    },
    specifications: specificationResults(solved, plant),
    get limits() {
      return told.limits()
    },
    get dataSets() {
      return told.dataSets()
    },
    get assumptions() {
      return told.assumptions()
    },
    solver: {
      sweeps: solved.solver.sweeps,
      tears: [...solved.solver.tears],
      residual: solved.solver.residual,
    },
  }
}

/**
 * What a re-solve is asked first is whether it stands and what it makes: the rest is told when it
 * is read, which takes a third of the time of a warm solve.
 */
function toldOf(
  solved: FlowsheetSolution,
  measured: Measured,
  bank: Databank,
  { products, withPH }: { readonly products: Solution['products']; readonly withPH: boolean },
) {
  const { plant } = measured
  const traced = onDemand(() => traceFeeds(measured))
  const limits = onDemand(() => limitResults(measured))
  const reagents = onDemand(() => reagentResults(measured, products))
  const streams = () =>
    Object.fromEntries(
      plant.streams.map((line) => [line.name, streamResult(line, measured, traced(), withPH)]),
    )
  return {
    streams: onDemand(streams),
    recovery: onDemand(() => recoveries(measured)),
    balance: onDemand(() => balanceResult(measured)),
    circuits: onDemand(() => circuitResults(measured)),
    warnings: onDemand(() => warningsOf(solved, limits(), traced())),
    units: onDemand(() => unitResults(solved, measured, reagents())),
    reagents,
    limits,
    dataSets: onDemand(() => dataSetsOf(plant, bank)),
    assumptions: onDemand(() => assumptionsOf(plant)),
  }
}

function circuitResults({ state }: Measured): Solution['circuits'] {
  return Object.fromEntries(
    Object.entries(state.results).flatMap(([name, { circuit }]) =>
      circuit === undefined
        ? []
        : [[name, kept(circuitsShown, circuit, () => circuitResult(circuit))] as const],
    ),
  )
}

function outcomeOf({ failure }: FlowsheetSolution): Solution['outcome'] {
  if (failure === null) return null
  const { outcome, unit, at, detail, advice } = failure
  return { name: outcome, unit, at, detail, advice }
}

function streamResult(
  line: PlantStream,
  measured: Measured,
  traced: Traced,
  withPH: boolean,
): SolvedStream {
  const { plant, state } = measured
  const stream = state.streams[line.name] as Stream
  const carried = carriedBy(stream, measured)
  const pH = withPH ? streamPH(state.properties, stream.flow, stream.temperature) : undefined
  const tracers = traced.byStream.get(line.name)
  const result: SolvedStream = {
    from: `${line.from.unit}.${line.from.port}`,
    to: `${line.to.unit}.${line.to.port}`,
    temperature: stream.temperature,
    phase: carried.main ?? declaredPhase(plant, line),
    mass: carried.mass,
    get species() {
      return carried.species()
    },
    get elements() {
      return carried.elements()
    },
    get volume() {
      return carried.volume()
    },
    get density() {
      return carried.density()
    },
  }
  if (pH !== undefined) result.pH = pH
  if (stream.particleSize !== undefined) result.particleSize = stream.particleSize
  if (tracers !== undefined) result.tracers = tracers
  return result
}

function recoveries(measured: Measured): Record<string, number> {
  const sold = measured.plant.units.filter(isSold).flatMap((unit) => {
    const { elements } = unit.params
    return Array.isArray(elements) ? elements.map(String) : []
  })
  const entries = [...new Set(sold)].map((symbol) => [symbol, recovery(symbol, measured)] as const)
  return Object.fromEntries(entries.filter(([, value]) => Number.isFinite(value)))
}

function balanceResult({ plant, state, weights }: Measured): Solution['balance'] {
  const whole = balance(state.properties.species, plant.streams, state.streams)
  const { elements, worst, where, units, charge, chargeWhere } = whole
  const inMass = Object.entries(elements).flatMap(([symbol, { in: entering, out, gap }]) => {
    const weight = weights.get(symbol) ?? 0
    return entering === 0 && out === 0
      ? []
      : [[symbol, { in: entering * weight, out: out * weight, gap }] as const]
  })
  return {
    worst,
    where,
    elements: Object.fromEntries(inMass),
    units: { ...units },
    charge,
    chargeWhere,
  }
}

const circuitsShown = new WeakMap<CircuitReport, SolvedCircuit>()

function circuitResult(circuit: CircuitReport): SolvedCircuit {
  const neighbours = neighboursOf(circuit.elements)
  return {
    extractant: circuit.extractant,
    elements: [...circuit.elements],
    stages: circuit.stages.map((stage) => stageResult(stage, neighbours)),
    ...(circuit.held === undefined ? {} : { held: circuit.held }),
    iterations: circuit.iterations,
  }
}

/** Neighbouring elements, lighter first, with the name of their separation factor. */
type Neighbours = readonly (readonly [lighter: string, heavier: string, name: string])[]

const neighboursOf = (elements: readonly string[]): Neighbours =>
  elements.slice(1).map((heavier, k) => {
    const lighter = elements[k] as string
    return [lighter, heavier, `${heavier}/${lighter}`]
  })

function stageResult(stage: StageResult, neighbours: Neighbours): SolvedStage {
  const beta: Record<string, number> = {}
  for (const [lighter, heavier, name] of neighbours) {
    const [low, high] = [stage.D[lighter] ?? 0, stage.D[heavier] ?? 0]
    const factor = high / low
    if (low > 0 && Number.isFinite(factor)) beta[name] = factor
  }
  const { index, section, pH, freeExtractant, loading } = stage
  const { aqueousFlow, organicFlow, mixerPhaseRatio } = stage
  return {
    index,
    section,
    pH,
    freeExtractant,
    loading,
    aqueousFlow,
    organicFlow,
    mixerPhaseRatio,
    aqueous: stage.aqueous,
    organic: stage.organic,
    D: stage.D,
    beta,
  }
}

function warningsOf(
  solved: FlowsheetSolution,
  limits: Solution['limits'],
  traced: Traced,
): Solution['warnings'] {
  const own = solved.warnings.map(({ rank, unit, code, text, stage }) => ({
    rank,
    unit,
    stage: stage ?? null,
    code,
    text,
  }))
  const missed = limits
    .filter((limit) => !limit.met)
    .map(({ name, measure, reached }) => {
      const value = reached === null ? 'cannot be measured' : `it is ${reached.toPrecision(4)}`
      return {
        rank: 1,
        unit: 'plant',
        stage: null,
        code: 'limit',
        text: `${name}: ${measure} - ${value}`,
      }
    })
  const lost = traced.trapped.map((text) => ({
    rank: 2,
    unit: 'plant',
    stage: null,
    code: 'tracer',
    text,
  }))
  return [...own, ...missed, ...lost].sort((a, b) => a.rank - b.rank)
}

/** Heat and figures are told when they are read. */
function unitResults(
  solved: FlowsheetSolution,
  measured: Measured,
  reagents: Solution['reagents'],
): Solution['units'] {
  const { plant, state } = measured
  const carried = plant.streams.map(({ name }) =>
    carriedBy(state.streams[name] as Stream, measured),
  )
  const pumps = transferPumps(plant, carried, (line) => carried[line]?.volume() ?? {})
  const found = unitsOf(solved, measured, pumps, reagents)
  return Object.fromEntries(
    found.map(({ name, op: { kind, title, symbol }, result, sized: { equipment, holdUp } }) => {
      const { power } = result
      const unit: SolvedUnit = {
        kind,
        title,
        symbol,
        get heat() {
          return heatOf(result)
        },
        ...(power === undefined ? {} : { power }),
        get figures() {
          return result.figures ?? {}
        },
        equipment: equipment as SolvedUnit['equipment'],
        ...(holdUp === undefined ? {} : { holdUp }),
      }
      return [name, unit]
    }),
  )
}
