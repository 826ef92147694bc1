import type { Solution, SolvedProduct, SolvedWarning } from '../scenario/index.ts'
import { activitiesTable } from './activities.ts'
import { figure, kilogramsPerHour, percent, ppm, tonnesPerYear } from './numbers.ts'
import { type Column, textTable, wrapped } from './text-table.ts'

const right = 'right' as const

function section(title: string, body: string): string[] {
  return body === '' ? [] : ['', title, body]
}

function productsTable(solution: Solution): string {
  const columns: Column<SolvedProduct>[] = [
    { head: 'product', cell: (p) => p.name },
    { head: 'kg/h', cell: (p) => kilogramsPerHour(p.rate['kg/s']), align: right },
    { head: 't/y', cell: (p) => figure(p.rate['t/y']), align: right },
    { head: 'REO/TREO', cell: (p) => sold(p, 'reoOfTreo'), align: right },
    { head: 'TREO in product', cell: (p) => percent(p.purity.treoInProduct), align: right },
    { head: 'oxide in product', cell: (p) => sold(p, 'oxideInProduct'), align: right },
    {
      head: 'specification',
      cell: (p) => ({ met: 'meets', 'not met': 'SHORT', none: '-' })[p.specification],
    },
  ]
  return textTable(solution.products, columns)
}

/** Purity in the oxides sold; a by-product without rare earths to sell has none. */
function sold({ elements, purity }: SolvedProduct, name: 'reoOfTreo' | 'oxideInProduct'): string {
  return elements.length === 0 ? '-' : percent(purity[name])
}

function impurities(product: SolvedProduct): string {
  const worst = Object.entries(product.impurities)
    .filter(([, fraction]) => fraction > 1e-7)
    .sort(([, a], [, b]) => b - a)
    .slice(0, 8)
  const list = worst.map(([name, fraction]) => `${name} ${ppm(fraction)}`).join(', ')
  const short = product.shortfalls.map((text) => `\n    short: ${text}`).join('')
  return `  ${product.name}: ${list === '' ? 'none above 0.1 ppm' : list}${short}`
}

function balanceTable(solution: Solution): string {
  return textTable(Object.entries(solution.balance.elements), [
    { head: 'element', cell: ([symbol]) => symbol },
    { head: 'in kg/h', cell: ([, b]) => kilogramsPerHour(b.in), align: right },
    { head: 'out kg/h', cell: ([, b]) => kilogramsPerHour(b.out), align: right },
    { head: 'gap', cell: ([, b]) => b.gap.toExponential(1), align: right },
    {
      head: 'in products',
      cell: ([symbol]) => {
        const recovered = solution.recovery[symbol]
        return recovered === undefined ? '' : percent(recovered)
      },
      align: right,
    },
  ])
}

const unitOf = (place: string) => place.slice(0, place.lastIndexOf('.'))

/** Shares of what the feeds bring of an element, by the product or discharge where it leaves. */
function outletsOf(solution: Solution, symbol: string): string {
  const kind = (place: string) => solution.units[unitOf(place)]?.kind
  const streams = Object.values(solution.streams)
  const flow = (list: typeof streams) => list.reduce((sum, s) => sum + (s.elements[symbol] ?? 0), 0)
  const ends = streams.filter(({ to }) => ['product', 'discharge'].includes(kind(to) ?? ''))
  const total = flow(ends)
  const shares = [...new Set(ends.map(({ to }) => unitOf(to)))]
    .map((name) => ({ name, share: flow(ends.filter(({ to }) => unitOf(to) === name)) / total }))
    .filter(({ share }) => share >= smallestShare)
    .sort((a, b) => b.share - a.share)
  return shares.map(({ name, share }) => `${name} ${(100 * share).toFixed(2)}\u00a0%`).join(', ')
}

/** Smallest share of an element that its list of outlets names. */
const smallestShare = 5e-5

/** Where each element of the feeds leaves the plant; elements that reagents bring are left out. */
function outletsTable(solution: Solution): string {
  const feeds = Object.values(solution.streams).filter(
    ({ from }) => solution.units[unitOf(from)]?.symbol === 'feed',
  )
  const fed = Object.keys(solution.balance.elements).filter(
    (symbol) => feeds.some((s) => (s.elements[symbol] ?? 0) > 0) && !common.has(symbol),
  )
  return fed
    .map((symbol) => wrapped(`  ${symbol}: ${outletsOf(solution, symbol)}`, width, '      '))
    .join('\n')
}

/** Water, air, acid and base bring these everywhere: where they leave says little. */
const common: ReadonlySet<string> = new Set(['H', 'O', 'N', 'Na', 'Cl', 'Ar'])

function limitsTable(solution: Solution): string {
  return textTable(solution.limits, [
    { head: 'limit', cell: (l) => l.name },
    { head: 'requires', cell: (l) => l.measure },
    { head: 'reached', cell: (l) => (l.reached === null ? '-' : figure(l.reached)), align: right },
    { head: 'verdict', cell: (l) => (l.met ? 'meets' : 'PASSED') },
  ])
}

function reagentsTable(solution: Solution): string {
  return textTable(solution.reagents, [
    { head: 'reagent', cell: (r) => r.name },
    { head: 'kg/h', cell: (r) => kilogramsPerHour(r.rate['kg/s']), align: right },
    { head: 't/y', cell: (r) => figure(r.rate['t/y']), align: right },
    {
      head: 'kg per kg product',
      cell: (r) => (r.perProduct === null ? '-' : figure(r.perProduct)),
      align: right,
    },
  ])
}

function circuitsTable(solution: Solution): string {
  return textTable(Object.entries(solution.circuits), [
    { head: 'circuit', cell: ([name]) => name },
    { head: 'extractant', cell: ([, c]) => c.extractant },
    { head: 'stages', cell: ([, c]) => `${c.stages.length}`, align: right },
    {
      head: 'organic L/h',
      cell: ([, c]) => figure((c.stages[0]?.organicFlow ?? 0) * 3.6e6),
      align: right,
    },
    {
      head: 'largest loading',
      cell: ([, c]) => percent(Math.max(0, ...c.stages.map((s) => s.loading))),
      align: right,
    },
    {
      head: 'holds its cut by',
      cell: ([, c]) => {
        if (c.held === undefined) return '-'
        const range = c.window?.[c.held.vary]
        const text = `${c.held.vary} = ${figure(c.held.value)} ${c.held.unit}`
        return range === undefined
          ? text
          : `${text} (window ${(100 * range[0]).toFixed(1)} to +${(100 * range[1]).toFixed(1)} %)`
      },
    },
  ])
}

/** What a set is worth outside its validity ends many warnings alike; it is printed once. */
function withoutRepeats(warnings: readonly SolvedWarning[]): readonly SolvedWarning[] {
  const told = new Set<string>()
  return warnings.map((warning) => {
    const [fact = '', ...rest] = warning.text.split('; ')
    const tail = rest.join('; ')
    if (tail.length < width || !told.has(tail)) {
      told.add(tail)
      return warning
    }
    return { ...warning, text: `${fact}; see above` }
  })
}

const width = 110

function warningLine(warning: SolvedWarning): string {
  const stage = warning.stage === null ? '' : ` stage ${warning.stage}`
  const text = `  ${warning.rank}  ${warning.unit}${stage}: ${warning.text}`
  return wrapped(text, width, '     ')
}

/** Warnings as lines, worst first; ranks 2 and 3 cut to `limit` with the number left out. */
function warningsText(solution: Solution, limit: number): string {
  const first = solution.warnings.filter((w) => w.rank === 1)
  const rest = solution.warnings.filter((w) => w.rank !== 1)
  const shown = [...first, ...rest.slice(0, Math.max(0, limit - first.length))]
  const hidden = solution.warnings.length - shown.length
  const more = hidden > 0 ? [`     (+${hidden} more; --warnings all)`] : []
  return [...withoutRepeats(shown).map(warningLine), ...more].join('\n')
}

/** Unit and place of an outcome, once where they are the same. */
function placeOf({ unit, at }: NonNullable<Solution['outcome']>): string {
  return unit === at ? unit : `${unit} ${at}`
}

/** What the feed would make at full recovery, what is in the products, and the ratio. */
function oxideLine({ units, products, operatingHours }: Solution): readonly string[] {
  let feed = 0
  for (const { figures } of Object.values(units)) {
    feed += figures['rare earth oxide at full recovery']?.value ?? 0
  }
  if (!(feed > 0)) return []
  const sold = products.reduce((sum, p) => sum + p.rate['kg/s'] * p.purity.treoInProduct, 0)
  const [all, got] = [feed, sold].map((rate) => tonnesPerYear(rate, operatingHours))
  return [
    `rare earth oxide: ${all} t/y in the feeds, ${got} t/y in the products, ` +
      `${percent(sold / feed)} recovered`,
  ]
}

/** The solved plant for people: verdict, products, purities, balances, reagents, warnings. */
export function solutionText(solution: Solution, options: { readonly warnings: number }): string {
  const { outcome, balance, operatingHours } = solution
  const verdict =
    outcome === null
      ? `converged in ${solution.solver.sweeps} sweeps`
      : `${outcome.name}: ${placeOf(outcome)}: ${outcome.detail}\n  ${outcome.advice}`
  if (outcome !== null) {
    const title = 'WARNINGS (1 decides a product, 3 is for information)'
    const warnings = section(title, warningsText(solution, options.warnings))
    return [solution.title, verdict, ...warnings].join('\n')
  }
  const total = solution.products.reduce((sum, product) => sum + product.rate['kg/s'], 0)
  return [
    solution.title,
    `${verdict}; worst gap ${balance.worst.toExponential(1)} (${balance.where}); ` +
      `${figure(operatingHours)} h/y`,
    ...section('PRODUCTS', productsTable(solution)),
    ...(solution.products.length === 0
      ? []
      : [`all products ${tonnesPerYear(total, operatingHours)} t/y`, ...oxideLine(solution)]),
    ...section('IMPURITIES', solution.products.map(impurities).join('\n')),
    ...section('BALANCES', balanceTable(solution)),
    ...section('WHERE THE ELEMENTS OF THE FEED LEAVE', outletsTable(solution)),
    ...section('ACTIVITY, Bq/g', activitiesTable(solution)),
    ...section('REAGENTS', reagentsTable(solution)),
    ...section('CIRCUITS', circuitsTable(solution)),
    ...section(
      'SPECIFICATIONS',
      textTable(solution.specifications, [
        { head: 'name', cell: (s) => s.name },
        { head: 'varied', cell: (s) => `${s.vary} = ${figure(s.value)} (SI)` },
        {
          head: 'reached',
          cell: (s) => (s.reached === null ? '-' : figure(s.reached, 6)),
          align: right,
        },
        { head: 'target', cell: (s) => figure(s.target, 6), align: right },
        { head: 'verdict', cell: (s) => (s.met ? 'meets' : 'SHORT') },
      ]),
    ),
    ...section('LIMITS', limitsTable(solution)),
    ...section(
      'WARNINGS (1 decides a product, 3 is for information)',
      warningsText(solution, options.warnings),
    ),
  ].join('\n')
}
