/** A unit of one dimension: SI value = (number + offset) * factor. */
export interface Unit {
  readonly symbol: string
  readonly factor: number
  readonly offset?: number
  /** `factor` is per operating year: it is divided by the seconds of a year that the plant runs. */
  readonly perYear?: boolean
}

/** A Julian calendar year, s: what `y` means where no operating hours are given. */
export const secondsPerCalendarYear = 31_557_600

type Scale = readonly (readonly [symbol: string, factor: number])[]

const massScale: Scale = [
  ['kg', 1],
  ['g', 1e-3],
  ['mg', 1e-6],
  ['t', 1e3],
  ['kt', 1e6],
]
const amountScale: Scale = [
  ['mol', 1],
  ['mmol', 1e-3],
  ['kmol', 1e3],
]
const volumeScale: Scale = [
  ['m3', 1],
  ['L', 1e-3],
  ['mL', 1e-6],
]
const lengthScale: Scale = [
  ['m', 1],
  ['cm', 1e-2],
  ['mm', 1e-3],
  ['um', 1e-6],
  ['nm', 1e-9],
]
const clock: Scale = [
  ['s', 1],
  ['min', 60],
  ['h', 3600],
  ['d', 86_400],
]

const units = (scale: Scale): Unit[] => scale.map(([symbol, factor]) => ({ symbol, factor }))

/** Every unit of the first scale per every unit of time; `/y` waits for the operating hours. */
const rates = (scale: Scale): Unit[] => [
  ...clock.flatMap(([time, seconds]) =>
    scale.map(([symbol, factor]) => ({ symbol: `${symbol}/${time}`, factor: factor / seconds })),
  ),
  ...scale.map(([symbol, factor]) => ({ symbol: `${symbol}/y`, factor, perYear: true })),
]

const over = (upper: Scale, lower: Scale): Unit[] =>
  upper.flatMap(([a, up]) => lower.map(([b, low]) => ({ symbol: `${a}/${b}`, factor: up / low })))

const fractions: Unit[] = [
  { symbol: '', factor: 1 },
  { symbol: '%', factor: 1e-2 },
  { symbol: 'ppm', factor: 1e-6 },
  { symbol: 'ppb', factor: 1e-9 },
]

/**
 * The units of every dimension; the first is the SI unit in which the number is held. A bare number
 * is allowed only where a unit with an empty symbol stands in the list.
 */
export const unitTable = {
  'mass-flow': rates(massScale),
  'molar-flow': rates(amountScale),
  'volume-flow': rates(volumeScale),
  concentration: [
    ...over(amountScale, [
      ['m3', 1],
      ['L', 1e-3],
    ]),
    { symbol: 'M', factor: 1e3 },
    { symbol: 'mM', factor: 1 },
  ],
  'mass-concentration': over(
    [
      ['kg', 1],
      ['g', 1e-3],
      ['mg', 1e-6],
      ['ug', 1e-9],
    ],
    [
      ['m3', 1],
      ['L', 1e-3],
    ],
  ),
  temperature: [
    { symbol: 'K', factor: 1 },
    { symbol: 'degC', factor: 1, offset: 273.15 },
  ],
  'temperature-difference': [
    { symbol: 'K', factor: 1 },
    { symbol: 'degC', factor: 1 },
  ],
  pressure: [
    ...units([
      ['Pa', 1],
      ['kPa', 1e3],
      ['MPa', 1e6],
      ['bar', 1e5],
      ['mbar', 100],
      ['atm', 101_325],
    ]),
  ],
  time: units([...clock, ['y', secondsPerCalendarYear]]),
  length: units(lengthScale),
  area: units([
    ['m2', 1],
    ['cm2', 1e-4],
    ['mm2', 1e-6],
  ]),
  volume: units(volumeScale),
  mass: units(massScale),
  amount: units(amountScale),
  'molar-mass': over(massScale, amountScale).filter((u) => /^k?g\/k?mol$/.test(u.symbol)),
  energy: units([
    ['J', 1],
    ['kJ', 1e3],
    ['MJ', 1e6],
    ['GJ', 1e9],
    ['Wh', 3600],
    ['kWh', 3.6e6],
    ['MWh', 3.6e9],
  ]),
  power: units([
    ['W', 1],
    ['kW', 1e3],
    ['MW', 1e6],
    ['kJ/h', 1e3 / 3600],
    ['MJ/h', 1e6 / 3600],
  ]),
  'power-density': units([
    ['W/m3', 1],
    ['kW/m3', 1e3],
    ['W/L', 1e3],
  ]),
  'specific-energy': over(
    [
      ['J', 1],
      ['kJ', 1e3],
      ['MJ', 1e6],
      ['kWh', 3.6e6],
      ['MWh', 3.6e9],
    ],
    [
      ['kg', 1],
      ['g', 1e-3],
      ['t', 1e3],
    ],
  ),
  'molar-energy': over(
    [
      ['J', 1],
      ['kJ', 1e3],
    ],
    amountScale.slice(0, 1),
  ),
  'specific-heat': units([
    ['J/kg/K', 1],
    ['kJ/kg/K', 1e3],
    ['J/g/K', 1e3],
  ]),
  density: over(massScale.slice(0, 4), volumeScale).filter((u) =>
    ['kg/m3', 'g/L', 'kg/L', 't/m3', 'g/mL'].includes(u.symbol),
  ),
  flux: units([
    ['m3/m2/s', 1],
    ['m3/m2/h', 1 / 3600],
    ['m3/m2/d', 1 / 86_400],
    ['L/m2/h', 1e-3 / 3600],
  ]),
  'mass-flux': units([
    ['kg/m2/s', 1],
    ['kg/m2/h', 1 / 3600],
    ['t/m2/h', 1e3 / 3600],
    ['t/m2/d', 1e3 / 86_400],
  ]),
  'specific-activity': units([
    ['Bq/kg', 1],
    ['mBq/kg', 1e-3],
    ['kBq/kg', 1e3],
    ['Bq/g', 1e3],
    ['kBq/g', 1e6],
  ]),
  ratio: fractions,
  'mass-ratio': [
    ...fractions,
    { symbol: 'wt%', factor: 1e-2 },
    ...units([
      ['kg/kg', 1],
      ['g/g', 1],
      ['t/t', 1],
      ['g/kg', 1e-3],
      ['kg/t', 1e-3],
      ['mg/kg', 1e-6],
      ['g/t', 1e-6],
      ['mg/g', 1e-3],
    ]),
  ],
  'molar-ratio': [
    ...fractions,
    ...units([
      ['mol%', 1e-2],
      ['mol/mol', 1],
      ['mmol/mol', 1e-3],
    ]),
  ],
  'volume-ratio': [
    ...fractions,
    ...units([
      ['vol%', 1e-2],
      ['m3/m3', 1],
      ['L/L', 1],
      ['L/m3', 1e-3],
      ['mL/L', 1e-3],
    ]),
  ],
  'heat-transfer': units([
    ['W/m2/K', 1],
    ['kW/m2/K', 1e3],
  ]),
  velocity: units([
    ['m/s', 1],
    ['mm/s', 1e-3],
    ['m/min', 1 / 60],
    ['m/h', 1 / 3600],
    ['m/d', 1 / 86_400],
  ]),
  diffusivity: units([
    ['m2/s', 1],
    ['cm2/s', 1e-4],
  ]),
  frequency: units([
    ['1/s', 1],
    ['Hz', 1],
    ['1/min', 1 / 60],
    ['1/h', 1 / 3600],
    ['1/d', 1 / 86_400],
  ]),
} satisfies Record<string, readonly Unit[]>

/** What kind of quantity a number is; its SI unit is the first of `unitsOf(dimension)`. */
export type Dimension = keyof typeof unitTable

export const dimensions = Object.keys(unitTable) as readonly Dimension[]

/** All units of a dimension. */
export function unitRecords(dimension: Dimension): readonly Unit[] {
  const found: readonly Unit[] | undefined = unitTable[dimension]
  if (found === undefined) throw new Error(`no dimension ${dimension}`)
  return found
}

/** Symbols of all units of a dimension, the SI unit first; '' stands for a bare number. */
export function unitsOf(dimension: Dimension): readonly string[] {
  return unitRecords(dimension).map((unit) => unit.symbol)
}

/** Other ways to write a unit or a part of one; a map, so that no inherited name is found. */
const spellings: ReadonlyMap<string, string> = new Map([
  ['l', 'L'],
  ['ml', 'mL'],
  ['litre', 'L'],
  ['litres', 'L'],
  ['liter', 'L'],
  ['liters', 'L'],
  ['yr', 'y'],
  ['year', 'y'],
  ['years', 'y'],
  ['a', 'y'],
  ['hr', 'h'],
  ['hour', 'h'],
  ['hours', 'h'],
  ['day', 'd'],
  ['days', 'd'],
  ['sec', 's'],
  ['second', 's'],
  ['seconds', 's'],
  ['minute', 'min'],
  ['minutes', 'min'],
  ['tonne', 't'],
  ['tonnes', 't'],
  ['°C', 'degC'],
  ['C', 'degC'],
  ['percent', '%'],
  ['ppmv', 'ppm'],
  ['w/w', 'kg/kg'],
])

/** One spelling for a unit that people write in several ways: `m³/hr` is `m3/h`. */
export function normaliseUnit(text: string): string {
  const flat = text
    .trim()
    .replaceAll(/[µμ]/g, 'u')
    .replaceAll('²', '2')
    .replaceAll('³', '3')
    .replaceAll('^', '')
    .replaceAll(/\s*\/\s*/g, '/')
    .replaceAll(
      /\/\(([^()]*)\)/g,
      (_, inner: string) =>
        `/${inner
          .trim()
          .split(/[\s*·]+/)
          .join('/')}`,
    )
  const whole = spellings.get(flat)
  if (whole !== undefined) return whole
  return flat
    .split('/')
    .map((part) => spellings.get(part) ?? part)
    .join('/')
}

/** The unit of this name within a dimension, or `undefined`. */
export function findUnit(text: string, dimension: Dimension): Unit | undefined {
  const symbol = normaliseUnit(text)
  return unitRecords(dimension).find((unit) => unit.symbol === symbol)
}

/** Size of the unit in SI, with the year that `/y` stands for. */
export function unitFactor(unit: Unit, secondsPerYear = secondsPerCalendarYear): number {
  return unit.perYear === true ? unit.factor / secondsPerYear : unit.factor
}
