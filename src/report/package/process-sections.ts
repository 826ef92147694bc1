import { drawingOf, drawPfd, drawStageProfile, elementOrder } from '../../draw/index.ts'
import type { PlantDocument, Solution, SolvedStream } from '../../scenario/index.ts'
import { figure, percent, ppm } from '../numbers.ts'
import type { Block, Section, TableColumn } from './blocks.ts'

const secondsPerHour = 3600
const perHour = (kilogramsPerSecond: number) => figure(kilogramsPerSecond * secondsPerHour)
export const unitOf = (place: string) => place.slice(0, place.lastIndexOf('.'))

/** Number column. */
export const number = (head: string, unit = ''): TableColumn => ({ head, unit, align: 'right' })
/** Column of words. */
export const words = (head: string): TableColumn => ({ head })

const degrees = (kelvin: number) => figure(kelvin - 273.15, 3)

/** Streams that leave units of a kind. */
function streamsFrom(solution: Solution, kind: string): [string, SolvedStream][] {
  return Object.entries(solution.streams).filter(
    ([, { from }]) => solution.units[unitOf(from)]?.kind === kind,
  )
}

/** What comes in: every feed with its rate and the elements it brings. */
function feedTable(solution: Solution): Block {
  const feeds = [...streamsFrom(solution, 'feed'), ...streamsFrom(solution, 'delivery')]
  const elements = elementOrder([
    ...new Set(
      feeds.flatMap(([, { elements: flows, mass }]) =>
        Object.keys(flows).filter((symbol) => (flows[symbol] ?? 0) > 1e-7 * mass),
      ),
    ),
  ])
  return {
    kind: 'table',
    title: 'Feeds: rates and elements, mass per cent of the feed as received',
    columns: [words('element'), ...feeds.map(([, { from }]) => number(unitOf(from), 'mass %'))],
    rows: [
      ['rate, kg/h', ...feeds.map(([, { mass }]) => perHour(mass))],
      ['rate, t/y', ...feeds.map(([, { mass }]) => figure(mass * 3.6 * solution.operatingHours))],
      ['temperature, °C', ...feeds.map(([, { temperature }]) => degrees(temperature))],
      ...elements.map((symbol) => [
        symbol,
        ...feeds.map(([, { elements: flows, mass }]) =>
          mass > 0 && (flows[symbol] ?? 0) > 0
            ? figure((100 * (flows[symbol] ?? 0)) / mass, 3)
            : '–',
        ),
      ]),
    ],
  }
}

function productTable(solution: Solution): Block {
  const verdict = { met: 'met', 'not met': 'NOT MET', none: 'none stated' } as const
  return {
    kind: 'table',
    title: 'Products',
    columns: [
      words('product'),
      number('rate', 'kg/h'),
      number('rate', 't/y'),
      number('REO of TREO'),
      number('TREO in product'),
      words('specification'),
      words('largest impurities'),
    ],
    rows: solution.products.map((p) => [
      p.name,
      perHour(p.rate['kg/s']),
      figure(p.rate['t/y']),
      p.elements.length === 0 ? '–' : percent(p.purity.reoOfTreo),
      percent(p.purity.treoInProduct),
      [verdict[p.specification], ...p.shortfalls].join('; '),
      Object.entries(p.impurities)
        .filter(([, fraction]) => fraction > 1e-7)
        .sort(([, a], [, b]) => b - a)
        .slice(0, 4)
        .map(([name, fraction]) => `${name} ${ppm(fraction)}`)
        .join(', '),
    ]),
  }
}

/** What the plant is designed for, and by what data. */
export function basisOfDesign(solution: Solution, plant: PlantDocument): Section {
  const recovered = Object.entries(solution.recovery)
  return {
    title: 'Basis of design',
    blocks: [
      ...(plant.notes === '' ? [] : [{ kind: 'text', text: plant.notes } as const]),
      {
        kind: 'pairs',
        rows: [
          ['operating hours', `${figure(solution.operatingHours)} h/y`],
          ['units and streams', `${plant.units.length} and ${plant.streams.length}`],
          ['rates', 'while operating; a rate per year is that times the operating hours'],
          [
            'solution',
            solution.outcome === null
              ? `converged; worst balance gap ${solution.balance.worst.toExponential(1)} (${solution.balance.where})`
              : `${solution.outcome.name}: ${solution.outcome.detail}`,
          ],
        ],
      },
      feedTable(solution),
      productTable(solution),
      {
        kind: 'table',
        title: 'Recovery from feeds to products',
        columns: [words('element'), number('in products', '% of feed')],
        rows: recovered.map(([symbol, share]) => [symbol, (100 * share).toFixed(2)]),
      },
      {
        kind: 'table',
        title: 'Data sets of solvent extraction',
        columns: [words('data set'), words('where from'), words('used by'), words('sources')],
        rows: solution.dataSets.map((set) => [
          set.title,
          set.origin,
          set.units.join(', '),
          set.sources.join(', '),
        ]),
      },
    ],
  }
}

/** The flow diagram on a sheet of its own, then the profile of every circuit. */
export async function drawings(
  solution: Solution,
  date: string,
  estimate: string,
): Promise<readonly Section[]> {
  const svg = await drawPfd(drawingOf(solution, date, estimate))
  const circuits = Object.entries(solution.circuits)
  return [
    {
      title: 'Process flow diagram',
      blocks: [
        { kind: 'figure', title: `${solution.title}: process flow diagram`, svg, sheet: true },
      ],
    },
    ...(circuits.length === 0
      ? []
      : [
          {
            title: 'Solvent extraction circuits',
            sheet: 'wide' as const,
            blocks: circuits.map(([name, circuit]): Block => {
              const title = `${name}: ${circuit.extractant}, ${circuit.stages.length} stages`
              const profile = drawStageProfile({ title, stages: circuit.stages })
              return { kind: 'figure', title, svg: profile }
            }),
          },
        ]),
  ]
}

const shownFigure = ({ value, unit }: { value: number; unit: string }): string => {
  if (unit === 'kg/s') return `${figure(value * secondsPerHour, 3)} kg/h`
  if (unit === 'm3/s') return `${figure(value * secondsPerHour, 3)} m³/h`
  if (unit === 'mol/s') return `${figure(value * secondsPerHour, 3)} mol/h`
  return `${figure(value, 3)}${unit === '' ? '' : ` ${unit.replace('m3', 'm³').replace('m2', 'm²')}`}`
}

/** Units that only bring, take or pack. */
const boundary = new Set(['feed', 'reagent', 'product', 'discharge', 'delivery'])

/** Every unit that does something, with what it was found to do. */
export function blockSummary(solution: Solution): Section {
  const units = Object.entries(solution.units).filter(([, { kind }]) => !boundary.has(kind))
  return {
    title: 'Block summary',
    sheet: 'wide',
    blocks: [
      {
        kind: 'table',
        title: 'Unit operations',
        columns: [words('unit'), words('operation'), words('what it does')],
        rows: units.map(([name, unit]) => [
          name,
          unit.title,
          Object.entries(unit.figures)
            .filter(([, { value }]) => value !== 0 && Number.isFinite(value))
            .slice(0, 7)
            .map(([what, value]) => `${what} ${shownFigure(value)}`)
            .join('; '),
        ]),
      },
    ],
  }
}

/** Most elements that the stream table has columns for; what is left out is said. */
const mostElements = 16

/** Every stream: where it goes, what it is, and its elements. */
export function streamSection(solution: Solution): Section {
  const streams = Object.entries(solution.streams)
  const weight = new Map<string, number>()
  for (const [, { elements }] of streams) {
    for (const [symbol, flow] of Object.entries(elements)) {
      weight.set(symbol, (weight.get(symbol) ?? 0) + flow)
    }
  }
  const solvent = new Set(['H', 'O', 'N', 'Ar'])
  const heaviest = [...weight]
    .filter(([symbol, flow]) => flow > 0 && !solvent.has(symbol))
    .sort(([, a], [, b]) => b - a)
  const earths = elementOrder(Object.keys(solution.recovery))
  const others = heaviest.map(([symbol]) => symbol).filter((symbol) => !earths.includes(symbol))
  const shown = [...earths, ...others].slice(0, mostElements)
  const out = [...earths, ...others].slice(mostElements)
  return {
    title: 'Stream table',
    sheet: 'large',
    blocks: [
      {
        kind: 'table',
        title: 'Streams, while operating: mass, volume of liquid and flow of elements',
        columns: [
          number('no.'),
          words('stream'),
          words('from'),
          words('to'),
          words('phase'),
          number('mass', 'kg/h'),
          number('liquid', 'L/h'),
          number('temp.', '°C'),
          number('pH'),
          ...shown.map((symbol) => number(symbol, 'kg/h')),
        ],
        rows: streams.map(([name, s], index) => [
          `${index + 1}`,
          name,
          unitOf(s.from),
          unitOf(s.to),
          s.phase,
          perHour(s.mass),
          liquid(s),
          degrees(s.temperature),
          s.pH === undefined ? '' : s.pH.toFixed(2),
          ...shown.map((symbol) => trace(s.elements[symbol] ?? 0)),
        ]),
        notes: [
          'Below 0.1 mg/h a flow is left blank. Numbers are those of the flow diagram.',
          ...(out.length === 0
            ? []
            : [
                `Without columns: ${out.join(', ')} and the elements of water and air. The workbook of the command simulate has all.`,
              ]),
        ],
      },
    ],
  }
}

const trace = (flow: number) => (flow * secondsPerHour < 1e-7 ? '' : figure(flow * 3600, 3))

function liquid({ volume }: SolvedStream): string {
  const flow = (volume['aqueous'] ?? 0) + (volume['organic'] ?? 0)
  return flow === 0 ? '' : figure(flow * 3.6e6, 3)
}

/** Mass over the boundary, every element, and the heat and power of every unit. */
export function balances(solution: Solution): Section {
  return {
    title: 'Mass and energy balance',
    blocks: [massBalance(solution), elementBalance(solution), ...energyBalance(solution)],
  }
}

function massBalance(solution: Solution): Block {
  const flows = (kinds: readonly string[], end: 'from' | 'to') => {
    const found = new Map<string, number>()
    for (const stream of Object.values(solution.streams)) {
      const name = unitOf(stream[end])
      if (kinds.includes(solution.units[name]?.kind ?? '')) {
        found.set(name, (found.get(name) ?? 0) + stream.mass)
      }
    }
    return [...found]
  }
  const into = flows(['feed', 'reagent', 'delivery'], 'from')
  const out = flows(['product', 'discharge'], 'to')
  const sum = (list: readonly (readonly [string, number])[]) =>
    list.reduce((total, [, mass]) => total + mass, 0)
  const annual = (mass: number) => figure(mass * 3.6 * solution.operatingHours)
  const line =
    (side: string) =>
    ([name, mass]: readonly [string, number]) => [
      name,
      side === 'in' ? perHour(mass) : '',
      side === 'out' ? perHour(mass) : '',
      annual(mass),
    ]
  return {
    kind: 'table',
    title: 'Mass over the boundary of the plant',
    columns: [
      words('feed, reagent, product or discharge'),
      number('in', 'kg/h'),
      number('out', 'kg/h'),
      number('a year', 't/y'),
    ],
    rows: [...into.map(line('in')), ...out.map(line('out'))],
    foot: [['sum', perHour(sum(into)), perHour(sum(out)), '']],
  }
}

function elementBalance(solution: Solution): Block {
  const { worst, where } = solution.balance
  return {
    kind: 'table',
    title: 'Balance of every element',
    columns: [
      words('element'),
      number('in', 'kg/h'),
      number('out', 'kg/h'),
      number('gap', 'relative'),
      number('in products', '% of feed'),
    ],
    rows: Object.entries(solution.balance.elements).map(([symbol, b]) => {
      const recovered = solution.recovery[symbol]
      return [
        symbol,
        perHour(b.in),
        perHour(b.out),
        b.gap.toExponential(1),
        recovered === undefined ? '' : (100 * recovered).toFixed(2),
      ]
    }),
    notes: [
      `Worst gap of any element over any unit: ${worst.toExponential(1)} (${where}).`,
      'Nothing is rescaled to close it.',
    ],
  }
}

/** Electricity of a unit: its own and that of its equipment, W. */
export function electricity(unit: Solution['units'][string]): number {
  return (unit.power ?? 0) + unit.equipment.reduce((sum, item) => sum + (item.power ?? 0), 0)
}

function energyBalance(solution: Solution): Block[] {
  const units = Object.entries(solution.units).filter(([, { kind }]) => !boundary.has(kind))
  const unknown = units.flatMap(([name, { heat }]) =>
    'unknown' in heat ? [`${name}: ${heat.unknown}`] : [],
  )
  const kilowatts = (watts: number) => (watts === 0 ? '' : figure(watts / 1000, 3))
  const heatOf = ({ heat }: Solution['units'][string]) => ('watts' in heat ? heat.watts : 0)
  const rows = units.map(([name, unit]) => {
    const heat = heatOf(unit)
    return [
      name,
      kilowatts(electricity(unit)),
      'unknown' in unit.heat ? 'unknown' : kilowatts(Math.max(0, heat)),
      'unknown' in unit.heat ? 'unknown' : kilowatts(Math.max(0, -heat)),
    ]
  })
  const sum = (of: (unit: Solution['units'][string]) => number) =>
    kilowatts(Object.values(solution.units).reduce((total, unit) => total + of(unit), 0))
  return [
    {
      kind: 'table',
      title: 'Energy: electricity of drives, heat to be added and to be removed',
      columns: [
        words('unit'),
        number('electricity', 'kW'),
        number('heat added', 'kW'),
        number('heat removed', 'kW'),
      ],
      rows: rows.filter(([, ...values]) => values.some((value) => value !== '')),
      foot: [
        [
          'sum of what is known',
          sum(electricity),
          sum((u) => Math.max(0, heatOf(u))),
          sum((u) => Math.max(0, -heatOf(u))),
        ],
      ],
    },
    ...(unknown.length === 0
      ? []
      : [
          {
            kind: 'text',
            text: 'Heats that no sourced enthalpy gives; they are not zero:',
          } as const,
          { kind: 'list', items: unknown } as const,
        ]),
  ]
}
