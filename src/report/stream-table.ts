import type { Solution } from '../scenario/index.ts'
import { type Cell, harmless } from './cells.ts'
import { streamColumns, streamRows, usualChoice } from './stream-columns.ts'

/**
 * The stream table: one row a stream; mass kg/h, temperature degC, pH, every element in kg/h and
 * every species in mol/h with its phase. First row = heads with units.
 */
export function streamTable(solution: Solution): readonly (readonly Cell[])[] {
  return streamRows(solution, streamColumns(solution, usualChoice))
}

/** The products with their purities and impurities as rows. */
export function productTable(solution: Solution): readonly (readonly Cell[])[] {
  const impurities = [
    ...new Set(solution.products.flatMap((p) => Object.keys(p.impurities))),
  ].sort()
  return [
    [
      'product',
      'kg/h',
      't/y',
      'REO/TREO',
      'TREO in product',
      'oxide in product',
      'specification',
      ...impurities.map((name) => `${name} ppm`),
    ],
    ...solution.products.map((p) => [
      harmless(p.name),
      p.rate['kg/s'] * 3600,
      p.rate['t/y'],
      p.purity.reoOfTreo,
      p.purity.treoInProduct,
      p.purity.oxideInProduct,
      p.specification,
      ...impurities.map((name) => 1e6 * (p.impurities[name] ?? 0)),
    ]),
  ]
}

/** Every stage of every circuit as a row: pH, loading, flows, concentrations by element. */
export function stageTable(solution: Solution): readonly (readonly Cell[])[] {
  const circuits = Object.entries(solution.circuits)
  const elements = [...new Set(circuits.flatMap(([, circuit]) => circuit.elements))]
  const heads = [
    'circuit',
    'stage',
    'section',
    'pH',
    'loading',
    'free extractant mol/L',
    'aqueous L/h',
    'organic L/h',
    ...elements.flatMap((el) => [`${el} aqueous mol/L`, `${el} organic mol/L`, `D ${el}`]),
  ]
  const rows = circuits.flatMap(([name, circuit]) =>
    circuit.stages.map((s): Cell[] => [
      harmless(name),
      s.index,
      s.section,
      s.pH,
      s.loading,
      s.freeExtractant,
      s.aqueousFlow * 3.6e6,
      s.organicFlow * 3.6e6,
      ...elements.flatMap((el) => [s.aqueous[el] ?? null, s.organic[el] ?? null, s.D[el] ?? null]),
    ]),
  )
  return [heads, ...rows]
}
