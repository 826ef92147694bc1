import { costBank } from '../databank/costs.ts'
import { wrapped } from '../report/index.ts'

const width = 100

interface MoneyRecord {
  readonly id: string
  readonly value: unknown
  /** Keys of sources that it names. */
  readonly sources: readonly string[]
}

function sourcesIn(value: unknown): readonly string[] {
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, entry]) =>
    key === 'source' && typeof entry === 'string' ? [entry] : sourcesIn(entry),
  )
}

/** Everything of the money data that has an id: correlations, factors, rules, prices, decks ... */
export function moneyRecords(): ReadonlyMap<string, MoneyRecord> {
  const bank = costBank()
  const named: readonly (readonly [string, unknown])[] = [
    ...bank.correlations.map((record) => [record.id, record] as const),
    ...bank.factorSets,
    ...bank.anchors,
    ...bank.rules,
    ...bank.wages.map((wage) => [wage.id, wage] as const),
    ...bank.tax,
    ...bank.schedules,
    ...bank.indices,
    ...bank.exchange,
    ...bank.inputs,
    ...bank.decks,
    ...bank.floors,
    ...[...bank.footprint.values()]
      .flatMap((file) => [...(file.factors ?? []), ...(file.routes ?? [])])
      .map((record) => [record.id, record] as const),
    ...bank.sources,
  ]
  return new Map(
    named.map(([id, value]) => [id, { id, value, sources: [...new Set(sourcesIn(value))] }]),
  )
}

/** Lines of a record, nested by indent; lists of plain values on one line. */
function lines(value: unknown, indent: string): readonly string[] {
  if (typeof value !== 'object' || value === null) return [`${indent}${String(value)}`]
  return Object.entries(value).flatMap(([key, entry]) => {
    const name = Array.isArray(value) ? '-' : `${key}:`
    if (typeof entry !== 'object' || entry === null) {
      return [wrapped(`${indent}${name} ${String(entry)}`, width, `${indent}    `)]
    }
    const plain = Object.values(entry).every((one) => typeof one !== 'object')
    if (Array.isArray(entry) && plain) return [`${indent}${name} ${entry.join(', ')}`]
    return [`${indent}${name}`, ...lines(entry, `${indent}  `)]
  })
}

/** A record as text with the titles of its sources. */
export function moneyText({ id, value, sources }: MoneyRecord): string {
  const bank = costBank()
  return [
    id,
    ...lines(value, '  ').filter((line) => line !== `  id: ${id}`),
    ...(sources.length === 0 ? [] : ['']),
    ...sources.map((key) => wrapped(`${key}: ${bank.sources.get(key)?.title ?? ''}`, width, '  ')),
  ].join('\n')
}
