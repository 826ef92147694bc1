import type { LotMaster, Site } from '../../ledger/index.ts'
import type { Fonts } from '../package/pen.ts'

/** What a label says of a lot: its master data, its net mass in mg and the day. */
export interface LabelLot extends Pick<LotMaster, 'uri' | 'code' | 'kind' | 'product' | 'grade'> {
  readonly mg: number
  /** ms since 1970, of the first event of the lot. */
  readonly time: number
}

/** Label of 100 by 60 mm with a QR code of the lot's URI. */
export function labelSvg(_lot: LabelLot, _site: Site): string {
  throw new Error('not yet')
}

/** The same as a PDF of one page of that size. */
export async function labelPdf(
  _lot: LabelLot,
  _site: Site,
  _print: { readonly fonts: Fonts; readonly date: Date },
): Promise<Uint8Array> {
  throw new Error('not yet')
}
