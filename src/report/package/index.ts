export { packagePage } from './html.ts'
export { engineeringPackage } from './package.ts'
export { packagePdf } from './pdf.ts'
