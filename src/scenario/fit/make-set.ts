import { Document, isCollection, isScalar, isSeq, visit } from 'yaml'
import {
  type Covariance,
  type ExtractantSet,
  leastMeasured,
  type MeasuredPoint,
  type MeasuredRow,
  type Sourced,
} from '../../chemistry/index.ts'
import { bySource } from './judge.ts'
import { distributionsOf, sourceOf, sumOfRareEarths } from './measures.ts'
import { type FitProblem, keyOf } from './problem.ts'
import type { Solved } from './solve.ts'

/** Digits of what is written; more would promise what no laboratory measures. */
const rounded = (value: number, digits = 6) => Number(value.toPrecision(digits))

/** Errors of the numbers of the set, from those of the parameters that make them. */
export function covarianceOf(problem: FitProblem, solved: Solved): Covariance | undefined {
  const { covariance, variance } = solved
  if (covariance === undefined || Number.isNaN(variance)) return undefined
  const n = problem.parameters.length
  const moving = problem.quantities.filter(({ terms }) => terms.length > 0)
  const matrix = moving.map((one) =>
    moving.map((other) => {
      let sum = 0
      for (const [j, f] of one.terms) {
        for (const [k, g] of other.terms) sum += f * g * (covariance[j * n + k] as number)
      }
      return variance * sum
    }),
  )
  return { names: moving.map(keyOf), matrix }
}

function range(values: readonly number[]): readonly [number, number] | undefined {
  const finite = values.filter(Number.isFinite)
  if (finite.length === 0) return undefined
  return [rounded(Math.min(...finite), 4), rounded(Math.max(...finite), 4)]
}

/** Below this loading a test speaks for any more dilute one too. */
const diluteLoading = 0.05

/** Where the tests were: the range outside of which a solution warns. */
function validityOf({ request }: FitProblem, { answers }: Solved): ExtractantSet['validity'] {
  const { temperature, medium } = request
  const loadings = answers.map(({ loading }) => loading)
  const dilute = Math.min(...loadings) < diluteLoading
  // Unloaded extractant and no metal are as good as the most dilute test.
  const nothing = dilute ? [0] : []
  const free = answers.map((answer) => answer.free)
  const fresh = answers.map(({ free, loading }) => (loading < 1 ? free / (1 - loading) : free))
  const ranges = {
    pH: range(answers.map(({ pH }) => pH)),
    free: range(dilute ? [...free, ...fresh] : free),
    loading: range([...nothing, ...loadings]),
    aqueous: range([...nothing, ...answers.map(({ aqueous }) => sumOfRareEarths(aqueous))]),
    temperature: temperature === undefined ? undefined : ([temperature, temperature] as const),
  }
  const known = Object.entries(ranges).filter(([, value]) => value !== undefined)
  return { ...Object.fromEntries(known), medium }
}

function pointOf(row: MeasuredRow): MeasuredPoint {
  const { measured, place: _, source: __, D: ___, organicMetal: ____, feed, ...rest } = row
  const plain = measured.every(
    ({ of, limit, uncertainty }) => of === 'D' && limit === undefined && uncertainty === undefined,
  )
  const positive = Object.fromEntries(Object.entries(feed).filter(([, value]) => value > 0))
  return {
    source: sourceOf(row),
    ...rest,
    feed: positive,
    D: distributionsOf(row),
    ...(plain ? {} : { measured }),
  }
}

/** What the set is worth, from what it was fitted to: printed with every warning. */
function worthOf({ measures, rows, elements, request }: FitProblem, solved: Solved): string {
  const fits = bySource(rows, solved.answers, elements, request.leastD ?? leastMeasured)
  const count = fits.reduce((sum, fit) => sum + fit.count, 0)
  const squares = fits.reduce((sum, fit) => sum + fit.count * fit.rms ** 2, 0)
  const met =
    count === 0 ? '' : `, whose D it meets to ${Math.sqrt(squares / count).toFixed(3)} decade (rms)`
  const sources = new Set(rows.map(sourceOf)).size
  return (
    `Fitted to ${measures.length} measurements in ${rows.length} tests of ` +
    `${sources === 1 ? 'one source' : `${sources} sources`} (${elements.join(', ')})${met}. ` +
    'Outside of the range of these tests it is extrapolation.'
  )
}

/** The data set of a fit: its numbers with their errors, its points and where they were. */
export function makeSet(problem: FitProblem, solved: Solved, source: string): ExtractantSet {
  const bare = problem.setAt(solved.parameters)
  const { base } = problem.request
  const covariance = covarianceOf(problem, solved)
  const errorOf = (key: string) => {
    const at = covariance?.names.indexOf(key) ?? -1
    const variance = at < 0 ? 0 : (covariance?.matrix[at]?.[at] ?? 0)
    return variance > 0 ? Math.sqrt(variance) : undefined
  }
  const finished = (key: string, given: Sourced<number>): Sourced<number> => {
    const quantity = problem.quantities.find((q) => keyOf(q) === key)
    if (quantity === undefined) return given.source === 'fit' ? { ...given, source } : given
    const value = rounded(given.value, 8)
    if (quantity.terms.length === 0)
      return { value, source, method: 'assumption', note: 'not fitted' }
    const error = errorOf(key)
    const known = error === undefined ? {} : { uncertainty: rounded(error, 4) }
    const bound = quantity.terms.some(([at]) => solved.atBound[at] === true)
    const note = bound ? { note: 'on a bound of the fit' } : {}
    return { value, ...known, source, method: 'fitted', ...note }
  }
  const each = (prefix: string, record: Readonly<Record<string, Sourced<number>>>) =>
    Object.fromEntries(
      Object.entries(record).map(([name, given]) => [name, finished(`${prefix}${name}`, given)]),
    )
  const counts = new Map<string, number>()
  for (const { element = '' } of problem.measures)
    counts.set(element, (counts.get(element) ?? 0) + 1)
  const quality = problem.elements.map((el) => [
    el,
    `fitted to ${counts.get(el) ?? 0} measurements`,
  ])
  const kept = Object.keys(bare.parameters).filter((el) => !problem.elements.includes(el))
  return {
    ...bare,
    parameters: Object.fromEntries(
      Object.entries(bare.parameters).map(([el, record]) => [
        el,
        problem.elements.includes(el) ? each(`${el}.`, record) : record,
      ]),
    ),
    constants: each('', bare.constants),
    quality: {
      ...Object.fromEntries(kept.map((el) => [el, `of ${base?.id ?? 'the base'}, not fitted`])),
      ...Object.fromEntries(quality),
    },
    ...(covariance === undefined
      ? {}
      : {
          covariance: {
            ...covariance,
            matrix: covariance.matrix.map((r) => r.map((x) => rounded(x))),
          },
        }),
    validity: validityOf(problem, solved),
    worth: worthOf(problem, solved),
    points: problem.rows.map(pointOf),
    sources: [...new Set([source, ...problem.rows.map(sourceOf), ...(base?.sources ?? [])])],
    notes: [],
  }
}

/** A data set as the text of a file that a plant can name; JSON where the name ends so. */
export function extractantSetText(set: ExtractantSet, file: string): string {
  if (/\.json$/i.test(file)) return `${JSON.stringify(set, null, 2)}\n`
  const document = new Document(set)
  visit(document, {
    // One line a test and a range; what people edit stands on lines of its own.
    Seq: (_, list) => {
      list.flow = list.items.every((item) => !isCollection(item))
    },
    Pair: (_, { key, value }) => {
      if (!isScalar(key) || !inOneLine.has(String(key.value)) || !isSeq(value)) return
      for (const item of value.items) if (isCollection(item)) item.flow = true
    },
  })
  return document.toString({ lineWidth: 0 })
}

const inOneLine: ReadonlySet<string> = new Set(['points', 'matrix'])
