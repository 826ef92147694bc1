import { element } from './svg.ts'
import { ink, paper } from './palette.ts'

/** Width and height of a symbol, px; lines end at its left and right edge. */
export interface Box {
  readonly width: number
  readonly height: number
}

interface Symbol extends Box {
  readonly markup: string
}

const line = (path: string) =>
  element('path', { d: path, fill: 'none', stroke: ink, 'stroke-width': 1.1 })
const shape = (path: string) =>
  element('path', { d: path, fill: paper, stroke: ink, 'stroke-width': 1.4 })

const symbol = (width: number, height: number, ...parts: readonly string[]): Symbol => ({
  width,
  height,
  markup: parts.join(''),
})

const vessel = shape('M0 8 Q30 -4 60 8 V40 Q30 52 0 40 Z')
const stirrer = line('M30 -3 V32 M20 28 L40 36 M20 36 L40 28')
const circle = shape('M0 22 A22 22 0 1 1 44 22 A22 22 0 1 1 0 22 Z')
const drum = shape('M0 12 H64 V36 H0 Z')
const rings = line('M14 12 V36 M50 12 V36')
const rollers = line('M14 36 a5 5 0 1 0 10 0 M40 36 a5 5 0 1 0 10 0')
const tower = shape('M0 6 Q18 -4 36 6 V50 Q18 60 0 50 Z')
const flame = line('M32 34 q-7 -6 0 -14 q1 5 4 6 q2 4 -4 8')

/**
 * Outlines after the families of ISO 10628-2 (vessels, filters, kilns, mills, pumps, exchangers,
 * scrubbers, dryers), drawn for this project. Each fills its box from edge to edge.
 */
const outlines: Readonly<Record<string, Symbol>> = {
  feed: symbol(60, 36, shape('M0 4 H42 L60 18 L42 32 H0 Z')),
  reagent: symbol(60, 36, shape('M0 4 H42 L60 18 L42 32 H0 Z'), line('M6 4 V32')),
  discharge: symbol(60, 36, shape('M0 4 H42 L60 18 L42 32 H0 L12 18 Z')),
  product: symbol(46, 48, shape('M0 8 Q23 -2 46 8 V40 Q23 50 0 40 Z'), line('M0 8 Q23 18 46 8')),
  tank: symbol(60, 48, vessel),
  agitated: symbol(60, 48, vessel, stirrer),
  crystals: symbol(60, 48, vessel, stirrer, line('M8 38 h6 M17 41 h6 M37 41 h6 M46 38 h6')),
  mixer: symbol(44, 44, shape('M0 0 L44 22 L0 44 Z')),
  splitter: symbol(44, 44, shape('M44 0 L0 22 L44 44 Z')),
  pump: symbol(44, 44, circle, line('M13 2.5 L44 22 L13 41.5')),
  exchanger: symbol(44, 44, circle, line('M-5 36 H12 L19 10 L27 34 L32 22 H49')),
  demagnetiser: symbol(64, 44, drum, line('M10 8 V40 M21 8 V40 M32 8 V40 M43 8 V40 M54 8 V40')),
  mill: symbol(64, 44, drum, rings, rollers, line('M26 24 a6 6 0 1 0 12 0 a6 6 0 1 0 -12 0')),
  kiln: symbol(64, 44, shape('M0 14 L64 8 V32 L0 38 Z'), line('M16 9 V40 M48 6 V37')),
  roaster: symbol(64, 44, shape('M0 14 L64 8 V32 L0 38 Z'), line('M16 9 V40 M48 6 V37'), flame),
  calciner: symbol(64, 44, shape('M0 4 H64 V40 H0 Z'), flame, line('M8 40 V34 H56 V40')),
  dryer: symbol(
    64,
    44,
    shape('M0 6 H64 V38 H0 Z'),
    line('M14 31 q5 -6 0 -11 M30 31 q5 -6 0 -11 M46 31 q5 -6 0 -11'),
  ),
  'de-oiler': symbol(64, 44, drum, line('M20 16 q8 10 0 14 q-8 -4 0 -14 M40 18 H56 M40 26 H56')),
  hydrogen: symbol(60, 48, vessel, line('M22 16 V32 M38 16 V32 M22 24 H38')),
  'mixer-settler': symbol(
    64,
    44,
    shape('M0 4 H64 V40 H0 Z'),
    line('M22 4 V40 M11 0 V26 M4 23 L18 29 M4 29 L18 23 M22 22 H64'),
  ),
  filter: symbol(60, 44, shape('M0 2 H60 V42 H0 Z'), line('M0 42 L60 2')),
  thickener: symbol(64, 46, shape('M0 4 H64 V24 L38 46 H26 L0 24 Z'), line('M0 11 H64 M32 0 V34')),
  conditioner: symbol(60, 48, vessel, line('M4 24 H56 M30 -3 V16 M22 13 L38 19 M22 19 L38 13')),
  evaporator: symbol(44, 54, shape('M0 6 Q22 -6 44 6 V32 L28 52 H16 L0 32 Z'), line('M0 20 H44')),
  scrubber: symbol(36, 56, tower, line('M0 16 H36 M0 40 H36 M0 16 L36 40 M36 16 L0 40')),
  column: symbol(36, 56, tower, line('M0 16 H36 M0 28 H36 M0 40 H36')),
  carbon: symbol(
    36,
    56,
    tower,
    line('M0 16 H36 M0 42 H36 M8 24 h3 M18 22 h3 M27 26 h3 M10 34 h3 M20 32 h3 M28 36 h3'),
  ),
  box: symbol(60, 40, shape('M0 0 H60 V40 H0 Z')),
}

/** Names of the registry that share an outline. */
const aliases: Readonly<Record<string, string>> = {
  reactor: 'agitated',
  leach: 'agitated',
  neutraliser: 'agitated',
  precipitator: 'agitated',
  'double-sulfate': 'crystals',
  'oxalate-precipitator': 'crystals',
  'carbonate-precipitator': 'crystals',
  'acid-recovery': 'column',
  'activated-carbon': 'carbon',
  'gas-scrubber': 'scrubber',
  'heat-exchanger': 'exchanger',
  'hydrogen-decrepitation': 'hydrogen',
  'organic-regeneration': 'agitated',
}

/** True where a name has an outline of its own; circuits are drawn with their sections. */
export function hasSymbol(name: string): boolean {
  return name === 'sx-circuit' || name in outlines || name in aliases
}

const plain = outlines['box'] ?? symbol(60, 40)

/** The symbol of a unit by its registered name; an unknown name is a plain box. */
export function symbolOf(name: string): Symbol {
  return outlines[name] ?? outlines[aliases[name] ?? ''] ?? plain
}
