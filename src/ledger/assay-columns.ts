import { atomicNumber, parseFormula } from '../chemistry/index.ts'

/** What a column of a table of results holds. Units are fractions of mass: % is 0.01. */
export type Column =
  | { readonly is: 'lot' | 'time' | 'laboratory' | 'method' | 'status' | 'condition' }
  | { readonly is: 'k' | 'name' | 'unit' | 'ignored' }
  | { readonly is: 'value'; readonly unit?: number }
  | {
      readonly is: 'analyte'
      readonly analyte: string
      readonly basis: 'element' | 'oxide'
      readonly oxide?: string
      readonly unit?: number
    }
  | {
      readonly is: 'u' | 'loq'
      /** The analyte that it belongs to; undefined in a long table. */
      readonly of?: Column
      readonly unit?: number
      /** Set where it is a share of the value: 0.01 for percent of it. */
      readonly relative?: number
      readonly k?: number
    }

export type AnalyteColumn = Extract<Column, { is: 'analyte' }>

export interface ColumnProblem {
  readonly is: 'unknown'
  readonly message: string
  readonly expected: string
}

const unitNames: readonly (readonly [number, string])[] = [
  [1e-2, '% wt% wt.% mass% m/m% %w/w %m/m %(m/m) %(w/w) percent pct'],
  [1e-6, 'ppm mg/kg ug/g µg/g μg/g g/t'],
  [1e-9, 'ppb ug/kg µg/kg μg/kg ng/g mg/t'],
  [1e-3, 'g/kg mg/g kg/t'],
  [1, 'kg/kg g/g fraction 1'],
]
const units = new Map(
  unitNames.flatMap(([size, names]) => names.split(' ').map((name) => [name, size] as const)),
)
/** How people write a unit: `ppm` for 1e-6. */
export const unitWord = (unit: number): string =>
  unit === 1
    ? 'fractions'
    : (unitNames.find(([size]) => size === unit)?.[1].split(' ')[0] ?? 'another unit')

const perVolume = /^[µμun]?m?k?g\/m?l$|^(?:mg|g|kg)\/m3$/i

const meta: readonly (readonly [
  RegExp,
  Exclude<Column['is'], 'analyte' | 'u' | 'loq' | 'value'>,
])[] = [
  [/^(?:lot|sample|lot ?(?:or|\/) ?sample)(?: ?(?:id|code|no\.?|number|name))?$/, 'lot'],
  [/^(?:time|date|analysed|analyzed|reported|date analysed|analysis date)$/, 'time'],
  [/^(?:lab|laboratory)$/, 'laboratory'],
  [/^method$/, 'method'],
  [/^status$/, 'status'],
  [/^(?:condition|moisture basis|wet\/dry|wet or dry)$/, 'condition'],
  [/^(?:k|coverage factor)$/, 'k'],
  [/^(?:analyte|element|parameter|component)$/, 'name'],
  [/^units?$/, 'unit'],
  [/^(?:remarks?|comments?|notes?|customer|description|no\.?|#|report(?: no\.?)?|)$/, 'ignored'],
]

const words: Readonly<Record<string, string>> = {
  moisture: 'H2O',
  water: 'H2O',
  h2o: 'H2O',
  loi: 'LOI',
  'loss on ignition': 'LOI',
  treo: 'TREO',
  oil: 'oil',
}

function unitOf(text: string): number | undefined {
  return units.get(text.toLowerCase().replaceAll(' ', ''))
}

const asColumn =
  'Nd (%), Dy ppm, Nd2O3 %, ±, U (k=2), LOQ, or Lot, Laboratory, Method, Time, Status'

function unknown(message: string, expected = asColumn): ColumnProblem {
  return { is: 'unknown', message, expected }
}

/** The element of an oxide such as Nd2O3 or Pr6O11; undefined for anything else. */
function oxideElement(formula: string): string | undefined {
  const parsed = parseFormula(formula)
  if (!parsed.ok || parsed.charge !== 0) return undefined
  const atoms = Object.keys(parsed.composition)
  const [element] = atoms.filter((symbol) => symbol !== 'O')
  return atoms.length === 2 && atoms.includes('O') && element !== 'H' ? element : undefined
}

/** The analyte of a name: an element, its oxide, or moisture, LOI, TREO, oil. */
export function analyteOf(name: string, unitText: string): AnalyteColumn | ColumnProblem {
  const unit = unitText === '' ? undefined : unitOf(unitText)
  if (unitText !== '' && unit === undefined) {
    if (perVolume.test(unitText.trim())) {
      return unknown(`"${unitText}" is per volume`, 'a mass fraction: divide by the density')
    }
    return unknown(`"${unitText}" is no unit of a mass fraction`, '%, ppm, mg/kg, g/kg, ppb')
  }
  const given = unit === undefined ? {} : { unit }
  const word = words[name.toLowerCase()]
  if (word !== undefined) return { is: 'analyte', analyte: word, basis: 'element', ...given }
  if (name !== 'Ua' && atomicNumber(name) !== undefined) {
    return { is: 'analyte', analyte: name, basis: 'element', ...given }
  }
  const element = oxideElement(name)
  if (element !== undefined) {
    return { is: 'analyte', analyte: element, basis: 'oxide', oxide: name, ...given }
  }
  const respelt = `${name.slice(0, 1).toUpperCase()}${name.slice(1).toLowerCase()}`
  const isElement = /^[a-z]{1,2}$/i.test(name) && atomicNumber(respelt) !== undefined
  return unknown(
    `"${name}" is no element, oxide or other analyte`,
    isElement ? respelt : 'Nd, Nd2O3, moisture, LOI, TREO, oil',
  )
}

/** The coverage factor that a header states: `U (k=2)`, and 1 for a small u. */
function coverage(head: string): number | undefined {
  const stated = /k\s*=\s*(\d+(?:\.\d+)?)/i.exec(head)?.[1]
  if (stated !== undefined) return Number(stated)
  return /^u(?:\s|$|\(|\[)/.test(head) || /standard uncertainty|^sd\b/i.test(head) ? 1 : undefined
}

/** `±`, `U (k=2)`, `u rel %`, `LOQ ppm`, with or without the name of the analyte. */
function besideOf(head: string, before: Column | undefined): Column | undefined {
  const name = before?.is === 'analyte' ? (before.oxide ?? before.analyte) : undefined
  const bare =
    name === undefined
      ? head
      : head.replace(new RegExp(`^${name}\\s+|\\s+${name}$|\\(${name}\\)`), '')
  const isLimit = /^(?:loq|lod|limit|dl)\b/i.test(bare)
  const isSpread = /^(?:±|\+\/-|u(?:\s|$|\(|\[)|uncertainty|standard uncertainty|sd\b)/i.test(bare)
  if (!isLimit && !isSpread) return undefined
  const rest = bare
    .replace(/\(?\s*k\s*=\s*[\d.]+\s*\)?/i, '')
    .replace(
      /^(?:±|\+\/-|expanded uncertainty|standard uncertainty|uncertainty|loq|lod|limit|dl|sd|u)/i,
      '',
    )
    .replaceAll(/[()[\],]/g, ' ')
    .trim()
  const isRelative = /\brel\b|\brel\.|relative/i.test(rest)
  const unitText = rest.replace(/relative|rel\.?/i, '').trim()
  const unit = unitText === '' ? undefined : unitOf(unitText)
  if (unitText !== '' && unit === undefined) return undefined
  const k = isLimit ? undefined : coverage(bare)
  return {
    is: isLimit ? 'loq' : 'u',
    ...(before === undefined ? {} : { of: before }),
    ...(isRelative ? { relative: unit ?? 1 } : unit === undefined ? {} : { unit }),
    ...(k === undefined ? {} : { k }),
  }
}

/** What a head means; `before`: the analyte that stands to its left, if any does. */
export function columnOf(cell: string, before: Column | undefined): Column | ColumnProblem {
  const head = cell.trim().replaceAll(/\s+/g, ' ')
  const found = meta.find(([pattern]) => pattern.test(head.toLowerCase()))
  if (found !== undefined && head !== 'K' && head !== 'No') return { is: found[1] }
  const value = /^(?:value|result|content)\s*[([]?([^)\]]*)[)\]]?$/i.exec(head)
  if (value !== null) {
    const unit = unitOf(value[1] ?? '')
    return { is: 'value', ...(unit === undefined ? {} : { unit }) }
  }
  // A capital U beside an analyte is its uncertainty; uranium stands with a unit of its own.
  const beside = head.startsWith('U') && before === undefined ? undefined : besideOf(head, before)
  if (beside !== undefined) return beside
  if (/\//.test(head) && /\bTREO\b|\bREO\b/i.test(head)) {
    return unknown(`"${head}" is a share of the oxides`, 'a fraction of the mass of the lot')
  }
  const parts =
    /^(.+?)[\s,;_]*[([]?\s*((?:wt\.? ?)?%.*?|pp[mb]|[^\s,;_([]+\/[^\s)\]]+|percent|pct|fraction)?\s*[)\]]?$/
  const [, name = '', unit = ''] = parts.exec(head) ?? []
  return analyteOf(name.trim(), unit)
}
