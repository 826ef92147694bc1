import type { Certificate } from '../../ledger/index.ts'
import type { Fonts } from '../package/pen.ts'

/** Certificate of analysis as a PDF in memory; `date` is written into the file. */
export async function certificatePdf(
  _certificate: Certificate,
  _print: { readonly fonts: Fonts; readonly date: Date },
): Promise<Uint8Array> {
  throw new Error('not yet')
}
