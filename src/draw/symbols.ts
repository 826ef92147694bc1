import { element } from './svg.ts'
import { ink, paper } from './palette.ts'

/** Width and height of a unit's box on the drawing, px. */
export interface Box {
  readonly width: number
  readonly height: number
}

const stroke = { fill: paper, stroke: ink, 'stroke-width': 1.3 } as const
const line = (path: string) =>
  element('path', { d: path, fill: 'none', stroke: ink, 'stroke-width': 1.1 })
const shape = (path: string) => element('path', { d: path, ...stroke })

/**
 * Outlines after the families of ISO 10628-2 (vessel, filter, kiln, mill, mixer-settler, pump,
 * exchanger, scrubber ...), drawn by us in a 64 x 44 frame.
 */
const outlines: Readonly<Record<string, string>> = {
  arrow: shape('M2 12 H44 V2 L62 22 L44 42 V32 H2 Z'),
  vessel: shape('M10 6 Q32 -3 54 6 V38 Q32 47 10 38 Z'),
  agitated:
    shape('M10 6 Q32 -3 54 6 V38 Q32 47 10 38 Z') + line('M32 -4 V30 M22 27 L42 33 M22 33 L42 27'),
  mixer: shape('M4 4 L60 22 L4 40 Z'),
  splitter: shape('M60 4 L4 22 L60 40 Z'),
  pump: shape('M32 4 A18 18 0 1 1 31.9 4 Z') + line('M18 11 L50 22 L18 33'),
  exchanger: shape('M32 4 A18 18 0 1 1 31.9 4 Z') + line('M8 22 H22 L28 13 L36 31 L42 22 H56'),
  mill: shape('M6 8 H58 V36 H6 Z') + line('M14 8 V36 M50 8 V36 M20 32 A4 4 0 1 1 28 32'),
  kiln: shape('M4 12 L60 6 V32 L4 38 Z') + line('M18 6 V41 M46 3 V37'),
  filter: shape('M6 6 H58 V38 H6 Z') + line('M6 38 L58 6'),
  thickener: shape('M2 8 H62 V22 L36 40 H28 L2 22 Z') + line('M2 14 H62'),
  'mixer-settler':
    shape('M2 6 H62 V38 H2 Z') +
    line('M22 6 V38 M12 2 V26 M6 26 H18 M22 22 H62') +
    line('M42 6 V38'),
  dryer:
    shape('M6 6 H58 V38 H6 Z') + line('M14 30 q4 -6 0 -10 M26 30 q4 -6 0 -10 M38 30 q4 -6 0 -10'),
  scrubber:
    shape('M18 2 H46 V42 H18 Z') + line('M18 12 H46 M18 30 H46 M18 12 L46 30 M46 12 L18 30'),
  evaporator: shape('M16 2 H48 V26 L38 42 H26 L16 26 Z') + line('M16 14 H48'),
  column: shape('M22 2 H42 V42 H22 Z') + line('M22 12 H42 M22 22 H42 M22 32 H42'),
  product: shape('M12 10 Q32 2 52 10 V38 Q32 46 12 38 Z') + line('M12 10 Q32 18 52 10'),
  box: shape('M4 4 H60 V40 H4 Z'),
}

const aliases: Readonly<Record<string, string>> = {
  feed: 'arrow',
  reagent: 'arrow',
  discharge: 'arrow',
  tank: 'vessel',
  reactor: 'agitated',
  leach: 'agitated',
  'agitated-tank': 'agitated',
  'agitated-vessel': 'agitated',
  'heat-exchanger': 'exchanger',
  furnace: 'kiln',
  calciner: 'kiln',
  crystalliser: 'evaporator',
  absorber: 'column',
  packing: 'product',
  bag: 'product',
  drum: 'product',
}

export const symbolBox: Box = { width: 64, height: 44 }

/** The outline of a unit's symbol; an unknown name is a plain box. */
export function symbolOutline(name: string): string {
  return outlines[name] ?? outlines[aliases[name] ?? 'box'] ?? ''
}
