import type { CashFlowInputs } from '../../economics/index.ts'
import {
  addHeading,
  addHeads,
  addInput,
  addLine,
  addLinked,
  type Grid,
  type Line,
  newGrid,
  percentage,
  sumOf,
} from './grid.ts'
import { addSum, type Timing } from './timing.ts'

type Sale = CashFlowInputs['sales'][number]
type Tier = NonNullable<Sale['tiers']>[number]
type Cost = CashFlowInputs['costs'][number]

/** Lines of what running the plant brings and costs; costs positive here. */
export interface Operation {
  readonly revenue: Line
  readonly royalties: Line
  readonly variable: Line
  readonly fixed: Line
  readonly paidCredits: Line
  /** Credits that wait for a tax, by period. */
  readonly taxCredits: Line
  readonly sheets: readonly Grid[]
}

const yearOf = (time: Timing, i: number) => Math.floor(i / time.flow.perYear)

/** Market price by period: the input, escalated and inflated. */
function marketLine(sheet: Grid, sale: Sale, time: Timing): Line {
  const { inputSheet, level, flow } = time
  const unit = `${flow.basis.currency}/kg`
  const { product, market, escalation } = sale
  const prices = Array.from(typeof market === 'number' ? [market] : market).map((price, k, all) =>
    addInput(
      inputSheet,
      all.length === 1 ? `${product}: market price` : `${product}: market price, year ${k + 1}`,
      price,
      unit,
    ),
  )
  const real =
    escalation === undefined
      ? undefined
      : addInput(
          inputSheet,
          `${product}: price over inflation`,
          escalation,
          'a year',
          '',
          percentage,
        )
  const style = { unit, format: '#,##0.00', total: false }
  return addLine(sheet, `${product}: market price`, style, flow.length, (i) => {
    const year = yearOf(time, i)
    const price = prices[Math.min(year, prices.length - 1)] ?? '0'
    const risen = real === undefined ? '' : `*(1+${real})^${year}`
    return `${price}*${level.revenue.at(i)}${risen}`
  })
}

/** Price of a tier in one period as a formula, from the market price of it. */
function tierRule(
  tier: Tier,
  cells: Readonly<Record<string, string>>,
  market: string,
  level: string,
) {
  const { rule } = tier
  const raised = tier.indexed === true ? `*${level}` : ''
  const own = (name: string) => `${cells[name] ?? '0'}${raised}`
  switch (rule.kind) {
    case 'market':
      return rule.times === undefined ? market : `${market}*${cells['times'] ?? '1'}`
    case 'fixed':
      return own('price')
    case 'cost-plus':
      return `${cells['cost'] ?? '0'}*(1+${cells['margin'] ?? '0'})${raised}`
    case 'collar': {
      const capped = rule.cap === undefined ? market : `MIN(${own('cap')},${market})`
      return rule.floor === undefined ? capped : `MAX(${own('floor')},${capped})`
    }
    case 'floor': {
      const upside = cells['upside'] === undefined ? '' : `${cells['upside']}*`
      return `IF(${market}<=${own('floor')},${own('floor')},${own('floor')}+${upside}(${market}-${own('floor')}))`
    }
  }
}

/** The numbers of a tier's rule as inputs, by their name. */
function tierCells(inputSheet: Grid, sale: Sale, tier: Tier, currency: string) {
  const numbers = Object.entries(tier.rule).filter(
    (entry): entry is [string, number] => typeof entry[1] === 'number',
  )
  return Object.fromEntries(
    numbers.map(([name, value]) => {
      const unit = ['times', 'upside', 'margin'].includes(name) ? '1' : `${currency}/kg`
      return [name, addInput(inputSheet, `${sale.product}, ${tier.name}: ${name}`, value, unit)]
    }),
  )
}

function tierLines(sheet: Grid, sale: Sale, kg: Line, market: Line, time: Timing): Line[] {
  const { inputSheet, level, flow } = time
  const volumes: Line[] = []
  return (sale.tiers ?? []).map((tier) => {
    const cells = tierCells(inputSheet, sale, tier, flow.basis.currency)
    const name = `${sale.product}, ${tier.name}`
    const room =
      tier.volume === undefined
        ? undefined
        : addInput(inputSheet, `${name}: room`, tier.volume, 'kg/y')
    const filled = [...volumes]
    const volume = addLine(sheet, `${name}: sold`, { unit: 'kg' }, flow.length, (i) => {
      const left = `${kg.at(i)}${filled.map((line) => `-${line.at(i)}`).join('')}`
      return room === undefined ? left : `MIN(${left},${room}/${flow.perYear})`
    })
    volumes.push(volume)
    const style = { unit: `${flow.basis.currency}/kg`, format: '#,##0.00', total: false }
    const price = addLine(sheet, `${name}: price`, style, flow.length, (i) => {
      const operating = Math.floor(
        (i - flow.construction) / flow.perYear - (time.inputs.delay ?? 0) + 1e-9,
      )
      const over = tier.years !== undefined && Math.max(0, operating) >= tier.years
      return over ? market.at(i) : tierRule(tier, cells, market.at(i), level.revenue.at(i))
    })
    return addLine(
      sheet,
      `${name}: amount`,
      { unit: time.unit },
      flow.length,
      (i) => `${volume.at(i)}*${price.at(i)}`,
    )
  })
}

/** Revenue of one product, and the kg of it that count as output. */
function saleLines(sheet: Grid, sale: Sale, time: Timing): { revenue: Line; output: Line } {
  const { inputSheet, flow } = time
  const { product } = sale
  const rate = addInput(inputSheet, `${product}: output`, sale.ratePerYear, 'kg/y')
  const payable = addInput(
    inputSheet,
    `${product}: payable`,
    sale.payable,
    'of the price',
    '',
    percentage,
  )
  const share = time.output(sale.ramp ?? time.inputs.ramp)
  const kg = addLine(
    sheet,
    `${product}: to be sold`,
    { unit: 'kg' },
    flow.length,
    (i) => `${rate}*${share.at(i)}`,
  )
  const market = marketLine(sheet, sale, time)
  const tiers = tierLines(sheet, sale, kg, market, time)
  const revenue = addLine(
    sheet,
    `${product}: revenue`,
    { unit: time.unit, look: 'sum' },
    flow.length,
    (i) =>
      sale.tiers === undefined
        ? `${kg.at(i)}*${market.at(i)}*${payable}`
        : `(${sumOf(tiers.map((line) => line.at(i)))})*${payable}`,
  )
  return { revenue, output: kg }
}

function salesSheet(time: Timing) {
  const { inputs, flow, inputSheet } = time
  const sheet = newGrid('sales', [44, 14, 16], { rows: 2, columns: 3 })
  addHeads(sheet, 'What is sold, by period', time.periods)
  addHeading(inputSheet, 'sales')
  const sold = inputs.sales.map((sale) => ({ sale, ...saleLines(sheet, sale, time) }))
  const revenue = addSum(
    sheet,
    'revenue',
    time,
    sold.map((line) => line.revenue),
  )
  const shares = (inputs.royalties ?? []).map((royalty) => ({
    royalty,
    cell: addInput(
      inputSheet,
      `royalty, ${royalty.name}`,
      royalty.share,
      'of revenue',
      '',
      percentage,
    ),
  }))
  const royalties = addLine(sheet, 'royalties', { unit: time.unit }, flow.length, (i) =>
    sumOf(
      shares.map(({ royalty, cell }) => {
        const of = sold.filter(({ sale }) => royalty.products?.includes(sale.product) ?? true)
        return `${cell}*(${sumOf(of.map((line) => line.revenue.at(i)))})`
      }),
    ),
  )
  const counted = sold.filter(({ sale }) => sale.output !== false)
  const output = addLine(sheet, 'output that is to be sold', { unit: 'kg' }, flow.length, (i) =>
    sumOf(counted.map((line) => line.output.at(i))),
  )
  return { sheet, revenue, royalties, output }
}

function costLine(sheet: Grid, cost: Cost, time: Timing, linked: string | undefined): Line {
  const { inputSheet, level, flow } = time
  const unit = `${time.unit} a year`
  const about = cost.variable ? 'follows the output' : 'whatever the output'
  const amount =
    linked === undefined
      ? addInput(inputSheet, cost.name, cost.amount, unit, about)
      : addLinked(inputSheet, cost.name, linked, unit, `${about}; from the sheet of operating cost`)
  const real =
    cost.escalation === undefined
      ? ''
      : addInput(
          inputSheet,
          `${cost.name}: over inflation`,
          cost.escalation,
          'a year',
          '',
          percentage,
        )
  const given = cost.factors === undefined ? undefined : Array.from(cost.factors)
  const factors = given?.map((value, k) =>
    addInput(inputSheet, `${cost.name}: price over the deck, year ${k + 1}`, value, '1'),
  )
  const share =
    cost.ramp !== undefined
      ? time.output(cost.ramp)
      : cost.variable
        ? time.output(time.inputs.ramp)
        : time.manned
  return addLine(sheet, cost.name, { unit: time.unit }, flow.length, (i) => {
    const year = yearOf(time, i)
    const risen = real === '' ? '' : `*(1+${real})^${year}`
    const followed =
      factors === undefined ? '' : `*${factors[Math.min(year, factors.length - 1)] ?? '1'}`
    return `${amount}*${share.at(i)}*${level.operating.at(i)}${risen}${followed}`
  })
}

/** Share of a credit that is still given in a calendar year. */
function phased(phaseOut: readonly { year: number; share: number }[] | undefined, year: number) {
  if (phaseOut === undefined || phaseOut.length === 0) return 1
  if (year > Math.max(...phaseOut.map((step) => step.year))) return 0
  return phaseOut.filter((step) => year >= step.year).at(-1)?.share ?? 1
}

function creditLines(sheet: Grid, time: Timing, cost: (i: number) => string, output: Line) {
  const { inputs, inputSheet, flow, level } = time
  return (inputs.credits ?? []).map((credit) => {
    const { name, shareOfCost, perKg, phaseOut, treatment, indexed } = credit
    const ofCost =
      shareOfCost === undefined
        ? undefined
        : addInput(inputSheet, `credit, ${name}`, shareOfCost, 'of running cost', '', percentage)
    const ofKg =
      perKg === undefined
        ? undefined
        : addInput(inputSheet, `credit, ${name}`, perKg, `${flow.basis.currency}/kg`)
    const given = addLine(
      sheet,
      `credit, ${name}: still given`,
      { unit: '1', format: percentage, total: false },
      flow.length,
      (i) => (i < flow.construction ? 0 : phased(phaseOut, flow.firstYear + yearOf(time, i))),
    )
    const line = addLine(sheet, `credit, ${name}`, { unit: time.unit }, flow.length, (i) => {
      const raised = indexed === true ? `*${level.revenue.at(i)}` : ''
      const parts = [
        ...(ofCost === undefined ? [] : [`${ofCost}*(${cost(i)})`]),
        ...(ofKg === undefined ? [] : [`${ofKg}${raised}*${output.at(i)}`]),
      ]
      return `${given.at(i)}*(${sumOf(parts)})`
    })
    return { paid: treatment === 'paid', line }
  })
}

/** The sheets `sales` and `costs`; `linked` answers with the cell of a cost's amount. */
export function operation(time: Timing, linked: (cost: Cost) => string | undefined): Operation {
  const { inputs, inputSheet, flow } = time
  const sales = salesSheet(time)
  const sheet = newGrid('costs', [44, 14, 16], { rows: 2, columns: 3 })
  addHeads(sheet, 'Running costs and credits, by period', time.periods)
  addHeading(inputSheet, 'running costs')
  const lines = inputs.costs.map((cost) => ({
    cost,
    line: costLine(sheet, cost, time, linked(cost)),
  }))
  const of = (variable: boolean) =>
    lines.filter(({ cost }) => cost.variable === variable).map(({ line }) => line)
  const variable = addSum(sheet, 'variable costs', time, of(true))
  const fixed = addSum(sheet, 'fixed costs', time, of(false))
  const credits = creditLines(sheet, time, (i) => `${variable.at(i)}+${fixed.at(i)}`, sales.output)
  const creditSum = (paid: boolean, name: string) =>
    addLine(sheet, name, { unit: time.unit }, flow.length, (i) =>
      sumOf(credits.filter((credit) => credit.paid === paid).map(({ line }) => line.at(i))),
    )
  return {
    revenue: sales.revenue,
    royalties: sales.royalties,
    variable,
    fixed,
    paidCredits: creditSum(true, 'credits paid out'),
    taxCredits: creditSum(false, 'credits against tax'),
    sheets: [sales.sheet, sheet],
  }
}
