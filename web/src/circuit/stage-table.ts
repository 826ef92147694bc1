import type { Cells } from '../ui/cells.ts'
import { elementOrder } from '../../../src/draw/palette.ts'
import type { SolvedCircuit, SolvedStage } from '../../../src/scenario/index.ts'
import { neighbours } from './profile.ts'

export interface TableColumn {
  readonly id: string
  /** What a number is, and the unit it is in: `Nd aqueous`, `mol/L`. */
  readonly head: string
  readonly unit: string
  readonly value: (stage: SolvedStage) => number | string
}

const litresPerHour = 3.6e6

/** Every column of the stages of a circuit, in the order in which they are read. */
export function stageColumns({ stages, elements }: SolvedCircuit): readonly TableColumn[] {
  const symbols = elementOrder(elements)
  const of = (
    kind: 'aqueous' | 'organic' | 'D',
    unit: string,
    value: (s: SolvedStage, el: string) => number | undefined,
  ) =>
    symbols.map((el): TableColumn => {
      const head = `${el} ${kind}`
      return { id: head, head, unit, value: (s) => value(s, el) ?? Number.NaN }
    })
  return [
    { id: 'stage', head: 'stage', unit: '', value: (s) => s.index },
    { id: 'section', head: 'section', unit: '', value: (s) => s.section },
    { id: 'pH', head: 'pH', unit: '', value: (s) => s.pH },
    { id: 'loading', head: 'loading', unit: '%', value: (s) => 100 * s.loading },
    { id: 'free', head: 'free extractant', unit: 'mol/L', value: (s) => s.freeExtractant },
    {
      id: 'aqueous',
      head: 'aqueous flow',
      unit: 'L/h',
      value: (s) => litresPerHour * s.aqueousFlow,
    },
    {
      id: 'organic',
      head: 'organic flow',
      unit: 'L/h',
      value: (s) => litresPerHour * s.organicFlow,
    },
    { id: 'O:A', head: 'O:A', unit: '', value: (s) => s.organicFlow / s.aqueousFlow },
    { id: 'mixer', head: 'O:A in mixer', unit: '', value: (s) => s.mixerPhaseRatio },
    ...of('aqueous', 'mol/L', (s, el) => s.aqueous[el]),
    ...of('organic', 'mol/L', (s, el) => s.organic[el]),
    ...of('D', '', (s, el) => s.D[el]),
    ...neighbours(stages, symbols).map(([over, under]): TableColumn => {
      const head = `β ${over}/${under}`
      const value = (s: SolvedStage) => (s.D[over] ?? Number.NaN) / (s.D[under] ?? Number.NaN)
      return { id: head, head, unit: '', value }
    }),
  ]
}

/** Head with its unit, and every stage. */
export function stageCells(circuit: SolvedCircuit): Cells {
  const columns = stageColumns(circuit)
  const heads = columns.map(({ head, unit }) => (unit === '' ? head : `${head}, ${unit}`))
  return [heads, ...circuit.stages.map((stage) => columns.map(({ value }) => value(stage)))]
}
