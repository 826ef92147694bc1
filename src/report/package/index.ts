export type { Revision } from './blocks.ts'
export { packagePage } from './html.ts'
export { engineeringPackage } from './package.ts'
export { packagePdf } from './pdf.ts'
