/** Results of a laboratory: how they are written, what is refused, and as reports of EPCIS. */
import * as z from 'zod'
import { atomicNumber, oxideOf, parseFormula, unassigned } from '../../../chemistry/index.ts'
import { analyteUri, otherAnalytes } from '../../analyte.ts'
import { parseQuantity } from '../../../quantities/index.ts'
import type { SensorReport } from '../../epcis/event.ts'
import { type Assay, bases, conditions } from '../../lot.ts'
import { own, present } from './events.ts'
import { shortText } from './fields.ts'

const amount = z.string().max(100)

export const resultFields = {
  analyte: z
    .string()
    .max(40)
    .describe('element (Nd), oxide (Nd2O3), or H2O (moisture), LOI, TREO, oil'),
  value: amount.describe('mass fraction with unit: 31.2 %, 31.2 ± 0.4 %, 450 ppm, < 5 ppm'),
  u: amount
    .describe('expanded uncertainty with unit, where it does not follow ± in the value')
    .optional(),
  k: z
    .number()
    .min(1)
    .max(10)
    .describe('coverage factor of the uncertainty; 2 if left out')
    .optional(),
  loq: amount.describe('limit of quantification with unit').optional(),
  basis: z
    .enum(bases)
    .describe('element, or oxide; follows from the analyte if left out')
    .optional(),
  oxide: z
    .string()
    .max(40)
    .describe('formula of the oxide of an oxide basis; the usual one if left out: Pr6O11')
    .optional(),
  condition: z.enum(conditions).describe('where it differs from the other lines').optional(),
  status: z
    .enum(['provisional', 'final'])
    .describe('where it differs from the other lines')
    .optional(),
  method: shortText.describe('method of this line').optional(),
}

const resultSchema = z.strictObject(resultFields)
type ResultLine = z.infer<typeof resultSchema>

export interface AssayInput {
  readonly results: readonly ResultLine[]
  readonly condition: Assay['condition']
  readonly status?: Assay['status'] | undefined
  readonly method?: string | undefined
  readonly laboratory?: string | undefined
  readonly k?: number | undefined
}

/** An assay without what the event says of it. */
export type Result = Omit<Assay, 'lot' | 'sample' | 'time' | 'event'>

export interface ResultProblem {
  readonly line: number
  readonly field: keyof ResultLine
  readonly message: string
}

/** The element of an oxide's formula, when it is one: one element and oxygen. */
function elementOfOxide(formula: string): string | undefined {
  const parsed = parseFormula(formula)
  if (!parsed.ok || parsed.charge !== 0 || !('O' in parsed.composition)) return undefined
  const others = Object.keys(parsed.composition).filter((symbol) => symbol !== 'O')
  const [element] = others
  return others.length === 1 && element !== 'H' ? element : undefined
}

const isElement = (symbol: string) => atomicNumber(symbol) !== undefined && symbol !== unassigned

interface Basis {
  readonly analyte: string
  readonly basis: Assay['basis']
  readonly oxide?: string
}
type Wrong = { readonly field: keyof ResultLine; readonly message: string }

function basisOf({ analyte: written, basis, oxide }: ResultLine): Basis | Wrong {
  const analyte = written.trim()
  const other = otherAnalytes.find((name) => name.toLowerCase() === analyte.toLowerCase())
  if (other !== undefined) {
    const wrong = basis === 'oxide' || oxide !== undefined
    return wrong
      ? { field: 'basis', message: `${other} has no oxide basis` }
      : { analyte: other, basis: 'element' }
  }
  const own = elementOfOxide(analyte)
  if (own !== undefined) {
    if (basis === 'element') {
      return { field: 'basis', message: `${analyte} is an oxide; name the element, ${own}` }
    }
    if (oxide !== undefined && oxide !== analyte) {
      return { field: 'oxide', message: `the analyte is ${analyte} already` }
    }
    return { analyte: own, basis: 'oxide', oxide: analyte }
  }
  if (!isElement(analyte)) {
    const list = otherAnalytes.join(', ')
    return { field: 'analyte', message: `${analyte} is no element, no oxide and none of ${list}` }
  }
  if (basis !== 'oxide') {
    return oxide === undefined
      ? { analyte, basis: 'element' }
      : { field: 'oxide', message: 'an oxide is named, and the basis is not oxide' }
  }
  const formula = oxide ?? oxideOf(analyte)?.id
  if (formula === undefined) {
    return { field: 'oxide', message: `no usual oxide of ${analyte} is known; give its formula` }
  }
  return elementOfOxide(formula) === analyte
    ? { analyte, basis: 'oxide', oxide: formula }
    : { field: 'oxide', message: `${formula} is no oxide of ${analyte}` }
}

/** A fraction as a tidy number: 31.2 % is 0.312, not 0.31200000000000006. */
const tidy = (value: number) => Number(value.toPrecision(15))

interface Fraction {
  readonly value: number
  readonly u?: number
}

function fractionOf(text: string): Fraction | string {
  const parsed = parseQuantity(text, 'mass-ratio')
  if (!parsed.ok) return parsed.message
  if (!(parsed.value >= 0 && parsed.value <= 1)) return 'a mass fraction is between 0 and 100 %'
  const { uncertainty } = parsed
  return {
    value: tidy(parsed.value),
    ...(uncertainty === undefined ? {} : { u: tidy(uncertainty) }),
  }
}

/** The fraction of a line with its uncertainty and limit; `< 5 ppm` has only the limit. */
function numbersOf(line: ResultLine, k: number): Pick<Result, 'value' | 'u' | 'k' | 'loq'> | Wrong {
  const isBelow = /^\s*[<≤]/.test(line.value)
  const read = fractionOf(line.value.replace(/^\s*[<≤]\s*/, ''))
  if (typeof read === 'string') return { field: 'value', message: read }
  const limit = line.loq === undefined ? undefined : fractionOf(line.loq)
  if (typeof limit === 'string') return { field: 'loq', message: limit }
  const spread = line.u === undefined ? undefined : fractionOf(line.u)
  if (typeof spread === 'string') return { field: 'u', message: spread }
  if (isBelow) {
    if (read.u !== undefined || spread !== undefined) {
      return { field: 'value', message: 'what is below a limit has no uncertainty' }
    }
    if (read.value === 0) return { field: 'value', message: 'nothing is below zero' }
    if (limit !== undefined && limit.value !== read.value) {
      return { field: 'loq', message: 'differs from the limit in the value' }
    }
    return { loq: read.value }
  }
  if (read.u !== undefined && spread !== undefined) {
    return { field: 'u', message: 'the value has its uncertainty already, after ±' }
  }
  const u = read.u ?? spread?.value
  return {
    value: read.value,
    ...(u === undefined ? {} : { u, k }),
    ...(limit === undefined ? {} : { loq: limit.value }),
  }
}

/** Results of an input, and what is wrong with its lines; both in their order. */
export function readResults(said: AssayInput): {
  readonly results: readonly Result[]
  readonly problems: readonly ResultProblem[]
} {
  const results: Result[] = []
  const problems: ResultProblem[] = []
  const seen = new Set<string>()
  said.results.forEach((line, at) => {
    const basis = basisOf(line)
    const numbers = numbersOf(line, line.k ?? said.k ?? 2)
    if ('message' in basis) problems.push({ line: at, ...basis })
    if ('message' in numbers) problems.push({ line: at, ...numbers })
    if ('message' in basis || 'message' in numbers) return
    if (seen.has(basis.analyte)) {
      problems.push({ line: at, field: 'analyte', message: `${basis.analyte} is there twice` })
    }
    seen.add(basis.analyte)
    const method = line.method ?? said.method
    results.push({
      ...basis,
      ...numbers,
      condition: line.condition ?? said.condition,
      status: line.status ?? said.status ?? 'final',
      ...(method === undefined ? {} : { method }),
      ...(said.laboratory === undefined ? {} : { laboratory: said.laboratory }),
    })
  })
  return { results, problems }
}

/** Kilogram per kilogram, in the codes of UN/ECE Recommendation 20. */
const massFraction = '3H'

/** One report an analyte: EPCIS's own fields as far as they go, ours for the rest. */
export function assayReports(results: readonly Result[]): readonly SensorReport[] {
  return results.map(
    ({ analyte, value, u, k, loq, ...rest }): SensorReport => ({
      type: 'Dimensionless',
      chemicalSubstance: `${analyteUri}${analyte}`,
      uom: massFraction,
      ...(value === undefined ? present({ maxValue: loq }) : { value }),
      ...(u === undefined || k === undefined ? {} : { sDev: tidy(u / k) }),
      ...own({ assay: present({ analyte, u, k, loq, ...rest }) }),
    }),
  )
}
