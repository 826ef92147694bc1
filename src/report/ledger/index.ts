export { balanceTable, balanceText } from './balance-text.ts'
export { labelPdf, labelSvg, type LabelLot } from './label.ts'
