import type { SolvedStream } from '../scenario/index.ts'

export interface DrawnUnit {
  readonly name: string
  readonly kind: string
  readonly symbol: string
  /** Compartments of an SX circuit: its sections in order of the organic. */
  readonly compartments?: readonly { readonly name: string; readonly stages: number }[]
  /** Under the name, in place of the kind. */
  readonly caption?: string
}

export interface DrawnStream {
  readonly name: string
  readonly from: string
  readonly to: string
  /** Port where it arrives: a circuit shows each reagent over the section that takes it. */
  readonly toPort: string
  readonly phase: SolvedStream['phase']
  /** Written on the line, for example `4.96 kg/h`. */
  readonly flow: string
  /** Mass flow, kg/s: where not all lines can be drawn whole, the heaviest are. */
  readonly weight: number
}

/** What a process flow diagram shows; made from a solution by `drawingOf`, or by hand. */
export interface Drawing {
  readonly title: string
  /** Lines of the title block: revision, date, basis, worst gap, assumptions. */
  readonly block: readonly { readonly name: string; readonly value: string }[]
  readonly units: readonly DrawnUnit[]
  readonly streams: readonly DrawnStream[]
}
