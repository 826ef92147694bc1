import type { PlantDocument, Solution } from '../../scenario/index.ts'
import { figure } from '../numbers.ts'
import type { Block, Section } from './blocks.ts'
import { layoutAreas } from './layout-area.ts'
import { electricity, number, unitOf, words } from './process-sections.ts'

type Unit = Solution['units'][string]
type Equipment = Unit['equipment'][number]

const equipmentOf = (solution: Solution) =>
  Object.entries(solution.units).flatMap(([unit, { equipment }]) =>
    equipment.map((item, index) => ({ unit, item, tag: `${unit}/${index + 1}` })),
  )

/** A size as people read it: SI, but mass flows per hour, times in hours and powers in kW. */
export function sizeText({ name, value, unit }: Equipment['size']): string {
  if (unit === 'kg/s') return `${name} ${figure(value * 3600, 3)} kg/h`
  if (unit === 'm3/s') return `${name} ${figure(value * 3600, 3)} m³/h`
  if (unit === 'W') return `${name} ${figure(value / 1000, 3)} kW`
  if (unit === 's') return `${name} ${figure(value / 3600, 3)} h`
  return `${name} ${figure(value, 3)} ${unit.replace('m3', 'm³').replace('m2', 'm²')}`
}

/** Texts that many rows share, numbered in the order in which they are first needed. */
export function numbered(): {
  readonly of: (text: string) => string
  readonly rows: () => readonly (readonly [string, string])[]
} {
  const known = new Map<string, number>()
  return {
    of: (text) => {
      if (text === '') return ''
      if (!known.has(text)) known.set(text, known.size + 1)
      return `${known.get(text) ?? ''}`
    },
    rows: () => [...known].map(([text, index]) => [`${index}`, text]),
  }
}

/** What an item is for, where its basis begins with it, and the rest: the rule of its size. */
function ruleOf(basis: string): { readonly service: string; readonly rule: string } {
  const [, service, rule] = /^([^:;]{1,60}): (.*)$/.exec(basis) ?? []
  // The mixer's own volume stands among the sizes.
  const plain = (rule ?? basis).replace(/mixer [\d.]+ m?L by/, 'mixer by')
  return { service: service === undefined ? '' : `, ${service}`, rule: plain }
}

/** Every item that is bought, with its size and how the size was found. */
export function equipmentList(solution: Solution): Section {
  const basis = numbered()
  const rows = equipmentOf(solution).map(({ item, tag }) => [
    tag,
    item.type + ruleOf(item.basis).service,
    item.standby === undefined ? `${item.count}` : `${item.count} (${item.standby} standby)`,
    sizeText(item.size),
    (item.further ?? []).map(sizeText).join('; '),
    item.material,
    item.power === undefined ? '' : figure(item.power / 1000, 3),
    basis.of(ruleOf(item.basis).rule),
  ])
  return {
    title: 'Equipment list',
    sheet: 'wide',
    blocks: [
      {
        kind: 'table',
        title: 'Equipment with sizes of one item; power of all that run',
        columns: [
          words('tag'),
          words('type'),
          number('count'),
          words('size'),
          words('further sizes'),
          words('material'),
          number('power', 'kW'),
          number('basis'),
        ],
        rows,
      },
      {
        kind: 'table',
        title: 'Basis of the sizes',
        columns: [number('no.'), words('basis')],
        rows: basis.rows(),
      },
    ],
  }
}

/** Ground that the equipment needs, by a rule that is an assumption and says so. */
export function layoutSection(solution: Solution): Section {
  const { lines, unknown, total, rules } = layoutAreas(
    equipmentOf(solution).map(({ item, tag }) => ({ ...item, tag })),
  )
  return {
    title: 'Layout area',
    blocks: [
      {
        kind: 'text',
        text: [
          `Ground area of the equipment on one level: ${figure(total, 3)} m², for the items whose sizes give`,
          'a shape. Buildings, roads, stores, offices and laboratories are not in it.',
        ].join(' '),
      },
      { kind: 'list', items: rules },
      {
        kind: 'table',
        title: 'Area by item',
        columns: [
          words('tag'),
          words('type'),
          number('count'),
          number('own area of one', 'm²'),
          number('with access, all', 'm²'),
          words('how'),
        ],
        rows: lines.map((line) => [
          line.tag,
          line.type,
          `${line.count}`,
          figure(line.own, 3),
          figure(line.withAccess, 3),
          line.how,
        ]),
        foot: [['sum', '', '', '', figure(total, 3), '']],
      },
      ...(unknown.length === 0
        ? []
        : [
            {
              kind: 'text',
              text: 'Not in the sum, because no size gives their shape:',
              tone: 'warning',
            } as const,
            { kind: 'list', items: unknown } as const,
          ]),
    ],
  }
}

/** Reagents as bought and as contained, and power and heat. */
export function consumption(solution: Solution): Section {
  const drawn = solution.reagents.filter(({ rate }) => rate['kg/s'] > 0)
  const composition = (parts: Readonly<Record<string, number>>) =>
    Object.entries(parts)
      .sort(([, a], [, b]) => b - a)
      .slice(0, 5)
      .map(([id, share]) => `${id} ${figure(100 * share, 3)} %`)
      .join(', ')
  const watts = Object.values(solution.units).reduce((sum, unit) => sum + electricity(unit), 0)
  const heats = (sign: 1 | -1) =>
    Object.values(solution.units).reduce(
      (sum, { heat }) => sum + ('watts' in heat ? Math.max(0, sign * heat.watts) : 0),
      0,
    )
  const hours = solution.operatingHours
  const utility = (name: string, power: number) => [
    name,
    figure(power / 1000, 3),
    figure((power * hours) / 1e6, 4),
  ]
  return {
    title: 'Reagents and utilities',
    blocks: [
      {
        kind: 'table',
        title: 'Reagents as fed',
        columns: [
          words('reagent'),
          words('composition, mass %'),
          number('rate', 'kg/h'),
          number('a year', 't/y'),
          number('per product', 'kg/kg'),
        ],
        rows: drawn.map((r) => [
          r.name,
          composition(r.composition),
          figure(r.rate['kg/s'] * 3600),
          figure(r.rate['t/y']),
          r.perProduct === null ? '–' : figure(r.perProduct, 3),
        ]),
      },
      {
        kind: 'table',
        title: 'Utilities at the process, of what is known',
        columns: [words('utility'), number('mean', 'kW'), number('a year', 'MWh/y')],
        rows: [
          utility('electricity of drives', watts),
          utility('heat to be added', heats(1)),
          utility('heat to be removed', heats(-1)),
        ],
        notes: ['Units whose heat is unknown are listed with the energy balance.'],
      },
    ],
  }
}

interface Limited {
  readonly what: string
  readonly found: number | undefined
  readonly limit: number
}

/** Limits that a unit of the plant was given, mg/L of liquor or mg per normal m3 of gas. */
function limitsOf(plant: PlantDocument, solution: Solution, name: string): Limited[] {
  const params = plant.units.find((unit) => unit.name === name)?.params ?? {}
  const { limits } = params
  if (typeof limits !== 'object' || limits === null || Array.isArray(limits)) return []
  const figures = solution.units[name]?.figures ?? {}
  return Object.entries(limits).flatMap(([what, limit]): Limited[] => {
    if (typeof limit !== 'number') return []
    const found = figures[what]
    const scale = found?.unit === 'kg/m3' ? 1e3 : 1
    const value = found === undefined ? undefined : found.value * scale
    return [{ what, found: value, limit: limit * 1e3 }]
  })
}

/** What leaves and is not a product, its composition, and every limit it was given. */
export function effluents(solution: Solution, plant: PlantDocument): Section {
  const leaving = Object.entries(solution.streams).filter(
    ([, { to }]) => solution.units[unitOf(to)]?.kind === 'discharge',
  )
  const limits = Object.keys(solution.units).flatMap((name) =>
    limitsOf(plant, solution, name).map((line) => ({ name, ...line })),
  )
  const annual = (mass: number) => figure(mass * 3.6 * solution.operatingHours)
  return {
    title: 'Effluents and residues',
    blocks: [
      {
        kind: 'table',
        title: 'What leaves the plant beside the products',
        columns: [
          words('discharge'),
          words('stream'),
          words('phase'),
          number('rate', 'kg/h'),
          number('a year', 't/y'),
          number('pH'),
          words('main elements, mass %'),
        ],
        rows: leaving.map(([name, s]) => [
          unitOf(s.to),
          name,
          s.phase,
          figure(s.mass * 3600),
          annual(s.mass),
          s.pH === undefined ? '' : s.pH.toFixed(2),
          Object.entries(s.elements)
            .sort(([, a], [, b]) => b - a)
            .slice(0, 7)
            .filter(([, flow]) => flow > 1e-6 * s.mass)
            .map(([symbol, flow]) => `${symbol} ${figure((100 * flow) / s.mass, 3)}`)
            .join(', '),
        ]),
      },
      concentrations(leaving.filter(([, { to }]) => isEffluent(plant, unitOf(to)))),
      limits.length === 0
        ? {
            kind: 'text',
            tone: 'warning',
            text: 'The plant states no limit for any effluent, residue or off-gas: nothing is judged here.',
          }
        : {
            kind: 'table',
            title:
              'Against the limits that the plant states (not those of a permit unless it says so)',
            columns: [
              words('at'),
              words('of'),
              number('found', 'mg/L or mg/m³'),
              number('limit', 'mg/L or mg/m³'),
              words('verdict'),
            ],
            rows: limits.map(({ name, what, found, limit }) => [
              name,
              what,
              found === undefined ? 'unknown' : figure(found, 3),
              figure(limit, 3),
              found === undefined ? 'unknown' : found <= limit ? 'within' : 'ABOVE',
            ]),
          },
    ],
  }
}

const isEffluent = (plant: PlantDocument, discharge: string) =>
  plant.units.find(({ name }) => name === discharge)?.params['medium'] === 'effluent'

/** Dissolved elements of every liquid that leaves. */
function concentrations(
  leaving: readonly (readonly [string, Solution['streams'][string]])[],
): Block {
  const liquids = leaving.filter(([, s]) => volumeOf(s) > 0)
  const strength = (s: Solution['streams'][string], symbol: string) =>
    (1e3 * (s.elements[symbol] ?? 0)) / (volumeOf(s) || 1)
  const symbols = [...new Set(liquids.flatMap(([, { elements }]) => Object.keys(elements)))].filter(
    (symbol) => !['H', 'O'].includes(symbol) && liquids.some(([, s]) => strength(s, symbol) > 1e-4),
  )
  return {
    kind: 'table',
    title: 'Elements in the effluent',
    columns: [words('element'), ...liquids.map(([name]) => number(name, 'mg/L'))],
    rows: symbols.map((symbol) => [
      symbol,
      ...liquids.map(([, s]) => {
        const found = strength(s, symbol)
        return found < 1e-4 ? '< 0.0001' : figure(found, 3)
      }),
    ]),
  }
}

const volumeOf = ({ volume }: Solution['streams'][string]) => volume['aqueous'] ?? 0
