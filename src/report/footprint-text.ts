import type { FootprintChart } from '../draw/index.ts'
import type { Footprint, FootprintGroup, FootprintLine } from '../scenario/index.ts'
import type { Cell } from './cells.ts'
import { figure, percent } from './numbers.ts'
import { textTable, wrapped } from './text-table.ts'

const groups: readonly (readonly [group: FootprintGroup, head: string])[] = [
  ['feed', 'feed'],
  ['reagents', 'reagents'],
  ['electricity', 'power'],
  ['heat', 'heat'],
  ['process CO2', 'process'],
  ['waste', 'waste'],
  ['transport', 'transport'],
]

/** Lines of one name and group together, wherever they arise. */
interface Total {
  readonly line: FootprintLine
  readonly quantity: number
  readonly amount: number
}

function totals(lines: readonly FootprintLine[]): readonly Total[] {
  const found = new Map<string, Total>()
  for (const line of lines) {
    const key = `${line.group} ${line.name} ${line.factor.value}`
    const before = found.get(key) ?? { line, quantity: 0, amount: 0 }
    found.set(key, {
      line: before.line,
      quantity: before.quantity + line.quantity.value,
      amount: before.amount + line.amount,
    })
  }
  return [...found.values()].sort((a, b) => Math.abs(b.amount) - Math.abs(a.amount))
}

/** Gaps of one cause together, with the units that they concern. */
interface GapTotal {
  readonly what: string
  readonly where: readonly string[]
  readonly quantity: number
  readonly unit: string
}

/** Gaps that say the same, gathered. */
export function gatheredGaps({ gaps }: Footprint): readonly GapTotal[] {
  const found = new Map<string, GapTotal>()
  for (const { group, unit, missing, quantity } of gaps) {
    // What is missing for each unit by its own name is the same want for all of them.
    const what = unit === '' ? missing : missing.replaceAll(`{ ${unit}:`, '{ ...:')
    const key = `${group} ${what}`
    const before = found.get(key) ?? { what, where: [], quantity: 0, unit: '' }
    found.set(key, {
      what: `${group}: ${what}`,
      where: unit === '' ? before.where : [...before.where, unit],
      quantity: before.quantity + (quantity?.value ?? 0),
      unit: quantity?.unit ?? before.unit,
    })
  }
  return [...found.values()]
}

function productsText({ perProduct, byProducts }: Footprint): string {
  const table = textTable(perProduct, [
    { head: 'product', cell: ({ name }) => name },
    { head: 't/y', cell: ({ ratePerYear }) => figure(ratePerYear / 1000), align: 'right' },
    { head: 'per kg', cell: (p) => figure(p.kgCO2ePerKg), align: 'right' },
    {
      head: 'per kg REO',
      cell: (p) => (p.kgCO2ePerKgReo === undefined ? '-' : figure(p.kgCO2ePerKgReo)),
      align: 'right',
    },
    { head: 'share', cell: ({ share }) => percent(share), align: 'right' },
    ...groups
      .filter(([group]) => perProduct.some(({ byGroup }) => byGroup[group] !== 0))
      .map(([group, head]) => ({
        head,
        cell: ({ byGroup }: Footprint['perProduct'][number]) => figure(byGroup[group], 3),
        align: 'right' as const,
      })),
    { head: 'primary', cell: ({ primaryShare }) => percent(primaryShare), align: 'right' },
  ])
  if (byProducts.length === 0) return table
  return `${table}\nby-products, which carry nothing: ${byProducts.join(', ')}`
}

function linesText({ lines, perYear }: Footprint): string {
  return textTable(totals(lines), [
    { head: 'what', cell: ({ line }) => line.name },
    { head: 'group', cell: ({ line }) => line.group },
    { head: 'quantity/y', cell: ({ quantity }) => figure(quantity), align: 'right' },
    { head: '', cell: ({ line }) => line.quantity.unit },
    { head: 'factor', cell: ({ line }) => figure(line.factor.value), align: 'right' },
    { head: 't CO2e/y', cell: ({ amount }) => figure(amount / 1000), align: 'right' },
    { head: 'share', cell: ({ amount }) => percent(amount / perYear), align: 'right' },
    {
      head: 'source',
      cell: ({ line }) => (line.primary ? `${line.source} (primary)` : line.source),
    },
  ])
}

function gapsText(footprint: Footprint): string {
  const { unknownMass } = footprint
  const tonnes = (mass: number) => `${figure(mass / 1000)} t/y`
  const rows = gatheredGaps(footprint).map(({ what, where, quantity, unit }) => {
    const size =
      unit === '' ? '' : unit === 'kg' ? `, ${tonnes(quantity)}` : `, ${figure(quantity)} ${unit}/y`
    const at = where.length === 0 ? '' : ` (${where.join(', ')})`
    return wrapped(`  ${what}${size}${at}`, 100, '      ')
  })
  if (rows.length === 0) return 'nothing is missing'
  const share = unknownMass.of === 0 ? 0 : unknownMass.value / unknownMass.of
  const all = `${tonnes(unknownMass.of)} of what is bought and thrown away`
  const mass = `${tonnes(unknownMass.value)} of ${all} (${percent(share)}) has no factor`
  const known = 'all that is bought and thrown away has a factor, but'
  return [`not in these figures: ${unknownMass.value === 0 ? known : mass}`, ...rows].join('\n')
}

function comparedText({ compared, gaps }: Footprint): string {
  const bound = gaps.length === 0 ? '' : ', a lower bound while something is missing'
  const rows = compared.map((one) => {
    const { route } = one
    if (!one.comparable) {
      const claim = route.claim === undefined ? '' : ` It says: ${route.claim}.`
      return `  ${route.title}: not comparable because ${one.because}.${claim}`
    }
    const [low = 0, high = 0] = route.range ?? []
    const [least, most] = one.ratio
    const range = `${figure(low)} to ${figure(high)} kg CO2e/kg ${route.functionalUnit}`
    const times = `${figure(least, 3)} to ${figure(most, 3)} times it${bound}`
    const where = `${route.boundary}; ${route.source}`
    return `  ${route.title}: ${range} (${where}); this plant ${figure(one.own)}, ${times}`
  })
  return ['published routes', ...rows.map((row) => wrapped(row, 100, '      '))].join('\n')
}

/** The footprint for people: products, what it is made of, what is missing, other routes. */
export function footprintText(title: string, footprint: Footprint): string {
  const { rule, cutOff, boundary, grid, perYear, perKgReo, primaryShare } = footprint
  const { assumptions, sources } = footprint
  const reo = perKgReo === null ? '' : `, ${figure(perKgReo)} kg CO2e per kg REO`
  const head = `${title}: ${figure(perYear / 1000)} t CO2e/y${reo}, kg CO2e per kg by product`
  const said = [
    `allocation: ${rule}`,
    `feed: ${cutOff}`,
    `electricity: ${grid}`,
    `primary data: ${percent(primaryShare)} of the footprint has a factor of its supplier; the quantities are the model's`,
    boundary,
    ...assumptions.map((text) => `assumed: ${text}`),
  ].map((text) => wrapped(`  ${text}`, 100, '      '))
  return [
    head,
    productsText(footprint),
    linesText(footprint),
    gapsText(footprint),
    comparedText(footprint),
    ['how it was counted', ...said].join('\n'),
    [
      'sources',
      ...sources.map(({ id, title: of }) => wrapped(`  ${id}: ${of}`, 100, '      ')),
    ].join('\n'),
  ].join('\n\n')
}

/** Electricity and heat of each unit in kW, and what it does not state. */
export function energyText({ energy }: Footprint): string {
  const kilowatts = (watts: number | undefined) =>
    watts === undefined ? '-' : figure(watts / 1000)
  const sum = (of: 'power' | 'heat') =>
    energy.reduce((total, unit) => total + Math.max(0, unit[of] ?? 0), 0)
  const table = textTable(energy, [
    { head: 'unit', cell: ({ unit }) => unit },
    { head: 'power, kW', cell: ({ power }) => kilowatts(power), align: 'right' },
    { head: 'heat, kW', cell: ({ heat }) => kilowatts(heat), align: 'right' },
    { head: 'not stated', cell: ({ gaps }) => shortened(gaps.join('; ')) },
  ])
  const total = `${kilowatts(sum('power'))} kW of electricity, ${kilowatts(sum('heat'))} kW of heat to be added; negative heat is given off`
  return `energy by unit while operating: ${total}\n${table}`
}

const shortened = (text: string) => (text.length > 60 ? `${text.slice(0, 57)}...` : text)

/** A row for each line with its factor and source, and a row for each gap. */
export function footprintTable({ lines, gaps }: Footprint): readonly (readonly Cell[])[] {
  const heads = ['name', 'group', 'unit', 'quantity per year', 'quantity unit', 'factor']
  return [
    [...heads, 'factor unit', 'kg CO2e per year', 'source', 'method', 'note'],
    ...lines.map((line): Cell[] => [
      line.name,
      line.group,
      line.unit,
      line.quantity.value,
      line.quantity.unit,
      line.factor.value,
      line.factor.unit,
      line.amount,
      line.source,
      line.method,
      line.note ?? null,
    ]),
    ...gaps.map((gap): Cell[] => [
      gap.name,
      gap.group,
      gap.unit,
      gap.quantity?.value ?? null,
      gap.quantity?.unit ?? null,
      null,
      null,
      null,
      null,
      'missing',
      gap.missing,
    ]),
  ]
}

/** A row for each product: per kg, by group, its share. */
export function footprintProducts({ perProduct }: Footprint): readonly (readonly Cell[])[] {
  return [
    ['product', 'kg per year', 'kg CO2e/kg', 'kg CO2e/kg REO', 'share', ...groups.map(([g]) => g)],
    ...perProduct.map((product): Cell[] => [
      product.name,
      product.ratePerYear,
      product.kgCO2ePerKg,
      product.kgCO2ePerKgReo ?? null,
      product.share,
      ...groups.map(([group]) => product.byGroup[group]),
    ]),
  ]
}

/** One line a group: what it lacks, in few words. */
function shortGaps({ gaps }: Footprint): readonly string[] {
  return groups.flatMap(([group]) => {
    const own = gaps.filter((gap) => gap.group === group)
    if (own.length === 0) return []
    const mass = own.reduce((sum, { quantity }) => sum + (quantity?.value ?? 0), 0)
    const isMass = own.some(({ quantity }) => quantity?.unit === 'kg')
    const size = isMass ? `, ${figure(mass / 1000)} t/y` : ''
    const names = [...new Set(own.map(({ name, unit }) => (group === 'reagents' ? name : unit)))]
    const what = names.filter((name) => name !== '')
    const many = what.length > 4 ? `${what.length} units` : what.join(', ')
    return [`${group}${many === '' ? '' : ` of ${many}`}${size}`]
  })
}

/** Bars of the products, and published routes per kg of REO beside the plant's own figure. */
export function footprintChart(title: string, footprint: Footprint): FootprintChart {
  const { perProduct, perKgReo, perYear, lines, compared } = footprint
  const whole = perKgReo === null || perYear === 0 ? undefined : perKgReo / perYear
  const byGroup = (scale: number) =>
    Object.fromEntries(
      groups.map(([group]) => [
        group,
        lines.filter((l) => l.group === group).reduce((sum, l) => sum + l.amount * scale, 0),
      ]),
    )
  return {
    title: `${title}: footprint by product`,
    unit: 'kg CO2e/kg product',
    bars: [
      ...perProduct.map((product) => ({ name: product.name, byGroup: product.byGroup })),
      ...(whole === undefined ? [] : [{ name: 'per kg REO, all', byGroup: byGroup(whole) }]),
    ],
    ranges: compared.flatMap(({ comparable, route: { title: name, range } }) =>
      comparable && range !== undefined ? [{ name, low: range[0], high: range[1] }] : [],
    ),
    missing: shortGaps(footprint),
  }
}
