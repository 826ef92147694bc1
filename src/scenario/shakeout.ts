import {
  compileDistribution,
  type Distribution,
  type ExtractantSet,
  isRareEarth,
  missingElements,
  type ShakeoutRow,
  type ShakeoutTable,
  shakeoutTable,
} from '../chemistry/index.ts'
import { bank as builtIn, type Databank } from '../databank/index.ts'

/** One kind of excess over what a set was measured in, told at its worst row (from 1). */
interface ShakeoutWarning {
  readonly rank: 2
  readonly row: number
  readonly code: 'outside-validity'
  readonly text: string
}

export type ShakeoutAnswer =
  | ({
      readonly ok: true
      readonly set: ExtractantSet
      readonly warnings: readonly ShakeoutWarning[]
    } & ShakeoutTable)
  | { readonly ok: false; readonly message: string }

/**
 * Batch equilibrium of every row with one extractant set: predicted D, pH and loading, and the rms
 * of log10 D against the measured values. Refuses a set that lacks an element of the rows.
 */
export function predictShakeouts(
  id: string,
  rows: readonly ShakeoutRow[],
  bank: Databank = builtIn,
): ShakeoutAnswer {
  const set = bank.extractants.get(id)
  if (set === undefined) {
    return { ok: false, message: `no extractant set "${id}"; the list: didymium data` }
  }
  const elements = [...new Set(rows.flatMap((row) => Object.keys(row.feed)))]
  const missing = missingElements(set, elements)
  if (missing.length > 0) {
    return { ok: false, message: `${id} has no constants for ${missing.join(', ')}` }
  }
  const distribution = compileDistribution(set, elements)
  const table = shakeoutTable(rows, distribution)
  return { ok: true, set, ...table, warnings: validityWarnings(table.rows, distribution) }
}

/** Where rows leave what the set was measured in: one warning a kind, at the row farthest out. */
function validityWarnings(
  rows: ShakeoutTable['rows'],
  { set, dependsOnFree, closure }: Distribution,
): readonly ShakeoutWarning[] {
  const { validity, worth, id } = set
  const warnings: ShakeoutWarning[] = []
  const check = (
    what: string,
    unit: string,
    range: readonly [number, number] | undefined,
    valueOf: (row: ShakeoutTable['rows'][number]) => number,
  ) => {
    if (range === undefined) return
    const [low, high] = range
    const out = rows
      .map((row, k) => ({ row: k + 1, value: valueOf(row) }))
      .map((r) => ({ ...r, beyond: Math.max(low - r.value, r.value - high) }))
      .filter(({ beyond }) => beyond > 1e-9 * Math.max(Math.abs(low), Math.abs(high)))
    const [first, ...others] = out
    if (first === undefined) return
    const { row, value } = others.reduce((far, r) => (r.beyond > far.beyond ? r : far), first)
    const count = `${out.length} of ${rows.length} rows`
    const text =
      `${what} ${value.toPrecision(3)}${unit} is outside ${low} to ${high} of ${id} (${count}); ` +
      (warnings.length === 0 ? worth : 'see above')
    warnings.push({ rank: 2, row, code: 'outside-validity', text })
  }
  check('pH', '', validity.pH, ({ pH }) => pH)
  // A set that does not close the extractant, or does not see it, has no free extractant to judge.
  if (dependsOnFree && closure !== 'loading') {
    check('free extractant', ' mol/L', validity.free, ({ free }) => free)
  }
  check('loading', '', validity.loading, ({ loading }) => loading)
  check('aqueous rare earth', ' mol/L', validity.aqueous, ({ aqueous }) =>
    Object.entries(aqueous).reduce((sum, [el, x]) => (isRareEarth(el) ? sum + x : sum), 0),
  )
  return warnings
}
