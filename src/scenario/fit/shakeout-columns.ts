import { molarMass, oxideFactor, oxideOf, type Measurement } from '../../chemistry/index.ts'
import type { Databank } from '../../databank/index.ts'

/** What a column holds, and what its numbers are multiplied by to be mol/L or a bare number. */
export type Column =
  | { readonly kind: 'source' | 'note' }
  | {
      readonly kind:
        | 'extractant'
        | 'hydrogen'
        | 'feed pH'
        | 'ratio'
        | 'pH'
        | 'saponified'
        | 'sulfate'
      readonly factor: number
    }
  | {
      readonly kind: 'feed' | 'organic feed' | 'aqueous' | 'organic' | 'D'
      readonly element: string
      readonly factor: number
    }
  | ErrorColumn

/** One standard deviation of a measured number, absolute or relative to it. */
export interface ErrorColumn {
  readonly kind: 'error'
  readonly of: Measurement['of']
  readonly element?: string
  readonly factor: number
  readonly relative: boolean
}

export const forms =
  'source, extractant mol/L, H feed mol/L (or feed pH), O:A, <El> feed mol/L; measured: <El> D, ' +
  '<El> aqueous g/L, <El> organic g/L, pH, each with an error as in <El> D ±; besides: ' +
  'saponified, sulfate mol/L, <El> organic feed g/L, <oxide> instead of <El>, note'

/** Multiples that bring a concentration to mol/L; `perMass` waits for a molar mass. */
const concentrations: Readonly<Record<string, { factor: number; perMass?: 'element' | 'oxide' }>> =
  {
    'mol/L': { factor: 1 },
    M: { factor: 1 },
    'mmol/L': { factor: 1e-3 },
    mM: { factor: 1e-3 },
    'mol/m3': { factor: 1e-3 },
    'g/L': { factor: 1, perMass: 'element' },
    'kg/m3': { factor: 1, perMass: 'element' },
    'mg/L': { factor: 1e-3, perMass: 'element' },
    'oxide g/L': { factor: 1, perMass: 'oxide' },
    'oxide mg/L': { factor: 1e-3, perMass: 'oxide' },
  }
const units = Object.keys(concentrations).join(', ')
const molarUnits = Object.keys(concentrations)
  .filter((unit) => concentrations[unit]?.perMass === undefined)
  .join(', ')

export interface ColumnRefusal {
  readonly message: string
  readonly expected: string
}

/** What the head of a column says, or why it cannot be read; `extractant` as in the reader. */
export function columnOf(
  cell: string,
  bank: Databank,
  extractant: string | undefined,
): Column | ColumnRefusal {
  const head = cell
    .trim()
    .replaceAll(/\s+/g, ' ')
    .replace(/ \+\/?-( |$)/, ' ±$1')
  const whole: Readonly<Record<string, Column>> = {
    source: { kind: 'source' },
    note: { kind: 'note' },
    'O:A': { kind: 'ratio', factor: 1 },
    'O/A': { kind: 'ratio', factor: 1 },
    pH: { kind: 'pH', factor: 1 },
    'feed pH': { kind: 'feed pH', factor: 1 },
    'pH ±': { kind: 'error', of: 'pH', factor: 1, relative: false },
    saponified: { kind: 'saponified', factor: 1 },
    'saponified %': { kind: 'saponified', factor: 0.01 },
  }
  const plain = Object.hasOwn(whole, head) ? whole[head] : undefined
  if (plain !== undefined) return plain
  const amount = /^(extractant|H feed|sulfate)(?: (.*))?$/.exec(head)
  if (amount !== null) {
    const [, name = '', unit = ''] = amount
    const concentration = concentrationOf(unit)
    if (name === 'extractant' && concentration?.perMass === 'element') {
      return extractantByMass(head, concentration.factor, bank, extractant)
    }
    if (concentration === undefined || concentration.perMass !== undefined) {
      return needsUnit(head, unit, 'molar')
    }
    const kinds = { extractant: 'extractant', 'H feed': 'hydrogen', sulfate: 'sulfate' } as const
    return { kind: kinds[name as keyof typeof kinds], factor: concentration.factor }
  }
  const metal = /^([A-Z][A-Za-z0-9]*) (feed|organic feed|aqueous|organic|D)( ±)?(?: (.*))?$/.exec(
    head,
  )
  if (metal === null) return { message: `unknown column "${head.slice(0, 60)}"`, expected: forms }
  const [, name = '', what = '', error, unit = ''] = metal
  if (error !== undefined && unit === '%') return relativeError(head, name, what, bank)
  const column = metalColumn(head, name, what as MetalKind, unit, bank)
  return error === undefined || 'message' in column ? column : errorOf(head, column)
}

type MetalKind = Extract<Column, { readonly element: string; readonly kind: unknown }>['kind']
const measuredKinds: readonly string[] = ['D', 'aqueous', 'organic']

function errorOf(head: string, column: Column): Column | ColumnRefusal {
  if (!('element' in column) || column.element === undefined) return noError(head)
  const of = column.kind
  if (of !== 'D' && of !== 'aqueous' && of !== 'organic') return noError(head)
  return { kind: 'error', of, element: column.element, factor: column.factor, relative: false }
}

function noError(head: string): ColumnRefusal {
  const message = `"${head.slice(0, 60)}" is the error of no measured result`
  return { message, expected: 'errors of <El> D, <El> aqueous, <El> organic or pH' }
}

function relativeError(
  head: string,
  name: string,
  what: string,
  bank: Databank,
): Column | ColumnRefusal {
  if (!measuredKinds.includes(what)) return noError(head)
  const column = metalColumn(head, name, what as MetalKind, what === 'D' ? '' : 'mol/L', bank)
  const error = 'message' in column ? column : errorOf(head, column)
  return 'message' in error ? error : ({ ...error, factor: 0.01, relative: true } as ErrorColumn)
}

/** Grams of extractant per litre: needs the molar mass of the pure extractant. */
function extractantByMass(
  head: string,
  factor: number,
  bank: Databank,
  extractant: string | undefined,
): Column | ColumnRefusal {
  const species = bank.species.find((s) => s.id === extractant && s.extractant !== undefined)
  if (species === undefined) {
    const whose = extractant === undefined ? 'the extractant' : extractant
    const message = `"${head}" needs the molar mass of ${whose}, which is not known`
    return { message, expected: 'a column "extractant mol/L"' }
  }
  return { kind: 'extractant', factor: factor / gramsPerMole(bank, species.composition) }
}

function gramsPerMole(bank: Databank, composition: Readonly<Record<string, number>>): number {
  return 1000 * molarMass(bank.elements, composition)
}

/** A column of a metal, named by its element or by an oxide of it: `Nd`, `Nd2O3`. */
function metalColumn(
  head: string,
  name: string,
  what: MetalKind,
  unit: string,
  bank: Databank,
): Column | ColumnRefusal {
  const oxide = /^[A-Z][a-z]?$/.test(name) ? undefined : metalOxide(name, bank)
  if (oxide === undefined && !bank.elements.has(name)) {
    const isFormula = !/^[A-Z][a-z]?$/.test(name)
    return isFormula
      ? { message: `no oxide ${name.slice(0, 40)}`, expected: 'Nd2O3, Pr6O11, Dy2O3 ...' }
      : { message: `no element ${name}`, expected: 'Nd, Pr, Dy ...' }
  }
  const element = oxide?.element ?? name
  if (what === 'D') {
    if (oxide === undefined) return { kind: 'D', element, factor: 1 }
    return { message: `"${head.slice(0, 60)}" is of an oxide`, expected: `${element} D` }
  }
  const concentration = concentrationOf(unit)
  if (concentration === undefined) return needsUnit(head, unit)
  const { factor, perMass } = concentration
  if (oxide !== undefined) {
    const perMol = perMass === undefined ? 1 : oxide.grams
    return { kind: what, element, factor: (factor * oxide.metal) / perMol }
  }
  if (perMass === 'oxide' && oxideOf(element) === undefined) {
    return { message: `no oxide form of ${element}`, expected: 'a column in mol/L or g/L' }
  }
  const perMol = perMass === undefined ? 1 : gramsPerMole(bank, { [element]: 1 })
  const more = perMass === 'oxide' ? oxideFactor(bank.elements, element) : 1
  return { kind: what, element, factor: factor / (perMol * more) }
}

/** The metal of an oxide of the databank, its atoms in the formula and grams per mole of it. */
function metalOxide(name: string, bank: Databank) {
  const species = bank.species.find((s) => s.id === name && s.phase === 'solid')
  const { O: oxygen = 0, ...others } = species?.composition ?? {}
  const [metal, ...more] = Object.entries(others)
  if (species === undefined || oxygen === 0 || metal === undefined || more.length > 0) {
    return undefined
  }
  const grams = gramsPerMole(bank, species.composition)
  return { element: metal[0], metal: metal[1], grams }
}

function concentrationOf(unit: string) {
  return Object.hasOwn(concentrations, unit) ? concentrations[unit] : undefined
}

function needsUnit(head: string, unit: string, only?: 'molar'): ColumnRefusal {
  const message =
    unit === ''
      ? `the column "${head.slice(0, 60)}" needs a unit`
      : `the column "${head.slice(0, 60)}" has an unknown unit`
  return { message, expected: `units: ${only === undefined ? units : molarUnits}` }
}
