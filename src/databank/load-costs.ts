import type {
  Anchor,
  CorrelationPrior,
  CostBand,
  CostCorrelation,
  CostFigure,
  CostIndex,
  DepreciationSchedule,
  EquipmentFile,
  EquipmentGap,
  EstimateClass,
  ExchangeRates,
  FactorSet,
  FactorsFile,
  InputPrice,
  PriceDeck,
  PriceFloor,
  PricePoint,
  PricePrior,
  PricesFile,
  TaxRegime,
  Wage,
} from './costs-schema.ts'
import type { FootprintFile } from './footprint-schema.ts'
import type { Files, Source } from './load.ts'

export type * from './costs-schema.ts'
export type { FootprintFile } from './footprint-schema.ts'

/** What things cost: all records of `data/equipment`, `factors`, `prices` and `footprint`. */
export interface CostBank {
  readonly correlations: readonly CostCorrelation[]
  /** Types of equipment without a price, and those that need none. */
  readonly equipmentGaps: readonly EquipmentGap[]
  readonly indices: ReadonlyMap<string, CostIndex>
  readonly factorSets: ReadonlyMap<string, FactorSet>
  readonly estimateClasses: readonly EstimateClass[]
  readonly anchors: ReadonlyMap<string, Anchor>
  readonly rules: ReadonlyMap<string, CostFigure>
  readonly wages: readonly Wage[]
  readonly tax: ReadonlyMap<string, TaxRegime>
  readonly schedules: ReadonlyMap<string, DepreciationSchedule>
  readonly costBands: readonly CostBand[]
  /** By currency. */
  readonly exchange: ReadonlyMap<string, ExchangeRates>
  readonly history: readonly PricePoint[]
  readonly inputs: ReadonlyMap<string, InputPrice>
  readonly decks: ReadonlyMap<string, PriceDeck>
  readonly floors: ReadonlyMap<string, PriceFloor>
  readonly priceGaps: PricesFile['gaps']
  readonly priors: readonly PricePrior[]
  readonly priceCorrelations: readonly CorrelationPrior[]
  /** Files of `data/footprint` by name without folder and ending. */
  readonly footprint: ReadonlyMap<string, FootprintFile>
  readonly sources: ReadonlyMap<string, Source>
}

function byId<T extends { readonly id: string }>(records: readonly T[]): ReadonlyMap<string, T> {
  const map = new Map<string, T>()
  for (const record of records) {
    if (map.has(record.id)) throw new Error(`data/: ${record.id} is defined twice`)
    map.set(record.id, record)
  }
  return map
}

/** The records of a folder; `costFiles` holds only files that were checked when it was written. */
const folder = <T>(files: Files, name: string) =>
  Object.entries(files)
    .filter(([path]) => path.startsWith(`${name}/`))
    .map(([path, file]) => [path.slice(name.length + 1).replace(/\.json$/, ''), file as T] as const)

/** Builds the bank from checked files of `data/` by path. Throws where an id is given twice. */
export function loadCosts(files: Files): CostBank {
  const equipment = folder<EquipmentFile>(files, 'equipment').map(([, file]) => file)
  const factors = folder<FactorsFile>(files, 'factors').map(([, file]) => file)
  const prices = folder<PricesFile>(files, 'prices').map(([, file]) => file)
  const correlations = equipment.flatMap((file) => file.correlations ?? [])
  byId(correlations)
  return {
    correlations,
    equipmentGaps: equipment.flatMap((file) => file.gaps ?? []),
    indices: byId(factors.flatMap((file) => file.indices ?? [])),
    factorSets: byId(factors.flatMap((file) => file.factorSets ?? [])),
    estimateClasses: factors.flatMap((file) => file.estimateClasses ?? []),
    anchors: byId(factors.flatMap((file) => file.anchors ?? [])),
    rules: new Map(factors.flatMap((file) => Object.entries(file.rules ?? {}))),
    wages: factors.flatMap((file) => file.wages ?? []),
    tax: byId(factors.flatMap((file) => file.tax ?? [])),
    schedules: byId(factors.flatMap((file) => file.schedules ?? [])),
    costBands: factors.flatMap((file) => file.costBands ?? []),
    exchange: new Map(
      prices.flatMap((file) => (file.exchange ?? []).map((rates) => [rates.currency, rates])),
    ),
    history: prices.flatMap((file) => file.history ?? []),
    inputs: byId(prices.flatMap((file) => file.inputs ?? [])),
    decks: byId(prices.flatMap((file) => file.decks ?? [])),
    floors: byId(prices.flatMap((file) => file.floors ?? [])),
    priceGaps: prices.flatMap((file) => file.gaps ?? []),
    priors: prices.flatMap((file) => file.priors ?? []),
    priceCorrelations: prices.flatMap((file) => file.correlations ?? []),
    footprint: new Map(folder<FootprintFile>(files, 'footprint')),
    sources: new Map(
      folder<Record<string, Source>>(files, 'sources').flatMap(([, file]) => Object.entries(file)),
    ),
  }
}
