import { streamPH } from '../chemistry/index.ts'
import { phases, type Phase, type SpeciesTable } from '../chemistry/species.ts'
import type { Databank } from '../databank/index.ts'
import {
  balance,
  elementMasses,
  portsOf,
  reagentKind,
  scale,
  type FlowsheetSolution,
  type OkResult,
  type Stream,
  type UnitInstance,
} from '../flowsheet/index.ts'
import type { CircuitReport, StageResult, UnitOp } from '../flowsheet/unit-op.ts'
import { onDemand } from '../numerics/index.ts'
import { phaseDensities, phaseVolumes } from './facts.ts'
import { kept } from './kept.ts'
import { drawnFrom, isSold, recovery } from './measure-value.ts'
import type { Measured } from './measure-value.ts'
import type { PlantDocument, PlantStream } from './plant.ts'
import type { Solution, SolvedCircuit, SolvedStage, SolvedStream, SolvedUnit } from './solution.ts'
import {
  assumptionsOf,
  dataSetsOf,
  limitResults,
  rateOf,
  reagentResults,
  specificationResults,
} from './solution-parts.ts'
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
  const traced = onDemand(() => traceFeeds(measured))
  const limits = onDemand(() => limitResults(measured))
  // What a re-solve is asked first is whether it stands and what it makes: the rest is told when it
  // is read, which takes a third of the time of a warm solve.
  const streams = onDemand(() =>
    Object.fromEntries(
      plant.streams.map((line) => [line.name, streamResult(line, measured, traced(), withPH)]),
    ),
  )
  const circuits = onDemand(() => circuitResults(measured))
  const warnings = onDemand(() => warningsOf(solved, limits(), traced()))
  const units = onDemand(() => unitResults(solved, measured))
  const reagents = onDemand(() => reagentResults(measured, products))
  const dataSets = onDemand(() => dataSetsOf(plant, bank))
  const assumptions = onDemand(() => assumptionsOf(plant))
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
      return streams()
    },
    products,
    recovery: recoveries(measured),
    balance: balanceResult(measured),
    get circuits() {
      return circuits()
    },
    get warnings() {
      return warnings()
    },
    get units() {
      return units()
    },
    get reagents() {
      return reagents()
    },
    specifications: specificationResults(solved, plant),
    get limits() {
      return limits()
    },
    get dataSets() {
      return dataSets()
    },
    get assumptions() {
      return assumptions()
    },
    solver: {
      sweeps: solved.solver.sweeps,
      tears: [...solved.solver.tears],
      residual: solved.solver.residual,
    },
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
  const { plant, state, weights } = measured
  const { species: table } = state.properties
  const stream = state.streams[line.name] as Stream
  const carried = kept(carriedBy, stream, () => carriedIn(table, stream, weights))
  const { main, ...shown } = carried
  const pH = withPH ? streamPH(state.properties, stream.flow, stream.temperature) : undefined
  const tracers = traced.byStream.get(line.name)
  const result: SolvedStream = {
    from: `${line.from.unit}.${line.from.port}`,
    to: `${line.to.unit}.${line.to.port}`,
    temperature: stream.temperature,
    phase: main ?? declaredPhase(plant, line),
    ...shown,
  }
  if (pH !== undefined) result.pH = pH
  if (stream.particleSize !== undefined) result.particleSize = stream.particleSize
  if (tracers !== undefined) result.tracers = tracers
  return result
}

const carriedBy = new WeakMap<Stream, ReturnType<typeof carriedIn>>()

/** What a stream carries, and the phase that most of it is. */
function carriedIn(table: SpeciesTable, stream: Stream, weights: Measured['weights']) {
  const { species, masses } = contentsOf(table, stream)
  let mass = 0
  let most = 0
  let main: Phase | undefined
  for (const phase of phases) {
    mass += masses[phase]
    if (masses[phase] > most) [most, main] = [masses[phase], phase]
  }
  const volume = phaseVolumes(table, stream)
  const elements = elementMasses(table, stream, weights)
  return { main, mass, species, elements, volume, density: phaseDensities(masses, volume) }
}

/** mol/s by phase and species, and kg/s by phase. */
function contentsOf(table: SpeciesTable, { flow }: Stream) {
  const species: SolvedStream['species'] = {}
  const masses: Record<Phase, number> = { solid: 0, aqueous: 0, organic: 0, gas: 0 }
  for (const phase of phases) {
    const rows = table.inPhase(phase)
    let own: Record<string, number> | undefined
    for (let k = 0; k < rows.length; k++) {
      const row = rows[k] as number
      const moles = flow[row] as number
      if (moles === 0) continue
      own ??= {}
      own[table.species[row]?.id ?? ''] = moles
      masses[phase] += moles * (table.molarMass[row] as number)
    }
    if (own !== undefined) species[phase] = own
  }
  return { species, masses }
}

/** What an empty line would carry: the phase that its outlet declares. */
function declaredPhase(plant: PlantDocument, { from }: PlantStream): Phase {
  const unit = plant.units.find((u) => u.name === from.unit)
  const port = unit && portsOf(unit).outlets.find((p) => p.name === from.port)
  return port?.phase ?? 'aqueous'
}

function productResults({ plant, state }: Measured): Solution['products'] {
  return plant.units.flatMap(({ name }) => {
    const product = state.results[name]?.product
    if (product === undefined) return []
    const { elements, rate, purity, impurities, specification, shortfalls } = product
    return [
      {
        name,
        elements: [...elements],
        rate: rateOf(rate, plant),
        purity: { ...purity },
        impurities: { ...impurities },
        specification,
        shortfalls: [...shortfalls],
      },
    ]
  })
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
  const { elements, ...rest } = balance(state.properties.species, plant.streams, state.streams)
  const inMass = Object.entries(elements).flatMap(([symbol, { in: entering, out, gap }]) => {
    const weight = weights.get(symbol) ?? 0
    return entering === 0 && out === 0
      ? []
      : [[symbol, { in: entering * weight, out: out * weight, gap }] as const]
  })
  return {
    worst: rest.worst,
    where: rest.where,
    elements: Object.fromEntries(inMass),
    units: { ...rest.units },
    charge: rest.charge,
    chargeWhere: rest.chargeWhere,
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
    aqueous: { ...stage.aqueous },
    organic: { ...stage.organic },
    D: { ...stage.D },
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

const unitsShown = new WeakMap<OkResult, SolvedUnit>()

function unitResults(solved: FlowsheetSolution, measured: Measured): Solution['units'] {
  const { plant, state } = measured
  const received = new Map(
    solved.memory.state.runs.flatMap((run) =>
      run === undefined ? [] : [[run.unit.name, run.inlets]],
    ),
  )
  /** A reagent answers for 1 kg/s; its tank is for what the plant draws. */
  const drawn = ({ name, op }: UnitInstance, result: OkResult): OkResult => {
    const out = result.outlets['out']
    if (op.kind !== reagentKind || out === undefined) return result
    return { ...result, outlets: { out: scale(out, drawnFrom(name, measured)) } }
  }
  const pumps = transferPumps(measured)
  const entries = solved.units.flatMap((unit): [string, SolvedUnit][] => {
    const result = state.results[unit.name]
    if (result === undefined) return []
    const { op, name, params } = unit
    const inlets = received.get(name) ?? {}
    const { properties } = state
    const make = () =>
      unitResult(op, result, { name, inlets, params, properties, result: drawn(unit, result) })
    // What a reagent's tank holds depends on the whole plant, not on its own result.
    const shown = op.kind === reagentKind ? make() : kept(unitsShown, result, make)
    // Where the lines go is the plant's affair, so the pumps are not kept with the result.
    const equipment = [...shown.equipment, ...(pumps.get(name) ?? [])]
    return [[name, withEquipment(shown, equipment as SolvedUnit['equipment'])]]
  })
  const order = new Map(plant.units.map(({ name }, index) => [name, index]))
  entries.sort(([a], [b]) => (order.get(a) ?? 0) - (order.get(b) ?? 0))
  return Object.fromEntries(entries)
}

/** What was kept of a unit with its pumps; heat and figures are told when they are read. */
function withEquipment(shown: SolvedUnit, equipment: SolvedUnit['equipment']): SolvedUnit {
  const { kind, title, symbol, power, holdUp } = shown
  return {
    kind,
    title,
    symbol,
    get heat() {
      return shown.heat
    },
    ...(power === undefined ? {} : { power }),
    get figures() {
      return shown.figures
    },
    equipment,
    ...(holdUp === undefined ? {} : { holdUp }),
  }
}

function unitResult(
  op: UnitOp,
  result: OkResult,
  input: Parameters<UnitOp['equipment']>[0],
): SolvedUnit {
  const { kind, title, symbol } = op
  const holdUp = op.holdUp?.(input)
  return {
    kind,
    title,
    symbol,
    get heat() {
      return result.heat ?? { unknown: 'the unit states no heat' }
    },
    ...(result.power === undefined ? {} : { power: result.power }),
    get figures() {
      return { ...result.figures }
    },
    equipment: op.equipment(input).map(({ size, further, ...item }) => ({
      ...item,
      size: { ...size },
      ...(further === undefined ? {} : { further: further.map((s) => ({ ...s })) }),
    })),
    ...(holdUp === undefined ? {} : { holdUp }),
  }
}
