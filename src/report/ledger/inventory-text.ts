import type { ContainedMass, InventoryReport, InventorySum } from '../../ledger/index.ts'
import type { Cell } from '../cells.ts'
import { figure } from '../numbers.ts'
import { textTable } from '../text-table.ts'
import { kilograms, momentText, nameOf, sections, syntheticText } from './words.ts'

const right = 'right' as const

function containedText(contained: readonly ContainedMass[]): string {
  const kg = (mg: number) => figure(mg / 1e6)
  return textTable(contained, [
    { head: 'element', cell: ({ element }) => element },
    { head: 'kg', cell: ({ mg }) => kg(mg), align: right },
    {
      head: '± (k=2)',
      cell: ({ u }) => (u === undefined ? 'not stated' : figure((2 * u) / 1e6, 3)),
      align: right,
    },
    {
      head: 'below limits, at most',
      cell: ({ atMostMore }) => (atMostMore === 0 ? '' : `${kg(atMostMore)} more`),
      align: right,
    },
    {
      head: 'not assayed',
      cell: ({ unknownMg }) => (unknownMg === 0 ? '' : `${kg(unknownMg)} of material`),
      align: right,
    },
  ])
}

/** What is there, by place and element, for the terminal. */
export function inventoryText(
  report: InventoryReport,
  options: { readonly isSynthetic: boolean },
): string {
  const { at, places, total, lines } = report
  if (lines.length === 0) return 'nothing is there'
  const dry = ({ dryMg, dryUnknownMg }: Omit<InventorySum, 'place'>) =>
    dryUnknownMg > 0 ? `${kilograms(dryMg)} + unknown` : kilograms(dryMg)
  const rows = [
    ...places.map((one) => ({ ...one, name: nameOf(one.place) })),
    { ...total, name: 'all' },
  ]
  return sections(
    options.isSynthetic ? syntheticText : '',
    `inventory ${at === undefined ? 'now' : `at ${momentText(at)}, with assays as they are known now`}`,
    textTable(rows, [
      { head: 'place', cell: ({ name }) => name },
      { head: 'lots', cell: ({ lots }) => `${lots}`, align: right },
      { head: 'kg wet', cell: ({ wetMg }) => kilograms(wetMg), align: right },
      { head: 'kg dry', cell: dry, align: right },
    ]),
    containedText(total.contained),
  )
}

/** A row for each lot at each place with its elements in kg, for CSV and spreadsheets. */
export function inventoryTable(report: InventoryReport): readonly (readonly Cell[])[] {
  const elements = report.total.contained.map(({ element }) => element)
  const kg = (mg: number | undefined): Cell => (mg === undefined ? null : mg / 1e6)
  return [
    [
      'lot',
      'URI',
      'kind',
      'product',
      'place',
      'kg wet',
      'kg dry',
      ...elements.map((el) => `${el} kg`),
    ],
    ...report.lines.map(({ lot, code, kind, product, place, wetMg, dryMg, contained }): Cell[] => [
      code,
      lot,
      kind,
      product ?? null,
      place,
      wetMg / 1e6,
      kg(dryMg),
      ...elements.map((element) => {
        const own = contained.find((one) => one.element === element)
        return own === undefined || own.unknownMg > 0 ? null : kg(own.mg)
      }),
    ]),
  ]
}
