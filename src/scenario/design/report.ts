import type { ThreeOutletDesign } from '../../unitops/index.ts'
import type { Analytical } from './analytical.ts'
import type { CircuitDesign } from './circuit.ts'
import type { Designed } from './design.ts'
import type { CircuitText, Requirement } from './fragment.ts'
import type { Cost, CurvePoint } from './optimise.ts'
import { organicHeld } from './optimise.ts'
import type { Setting } from './rig.ts'
import type { Survival } from './survive.ts'

/** One circuit of a finished design as a document: SI units, fractions. */
export interface ReportedCircuit {
  readonly name: string
  readonly about: string
  readonly separation: { readonly heavy: string; readonly light: string; readonly beta: number }
  readonly theory: Omit<Analytical, 'split'>
  readonly setting: Setting
  /** Scrubbed moles per mole of rare earth fed. */
  readonly reflux: number
  /** m3 of organic in all stages. */
  readonly holdUp: number
  readonly cost: Cost
  readonly binds: readonly string[]
  readonly tried: number
  readonly curve: readonly CurvePoint[]
  readonly survival: Survival
  readonly hold: Requirement | undefined
  readonly limits: readonly Requirement[]
}

/** A finished design as a document (`didymium/designed@1`): plain JSON. */
export interface DesignReport {
  readonly schema: 'didymium/designed@1'
  readonly title: string
  /** SHA-256 of the design file. */
  readonly design: string
  readonly extractant: string
  /** Rare earths of the feed, the least extractable first. */
  readonly order: readonly string[]
  /** Orders of the cuts of a train with their cost by cascade theory, the one taken first. */
  readonly orders: readonly { readonly cuts: string; readonly cost: number }[]
  /** Three products in one cascade with a draw, by cascade theory confirmed stage by stage. */
  readonly draws?: readonly ThreeOutletDesign[]
  readonly circuits: readonly ReportedCircuit[]
  readonly cost: number
  /** Of the plant below, solved. */
  readonly products: readonly {
    readonly name: string
    readonly elements: readonly string[]
    readonly purity: number
    readonly asked: { readonly purity?: number; readonly recovery?: number }
    readonly recovery: number
    readonly met: boolean
  }[]
  readonly reagents: readonly { readonly name: string; readonly 't/y': number }[]
  readonly warnings: readonly string[]
  /** Text of the plant. */
  readonly plant: string
}

function reportedCircuit(circuit: CircuitDesign, designed: Designed): ReportedCircuit {
  const { cut, analytical, optimum, survival } = circuit
  const { shape, about, setting, hold, limits }: CircuitText = circuit.text
  const { split: _, ...theory } = analytical
  return {
    name: shape.name,
    about,
    separation: { heavy: cut.heavy, light: cut.light, beta: cut.beta },
    theory,
    setting,
    reflux: optimum.met.W,
    holdUp: organicHeld(optimum.met, designed.design),
    cost: optimum.cost,
    binds: optimum.binds,
    tried: optimum.tried,
    curve: optimum.curve,
    survival,
    hold,
    limits,
  }
}

/** kg/s of an element in a stream of a solution. */
const carried = (designed: Designed, stream: string, element: string) =>
  designed.solution.streams[stream]?.elements[element] ?? 0

/** A finished design as a document; every figure of a product is read off the solved plant. */
export function designReport(designed: Designed): DesignReport {
  const { design, split, circuits, solution, plant } = designed
  const products = design.products.map((product) => {
    const { name, elements, purity, recovery } = product
    const solved = solution.products.find((p) => p.name === name)
    const into = Object.entries(solution.streams).filter(([, s]) => s.to === `${name}.in`)
    const sum = (of: (e: string) => number) => elements.reduce((total, e) => total + of(e), 0)
    const held = sum((e) => into.reduce((t, [stream]) => t + carried(designed, stream, e), 0))
    const recovered = held / sum((e) => carried(designed, 'feed', e))
    const reached = solved?.purity.reoOfTreo ?? 0
    return {
      name,
      elements,
      purity: reached,
      asked: {
        ...(purity === undefined ? {} : { purity }),
        ...(recovery === undefined ? {} : { recovery }),
      },
      recovery: recovered,
      met: reached >= (purity ?? 0) - 1e-9 && recovered >= (recovery ?? 0) - 1e-9,
    }
  })
  const { lnD } = split
  return {
    schema: 'didymium/designed@1',
    title: design.title,
    design: design.hash,
    extractant: design.extractant,
    order: Object.keys(lnD).sort((a, b) => (lnD[a] as number) - (lnD[b] as number)),
    orders: designed.orders.map(({ text, cost }) => ({ cuts: text, cost })),
    ...(designed.draws === undefined ? {} : { draws: designed.draws }),
    circuits: circuits.map((circuit) => reportedCircuit(circuit, designed)),
    cost: circuits.reduce((total, c) => total + c.optimum.cost.total, 0),
    products,
    reagents: solution.reagents.map(({ name, rate }) => ({ name, 't/y': rate['t/y'] })),
    warnings: solution.warnings.filter((w) => w.rank < 3).map((w) => `${w.unit}: ${w.text}`),
    plant,
  }
}
