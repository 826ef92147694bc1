import type { Solution, SolvedWarning } from '../../../src/scenario/index.ts'
import type { Said, SetInUse, SourcedNumber, SourceReport } from '../engine/tasks/sources.ts'

/** What a figure rests on: what the plant file says, data sets, constants, and what is doubtful. */
export interface Origin {
  /** The unit that it belongs to; undefined for a figure of the whole plant. */
  readonly unit: string | undefined
  /** True for what the whole plant decides: recoveries, purities of products. */
  readonly isWhole: boolean
  /** The constant itself, where the path names one. */
  readonly number: SourcedNumber | undefined
  readonly said: readonly Said[]
  readonly sets: readonly SetInUse[]
  readonly constants: readonly SourcedNumber[]
  /** Worst first. */
  readonly warnings: readonly SolvedWarning[]
}

/** True for a place that is the other one or holds it: `sx1` and `sx1.sections[0]`. */
const holds = (outer: string, inner: string) =>
  inner === outer || inner.startsWith(`${outer}.`) || inner.startsWith(`${outer}[`)

/** First words of results, `product neodymium-oxide reoOfTreo`; the second names the unit. */
const ofUnit = new Set(['product', 'reagent', 'figure', 'circuit'])

/** The unit that a path or a result is about; undefined where it is about the plant. */
export function unitOfPath(path: string, { streams, units }: Solution): string | undefined {
  const [first = '', second = ''] = path.trim().split(/\s+/)
  if (ofUnit.has(first) && second !== '') return second
  if (first === 'stream') return streams[second]?.from.replace(/\.[^.]*$/, '')
  const unit = first.split(/[.[]/)[0] ?? ''
  return Object.hasOwn(units, unit) ? unit : undefined
}

/** `extractants.PC88A-T21.Nd.a` as the number of its set. */
function constantAt(path: string, sets: readonly SetInUse[]) {
  if (!path.startsWith('extractants.')) return undefined
  const rest = path.slice('extractants.'.length)
  const set = sets.find(({ id }) => rest.startsWith(`${id}.`))
  const name = set === undefined ? '' : rest.slice(set.id.length + 1).replace('.', ' ')
  const number = set?.numbers.find((own) => own.name === name)
  return set === undefined || number === undefined ? undefined : { set, number }
}

/**
 * Everything that a parameter (`leach.acidRatio`), a constant (`extractants.SET.Nd.a`), a unit or a
 * result (`product neodymium-oxide reoOfTreo`) rests on. What belongs to no single unit, like a
 * recovery or the purity of a product, rests on every circuit.
 */
export function originOf(path: string, report: SourceReport, solution: Solution): Origin {
  const constant = constantAt(path, report.sets)
  if (constant !== undefined) {
    const { set, number } = constant
    const warnings = solution.warnings.filter(({ text }) => text.includes(set.id))
    const none = { unit: undefined, isWhole: false, said: [], constants: [] }
    return { ...none, number, sets: [set], warnings }
  }
  const unit = unitOfPath(path, solution)
  const isParameter = unit !== undefined && holds(unit, path)
  const said = report.said.filter(({ at }) =>
    isParameter ? holds(at, path) : unit !== undefined && holds(unit, at),
  )
  const kind = unit === undefined ? undefined : solution.units[unit]?.kind
  const isWhole = unit === undefined || (!isParameter && kind === 'product')
  return {
    unit,
    isWhole,
    number: undefined,
    said,
    sets: isWhole ? report.sets : report.sets.filter(({ units }) => units.includes(unit)),
    constants: unit === undefined ? [] : report.constants.filter((c) => c.units.includes(unit)),
    warnings: solution.warnings.filter((w) => (isWhole ? w.rank < 3 : w.unit === unit)),
  }
}

/** Words of a search, all of which a number must hold in what it says of itself. */
export function numbersWith(
  numbers: readonly SourcedNumber[],
  words: string,
  report: SourceReport,
): readonly SourcedNumber[] {
  const wanted = words.toLowerCase().split(/\s+/).filter(Boolean)
  if (wanted.length === 0) return numbers
  return numbers.filter(({ name, method, source, note = '', units }) => {
    const title = report.publications[source]?.title ?? ''
    const said = `${name} ${method} ${source} ${note} ${title} ${units.join(' ')}`.toLowerCase()
    return wanted.every((word) => said.includes(word))
  })
}

/** The address of a publication, where one is recorded. */
export function addressOf(publication: { readonly doi?: string; readonly url?: string }) {
  if (publication.doi !== undefined) return `https://doi.org/${publication.doi}`
  return publication.url
}
