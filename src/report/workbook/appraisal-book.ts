import type { Appraisal } from '../../scenario/index.ts'
import { cashFlowSheets } from './cash-flow-sheets.ts'
import { costKey, estimateSheet, operatingSheet } from './estimate-sheets.ts'
import { addRow, type Grid, newGrid, text } from './grid.ts'
import { writtenGrids } from './write.ts'

/** Assumptions, defaults, gaps and warnings: what the figures rest on. */
function saidSheet(appraisal: Appraisal): Grid {
  const grid = newGrid('assumptions', [16, 44, 100, 28], { rows: 1, columns: 0 })
  addRow(
    grid,
    ['kind', 'at', 'what', 'source'].map((t) => text(t, 'head')),
  )
  const add = (kind: string, at: string, what: string, source = '') =>
    addRow(grid, [text(kind, 'note'), text(at), text(what), text(source, 'note')])
  for (const { part, what, why } of appraisal.gaps) add(`gap: ${part}`, what, why)
  for (const { rank, at, text: what } of appraisal.warnings) add(`warning ${rank}`, at, what)
  for (const { at, text: what } of appraisal.assumptions) add('assumption', at, what)
  for (const { path, value, source } of appraisal.defaults) add('default', path, value, source)
  return grid
}

/** What a plant costs as a workbook: estimate, operating cost, what they rest on. */
export async function costWorkbook(appraisal: Appraisal): Promise<Uint8Array> {
  return writtenGrids([
    estimateSheet(appraisal).grid,
    operatingSheet(appraisal).grid,
    saidSheet(appraisal),
  ])
}

/**
 * The whole appraisal as a workbook that recalculates: estimate and operating cost feed the inputs
 * of the cash flow, and these its results. `results` shows what didymium found beside it.
 */
export async function financeWorkbook(appraisal: Appraisal): Promise<Uint8Array> {
  const estimate = estimateSheet(appraisal)
  const operating = operatingSheet(appraisal)
  const { fixed } = appraisal.capital.totals
  const sheets = cashFlowSheets(appraisal.finance, {
    capital: (amount) => {
      const cell = estimate.at('fixed')
      return cell === undefined || fixed === 0 ? undefined : `${cell}*${amount / fixed}`
    },
    cost: ({ name, variable, amount }) => {
      const lines = appraisal.operating.lines.filter(
        (line) => line.group === name && line.variable === variable,
      )
      const sum = lines.reduce((all, line) => all + line.amount, 0)
      const agrees = Math.abs(sum - amount) <= 1e-9 * Math.max(1, Math.abs(amount))
      return agrees && lines.length > 0 ? operating.at(costKey(name, variable)) : undefined
    },
  })
  return writtenGrids([...sheets, estimate.grid, operating.grid, saidSheet(appraisal)])
}
