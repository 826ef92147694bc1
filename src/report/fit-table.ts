import type { Fit } from '../scenario/index.ts'
import { type Cell, harmless } from './cells.ts'

/** Every measured number beside its prediction, for a spreadsheet. */
export function fitTable({ measures, skipped }: Fit): readonly (readonly Cell[])[] {
  return [
    [
      'place',
      'source',
      'element',
      'measured',
      'limit',
      'value',
      'predicted',
      'deviation (log10; pH: difference)',
      'studentised',
      'remark',
    ],
    ...measures.map((m) => [
      harmless(m.place),
      harmless(m.source),
      m.element ?? '',
      m.of,
      m.limit ?? '',
      m.measured,
      m.predicted,
      m.deviation,
      m.studentised,
      m.outlier ? 'outlier' : '',
    ]),
    ...skipped.map(({ place, why }) => [
      harmless(place),
      '',
      '',
      '',
      '',
      '',
      '',
      '',
      '',
      `left out: ${why}`,
    ]),
  ]
}
