import { stringify } from 'csv-stringify/sync'
import type { Solution } from '../scenario/index.ts'

export type Cell = string | number | null

/** A cell that a spreadsheet could take for a formula is made text. */
export function harmless(text: string): string {
  return /^[=+\-@\t\r]/.test(text) ? `'${text}` : text
}

/**
 * The stream table: one row a stream; mass kg/h, temperature degC, pH, every element in kg/h and
 * every species in mol/h with its phase. First row = heads with units.
 */
export function streamTable(solution: Solution): readonly (readonly Cell[])[] {
  const streams = Object.entries(solution.streams)
  const elements = [...new Set(streams.flatMap(([, s]) => Object.keys(s.elements)))].sort()
  const species = [
    ...new Set(
      streams.flatMap(([, s]) =>
        Object.entries(s.species).flatMap(([phase, flows]) =>
          Object.keys(flows ?? {}).map((id) => `${phase} ${id}`),
        ),
      ),
    ),
  ].sort()
  const heads = [
    'stream',
    'from',
    'to',
    'phase',
    'mass kg/h',
    'temperature degC',
    'pH',
    ...elements.map((symbol) => `${symbol} kg/h`),
    ...species.map((id) => `${id} mol/h`),
  ]
  const rows = streams.map(([name, s]): Cell[] => {
    const flows = new Map<string, number>()
    for (const [phase, values] of Object.entries(s.species)) {
      for (const [id, value] of Object.entries(values ?? {})) flows.set(`${phase} ${id}`, value)
    }
    return [
      harmless(name),
      s.from,
      s.to,
      s.phase,
      s.mass * 3600,
      s.temperature - 273.15,
      s.pH ?? null,
      ...elements.map((symbol) => (s.elements[symbol] ?? 0) * 3600),
      ...species.map((id) => (flows.get(id) ?? 0) * 3600),
    ]
  })
  return [heads, ...rows]
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

/** Rows as CSV text (RFC 4180, `\n` line ends). */
export function csvText(rows: readonly (readonly Cell[])[]): string {
  return stringify(rows.map((row) => [...row]))
}
