import type { Limit, Specification } from './certificate-types.ts'

/** A grade as the databank records it (`data/products`); fractions by mass. */
export interface GradeRecord {
  readonly id: string
  readonly name: string
  readonly elements: readonly string[]
  readonly purity: {
    readonly reoOfTreo?: number | undefined
    readonly treoInProduct?: number | undefined
    readonly oxideInProduct?: number | undefined
  }
  readonly share?: Readonly<Record<string, number>> | undefined
  readonly limits: Readonly<Record<string, number>>
  readonly lossOnIgnition?: number | undefined
  readonly source: string
  readonly note?: string | undefined
}

const atLeast = (measure: Limit['measure'], bound: number | undefined): readonly Limit[] =>
  bound === undefined ? [] : [{ measure, atLeast: bound }]

/** The specification that a grade of the databank means. */
export function specificationOf(grade: GradeRecord): Specification {
  const { id, name, elements, purity, share = {}, limits, lossOnIgnition, source, note } = grade
  return {
    id,
    name,
    elements,
    limits: [
      ...atLeast('REO/TREO', purity.reoOfTreo),
      ...atLeast('TREO in product', purity.treoInProduct),
      ...atLeast('oxide in product', purity.oxideInProduct),
      ...Object.entries(share).map(
        ([analyte, bound]): Limit => ({
          measure: 'share of the oxides',
          analyte,
          atLeast: bound,
        }),
      ),
      ...Object.entries(limits).map(
        ([analyte, bound]): Limit => ({ measure: 'impurity', analyte, atMost: bound }),
      ),
      ...(lossOnIgnition === undefined
        ? []
        : [{ measure: 'loss on ignition', atMost: lossOnIgnition } as const]),
    ],
    source,
    ...(note === undefined ? {} : { note }),
  }
}
