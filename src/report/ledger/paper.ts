/** What the ledger sets on paper. Loaded when used: typesetting takes a while to load. */
export { certificatePdf } from './certificate-pdf.ts'
export { labelPdf, labelSvg } from './label.ts'
