export { costWorkbook, financeWorkbook } from './workbook/appraisal-book.ts'
export { cashFlowChart, costCharts } from './appraisal-charts.ts'
export { costText, restsOnText } from './appraisal-text.ts'
export { compareChart, compareTable, compareText } from './compare-text.ts'
export { designText } from './design-text.ts'
export { financeText } from './finance-text.ts'
export { fitTable } from './fit-table.ts'
export { fitText } from './fit-text.ts'
export {
  energyText,
  footprintChart,
  footprintProducts,
  footprintTable,
  footprintText,
} from './footprint-text.ts'
export { fundingText } from './funding-text.ts'
export * from './ledger/index.ts'
export { figure, percent, ppm } from './numbers.ts'
export { oddsChart, spreadTable, swingChart } from './risk-charts.ts'
export { riskText } from './risk-text.ts'
export { solutionText } from './solution-text.ts'
export type { Cell } from './cells.ts'
export { csvText } from './csv.ts'
export { productTable, streamTable } from './stream-table.ts'
export { type Column, textTable, wrapped } from './text-table.ts'
export { validityText } from './validity.ts'
export {
  caseTable,
  caseText,
  optimumText,
  sensitivityTable,
  sensitivityText,
} from './study-text.ts'
export { profileTable, transientTable, transientText } from './transient-text.ts'
export { uncertaintyText } from './uncertainty-text.ts'
export { sheetFile, sheetsFile, workbook } from './workbook.ts'
