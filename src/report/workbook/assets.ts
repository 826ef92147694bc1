import { type CashFlowInputs, depreciationShares } from '../../economics/index.ts'
import {
  addHeading,
  addHeads,
  addInput,
  addLine,
  addLinked,
  factor,
  type Grid,
  type Line,
  newGrid,
  percentage,
  sumOf,
} from './grid.ts'
import type { Operation } from './operation.ts'
import { addSum, periodOf, type Timing } from './timing.ts'

type Rule = CashFlowInputs['capital'][number]['depreciation']

/** What is spent on assets and tied up, by period; costs positive. */
export interface Assets {
  readonly capital: Line
  readonly replacements: Line
  readonly oneOffs: Line
  readonly grants: Line
  /** Cash into working capital, negative. */
  readonly working: Line
  /** By year: allowances, single payments and replacements that are an expense, taxed grants. */
  readonly depreciation: Line
  readonly expenses: Line
  readonly taxedGrants: Line
  readonly sheets: readonly Grid[]
}

/** Something bought, its line by period and how tax sees it. */
interface Bought {
  readonly name: string
  readonly line: Line
  readonly treatment: 'expense' | 'none' | Rule
  /** Part of the fixed capital, whose base a grant may lower. */
  readonly fixed: boolean
}

/** Fixed capital by part, spent over construction. */
function capitalLines(
  sheet: Grid,
  time: Timing,
  linked: (amount: number) => string | undefined,
): Bought[] {
  const { inputs, inputSheet, flow } = time
  const spends = new Map<string, readonly string[]>()
  const spendCells = (name: string, spend: readonly number[]) => {
    const key = JSON.stringify(spend)
    const found = spends.get(key)
    if (found !== undefined) return found
    const cells = spend.map((share, year) =>
      addInput(
        inputSheet,
        `${name}: spent in year ${year + 1} of construction`,
        share,
        'of the amount',
        '',
        percentage,
      ),
    )
    spends.set(key, cells)
    return cells
  }
  spendCells('fixed capital', inputs.spend)
  return inputs.capital.map((part) => {
    const from = linked(part.amount)
    const amount =
      from === undefined
        ? addInput(inputSheet, `capital, ${part.name}`, part.amount, time.unit)
        : addLinked(inputSheet, `capital, ${part.name}`, from, time.unit, 'from the estimate')
    const cells = spendCells(`capital, ${part.name}`, part.spend ?? inputs.spend)
    const line = addLine(sheet, `capital, ${part.name}`, { unit: time.unit }, flow.length, (i) => {
      if (i >= flow.construction) return undefined
      const share = cells[Math.floor(i / flow.perYear)] ?? '0'
      return `${amount}*${share}*${time.level.capital.at(i)}/${flow.perYear}`
    })
    return { name: part.name, line, treatment: part.depreciation, fixed: true }
  })
}

/** Periods in which something is bought again. */
function replacedIn(time: Timing, everyYears: number): Map<number, number> {
  const { flow, inputs } = time
  const found = new Map<number, number>()
  for (let at = everyYears; at < inputs.life - 1e-9; at += everyYears) {
    const i = periodOf(flow, flow.construction / flow.perYear + at)
    found.set(i, (found.get(i) ?? 0) + 1)
  }
  return found
}

function laterLines(sheet: Grid, time: Timing): { replacements: Bought[]; oneOffs: Bought[] } {
  const { inputs, inputSheet, flow } = time
  const bought = (
    name: string,
    amount: number,
    treatment: Bought['treatment'],
    times: ReadonlyMap<number, number>,
  ): Bought => {
    const cell = addInput(inputSheet, name, amount, time.unit)
    const line = addLine(sheet, name, { unit: time.unit }, flow.length, (i) => {
      const count = times.get(i)
      return count === undefined ? undefined : `${cell}*${count}*${time.level.capital.at(i)}`
    })
    return { name, line, treatment, fixed: false }
  }
  return {
    replacements: (inputs.replacements ?? []).map((r) =>
      bought(`replacement, ${r.name}`, r.amount, r.treatment, replacedIn(time, r.everyYears)),
    ),
    oneOffs: (inputs.oneOffs ?? []).map(({ name, amount, at, treatment }) => {
      const i = at === 'end' ? flow.length - 1 : periodOf(flow, at)
      return bought(`once, ${name}`, amount, treatment, new Map([[i, 1]]))
    }),
  }
}

function grantLines(sheet: Grid, time: Timing) {
  const { inputs, inputSheet, flow } = time
  return (inputs.grants ?? []).map((grant) => {
    const cell = addInput(inputSheet, `grant, ${grant.name}`, grant.amount, time.unit)
    const shares = new Map<number, number>()
    for (const { at, share } of grant.milestones) {
      const i = periodOf(flow, at)
      shares.set(i, (shares.get(i) ?? 0) + share)
    }
    const line = addLine(sheet, `grant, ${grant.name}`, { unit: time.unit }, flow.length, (i) => {
      const share = shares.get(i)
      return share === undefined ? undefined : `${cell}*${share}`
    })
    return { cell, line, treatment: grant.treatment }
  })
}

const daysPerYear = 365

/** Money tied up at the end of each period, and the cash that goes into it. */
function workingLines(sheet: Grid, time: Timing, op: Operation, capital: Line): Line {
  const { inputs, inputSheet, flow } = time
  const given = inputs.workingCapital ?? {}
  const cell = (name: string, value: number | undefined, unit: string) =>
    value === undefined ? undefined : addInput(inputSheet, `working capital: ${name}`, value, unit)
  const amount = cell('amount', given.amount, time.unit)
  const share = cell('share of the fixed capital', given.shareOfCapital, '1')
  const receivable = cell('sales that are owed', given.receivableDays, 'days')
  const inventory = cell('running cost in stock', given.inventoryDays, 'days')
  const payable = cell('running cost that is owed', given.payableDays, 'days')
  const returned = addInput(
    inputSheet,
    'working capital: comes back at the end',
    given.returned ?? 1,
    '1',
  )
  const fixedCapital = `SUM(${capital.range(0, capital.count - 1)})`
  const scale = `/${daysPerYear}*${flow.perYear}`
  const before = flow.conventions.workingCapitalAt === 'last-construction' ? 1 : 0
  const first = Math.max(0, flow.construction - before)
  const last = flow.length - 1
  const held = addLine(
    sheet,
    'tied up at the end',
    { unit: time.unit, total: false },
    flow.length,
    (i) => {
      if (i < first || i >= last) return undefined
      const cost = `(${op.variable.at(i)}+${op.fixed.at(i)})`
      return sumOf([
        ...(amount === undefined ? [] : [amount]),
        ...(share === undefined ? [] : [`${share}*${fixedCapital}`]),
        ...(receivable === undefined ? [] : [`${receivable}${scale}*${op.revenue.at(i)}`]),
        ...(inventory === undefined ? [] : [`${inventory}${scale}*${cost}`]),
        ...(payable === undefined ? [] : [`(-${payable})${scale}*${cost}`]),
      ])
    },
  )
  return addLine(sheet, 'working capital', { unit: time.unit, look: 'sum' }, flow.length, (i) => {
    if (i === last) return last === 0 ? '0' : `${returned}*${held.at(last - 1)}`
    return i === 0 ? `-${held.at(0)}` : `${held.at(i - 1)}-${held.at(i)}`
  })
}

/** Shares of an expenditure by year of deduction, once for every rule. */
function ruleCells(inputSheet: Grid, years: number) {
  const known = new Map<string, readonly string[]>()
  return (rule: Rule): readonly string[] => {
    const key = JSON.stringify(rule)
    const found = known.get(key)
    if (found !== undefined) return found
    const shares = [...depreciationShares(rule, years)]
    while (shares.length > 1 && shares.at(-1) === 0) shares.pop()
    const cells = shares.map((share, k) =>
      addInput(
        inputSheet,
        `allowance, ${rule.kind}: year ${k + 1}`,
        share,
        'of the expenditure',
        '',
        factor,
      ),
    )
    known.set(key, cells)
    return cells
  }
}

/** Additions and allowances by year; a grant that lowers the base lowers all parts alike. */
function depreciationLine(
  sheet: Grid,
  time: Timing,
  bought: readonly Bought[],
  granted: string,
): Line {
  const { flow, years, unit } = time
  const from = Math.min(Math.floor(flow.construction / flow.perYear), years - 1)
  const deductible = (year: number) =>
    flow.conventions.depreciationFrom === 'spend' ? year : Math.max(year, from)
  const assets = bought.flatMap(({ name, line, treatment, fixed }) =>
    treatment === 'expense' || treatment === 'none' || treatment.kind === 'none'
      ? []
      : [{ name, line, rule: treatment, fixed }],
  )
  const whole = sumOf(
    assets.filter(({ fixed }) => fixed).map(({ line }) => `SUM(${line.range(0, line.count - 1)})`),
  )
  const left = `IF((${whole})>0,MAX(0,1-(${granted})/(${whole})),1)`
  const cellsOf = ruleCells(time.inputSheet, years)
  const lines = assets.map(({ name, line, rule, fixed }) => {
    const added = addLine(sheet, `${name}: to be deducted`, { unit }, years, (y) => {
      const sources = Array.from({ length: years }, (_, s) => s).filter((s) => deductible(s) === y)
      const amount = sumOf(sources.map((s) => time.sumYear(line, s)))
      return fixed ? `(${amount})*${left}` : amount
    })
    const shares = cellsOf(rule)
    const deducted = addLine(sheet, `${name}: deducted`, { unit }, years, (y) => {
      const terms = shares.slice(0, y + 1).map((share, k) => `${share}*${added.at(y - k)}`)
      return sumOf(terms)
    })
    return { added, deducted }
  })
  const all = (of: 'added' | 'deducted') =>
    sumOf(lines.map((line) => `SUM(${line[of].range(0, years - 1)})`))
  const rest = flow.conventions.depreciationAtEnd === 'written-off'
  return addLine(sheet, 'allowances', { unit, look: 'sum' }, years, (y) => {
    const sum = sumOf(lines.map(({ deducted }) => deducted.at(y)))
    return rest && y === years - 1 ? `${sum}+${all('added')}-(${all('deducted')})` : sum
  })
}

/** The sheets `capital` (by period) and `allowances` (by year). */
export function assets(
  time: Timing,
  op: Operation,
  linked: (amount: number) => string | undefined,
): Assets {
  const sheet = newGrid('capital', [44, 14, 16], { rows: 2, columns: 3 })
  addHeads(sheet, 'Capital, later purchases, grants and working capital, by period', time.periods)
  addHeading(time.inputSheet, 'capital')
  const parts = capitalLines(sheet, time, linked)
  const lineOf = ({ line }: { line: Line }) => line
  const capital = addSum(sheet, 'fixed capital', time, parts.map(lineOf))
  const { replacements, oneOffs } = laterLines(sheet, time)
  const replaced = addSum(sheet, 'replacements', time, replacements.map(lineOf))
  const once = addSum(sheet, 'single payments', time, oneOffs.map(lineOf))
  const grants = grantLines(sheet, time)
  const granted = addSum(sheet, 'grants', time, grants.map(lineOf))
  const working = workingLines(sheet, time, op, capital)
  const byYear = newGrid('allowances', [44, 14, 16], { rows: 2, columns: 3 })
  addHeads(byYear, 'Deductions from taxable income for what was bought, by year', time.yearNames)
  addHeading(time.inputSheet, 'allowances')
  const reducing = grants.filter(({ treatment }) => treatment === 'reduces-base')
  const bought = [...parts, ...replacements, ...oneOffs]
  const depreciation = depreciationLine(
    byYear,
    time,
    bought,
    sumOf(reducing.map(({ cell }) => cell)),
  )
  const yearly = (name: string, lines: readonly Line[]) =>
    addLine(byYear, name, { unit: time.unit }, time.years, (y) =>
      sumOf(lines.map((line) => time.sumYear(line, y))),
    )
  return {
    capital,
    replacements: replaced,
    oneOffs: once,
    grants: granted,
    working,
    depreciation,
    expenses: yearly(
      'expenses of the year',
      bought.filter(({ treatment }) => treatment === 'expense').map(lineOf),
    ),
    taxedGrants: yearly(
      'grants that are income',
      grants.filter(({ treatment }) => treatment === 'income').map(lineOf),
    ),
    sheets: [sheet, byYear],
  }
}
