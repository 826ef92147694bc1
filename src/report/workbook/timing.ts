import {
  type CashFlow,
  type CashFlowInputs,
  cashFlowPeriods,
  discountFactors,
} from '../../economics/index.ts'
import {
  addHeading,
  addHeads,
  addInput,
  addLine,
  addRow,
  factor,
  type Grid,
  type Line,
  newGrid,
  percentage,
  sumOf,
  text,
} from './grid.ts'

type Ramp = CashFlowInputs['ramp']

/** What every other sheet refers to: the periods, output, price levels and discount factors. */
export interface Timing {
  readonly inputs: CashFlowInputs
  readonly flow: CashFlow
  readonly years: number
  /** `kUSD` is never used: money is printed whole. */
  readonly unit: string
  readonly periods: readonly string[]
  readonly yearNames: readonly string[]
  readonly inputSheet: Grid
  readonly manned: Line
  readonly output: (ramp: Ramp) => Line
  readonly level: {
    readonly revenue: Line
    readonly operating: Line
    readonly capital: Line
  }
  readonly discount: Line
  readonly equityDiscount: Line
  /** Cells of `line` in year `y` of the project. */
  readonly sumYear: (line: Line, y: number) => string
  readonly sheet: Grid
}

const yearOf = (flow: CashFlow, i: number) => Math.floor(i / flow.perYear)

/** Years from time zero to the first flow, by the conventions of the result. */
const firstAt = (flow: CashFlow) => -Math.log2(discountFactors(flow, 1)[0] ?? 1)

function priceLevels(sheet: Grid, inputSheet: Grid, flow: CashFlow, inputs: CashFlowInputs) {
  const { inflation } = inputs
  const general = addInput(
    inputSheet,
    'inflation, general',
    inflation?.general ?? 0,
    'a year',
    inflation === undefined ? 'constant prices' : '',
    percentage,
  )
  const before = addInput(
    inputSheet,
    'years between the price level of the amounts and the first spend',
    inflation?.yearsBefore ?? 0,
    'y',
  )
  const own = (name: string, rate: number | undefined) =>
    rate === undefined
      ? general
      : addInput(inputSheet, `inflation, ${name}`, rate, 'a year', '', percentage)
  const level = (name: string, rate: string) =>
    addLine(
      sheet,
      `price level, ${name}`,
      { unit: '1', format: factor, total: false },
      flow.length,
      (i) => `(1+${rate})^(${before}+${yearOf(flow, i)})`,
    )
  return {
    general,
    level: {
      revenue: level('products', own('product prices', inflation?.revenue)),
      operating: level('running costs', own('running costs', inflation?.operating)),
      capital: level('capital', own('capital', inflation?.capital)),
    },
  }
}

/** Years of full output between the start of production and `t` years after it, as a formula. */
function area(shares: readonly string[], step: number, t: string): string {
  const last = shares.length - 1
  return shares
    .map((share, k) =>
      k === last
        ? `${share}*MAX(0,${t}-${k * step})`
        : `${share}*MAX(0,MIN(${step},${t}-${k * step}))`,
    )
    .join('+')
}

/** Lines of output by ramp, each made when it is first asked for. */
function outputLines(sheet: Grid, inputSheet: Grid, flow: CashFlow, delay: string, life: number) {
  const known = new Map<string, Line>()
  return (ramp: Ramp): Line => {
    const key = JSON.stringify(ramp)
    const found = known.get(key)
    if (found !== undefined) return found
    const name = known.size === 0 ? 'ramp' : `ramp ${known.size + 1}`
    const step = ramp.by === 'year' ? 1 : 0.25
    const shares = ramp.shares.map((share, k) =>
      addInput(
        inputSheet,
        `${name}: output in ${ramp.by} ${k + 1} of operation${k === ramp.shares.length - 1 ? ' and after' : ''}`,
        share,
        'of full output',
        '',
        percentage,
      ),
    )
    const until = (i: number) =>
      `MIN(${life},${(i + 1 - flow.construction) / flow.perYear}-${delay})`
    const line = addLine(
      sheet,
      `full output, ${name}`,
      { unit: 'years', format: factor },
      flow.length,
      (i) => {
        if (i < flow.construction) return '0'
        const now = area(shares, step, until(i))
        return i === flow.construction ? now : `${now}-(${area(shares, step, until(i - 1))})`
      },
    )
    known.set(key, line)
    return line
  }
}

/** The sheet `timing` with its part of the inputs. */
export function timing(inputSheet: Grid, inputs: CashFlowInputs, flow: CashFlow): Timing {
  const sheet = newGrid('timing', [44, 10, 10], { rows: 2, columns: 3 })
  const periods = cashFlowPeriods(flow).map(({ label }) => label)
  const years = flow.length / flow.perYear
  addHeads(sheet, 'Output, price levels and discount factors by period', periods)
  addHeading(inputSheet, 'time and discounting')
  const life = inputs.life
  const delay = addInput(
    inputSheet,
    'delay of operation',
    inputs.delay ?? 0,
    'y',
    'may be made shorter; a longer one needs more columns: change the plant',
  )
  const rate = addInput(inputSheet, 'discount rate', inputs.discountRate, 'a year', '', percentage)
  const equityRate =
    inputs.equityDiscountRate === undefined
      ? rate
      : addInput(
          inputSheet,
          'discount rate of the equity',
          inputs.equityDiscountRate,
          'a year',
          '',
          percentage,
        )
  const { general, level } = priceLevels(sheet, inputSheet, flow, inputs)
  const output = outputLines(sheet, inputSheet, flow, delay, life)
  output(inputs.ramp)
  const style = { unit: 'years', format: factor }
  const manned = addLine(sheet, 'manned', style, flow.length, (i) =>
    i < flow.construction
      ? '0'
      : `MAX(0,MIN(${1 / flow.perYear},${life}+${delay}-${(i - flow.construction) / flow.perYear}))`,
  )
  const start = firstAt(flow)
  const factors = (name: string, of: string) => {
    const effective = flow.conventions.discountRate === 'real' ? `((1+${of})*(1+${general})-1)` : of
    return addLine(
      sheet,
      name,
      { unit: '1', format: factor, total: false },
      flow.length,
      (i) => `(1+${effective})^-(${start + i / flow.perYear})`,
    )
  }
  return {
    inputs,
    flow,
    years,
    unit: `${flow.basis.currency} (${flow.basis.year})`,
    periods,
    yearNames: Array.from({ length: years }, (_, y) => `${flow.firstYear + y}`),
    inputSheet,
    manned,
    output,
    level,
    discount: factors('discount factor, project', rate),
    equityDiscount: factors('discount factor, equity', equityRate),
    sumYear: (line, y) => `SUM(${line.range(y * flow.perYear, (y + 1) * flow.perYear - 1)})`,
    sheet,
  }
}

/** The period in which an instant falls, in years after the first spend. */
export const periodOf = (flow: CashFlow, at: number) =>
  Math.max(0, Math.min(flow.length - 1, Math.floor(at * flow.perYear + 1e-9)))

/** A line that is the sum of others, period by period. */
export function addSum(grid: Grid, name: string, time: Timing, lines: readonly Line[]): Line {
  return addLine(grid, name, { unit: time.unit, look: 'sum' }, time.flow.length, (i) =>
    sumOf(lines.map((line) => line.at(i))),
  )
}

/** A note over a sheet. */
export function addNote(grid: Grid, note: string): void {
  addRow(grid, [text(note, 'note')])
}
