import { formatQuantity } from '../quantities/index.ts'
import type { DesignReport, ReportedCircuit } from '../scenario/index.ts'
import { figure, percent } from './numbers.ts'
import { textTable, wrapped } from './text-table.ts'

const width = 96
const flow = (value: number) => formatQuantity(value, 'volume-flow', 'L/h', 4)
const litres = (value: number) => figure(1000 * value)
const fixed = (value: number, digits = 1) => (Number.isFinite(value) ? value.toFixed(digits) : '-')

function theory({ theory: found, separation }: ReportedCircuit): string {
  const { design, confirmed, range } = found
  const { heavy, light, beta } = separation
  const stages = ({ extraction, scrub }: { extraction: number; scrub: number }) =>
    `${fixed(extraction)} + ${fixed(scrub)}`
  const exact =
    confirmed === undefined
      ? 'not confirmed stage by stage: too near the pinch'
      : `stage by stage ${confirmed.extraction} + ${confirmed.scrub}: ` +
        `${percent(confirmed.purityA)} and ${percent(confirmed.purityB)} by mole`
  const lines = [
    `Cascade theory (constant ${heavy}/${light} ${beta.toPrecision(4)}), ${design.controlledBy} controlled`,
    `  E_M ${design.extractionRatio.toPrecision(4)} in extraction, ` +
      `${design.scrubRatio.toPrecision(4)} in scrub; S ${figure(design.S)}, W ${figure(design.W)} ` +
      `per mole of feed; least S ${figure(design.minimumS)}`,
    `  stages n + m: basic ${stages(design.basic)}, exact ${stages(design.exact)}, ` +
      `total reflux ${fixed(design.minimumStages)}`,
    `  ${exact}`,
  ]
  const table = textTable(range, [
    { head: 'S', cell: (p) => p.S.toFixed(2), align: 'right' },
    { head: 'n', cell: (p) => fixed(p.extraction), align: 'right' },
    { head: 'm', cell: (p) => fixed(p.scrub), align: 'right' },
    { head: 'S (n + m)', cell: (p) => fixed(p.holdUp), align: 'right' },
  ])
  return [...lines, indented(table)].join('\n')
}

const indented = (text: string) =>
  text
    .split('\n')
    .map((line) => `  ${line}`.trimEnd())
    .join('\n')

function optimum(circuit: ReportedCircuit): string {
  const { setting: s, cost, binds, tried, reflux, holdUp } = circuit
  const rows = [
    ['extraction', s.extraction, ''],
    ['scrub', s.scrub, `${flow(s.scrubFlow)} of ${figure(s.scrubAcid / 1000)} mol/L acid`],
    ['strip', s.strip, `${flow(s.stripFlow)} of ${figure(s.stripAcid / 1000)} mol/L acid`],
  ] as const
  const table = textTable(rows, [
    { head: 'section', cell: (r) => r[0] },
    { head: 'stages', cell: (r) => `${r[1]}`, align: 'right' },
    { head: 'aqueous', cell: (r) => r[2] },
  ])
  const parts =
    `stages ${figure(cost.stages)}, organic ${figure(cost.organic)}, ` +
    `acid ${figure(cost.acid)}, base ${figure(cost.base)}`
  return [
    `Cheapest circuit found (${tried} tried): cost ${figure(cost.total)} a year (${parts})`,
    indented(table),
    `  organic ${flow(s.organicFlow)}, ${percent(s.saponification)} saponified, ` +
      `${litres(holdUp)} L held; W ${figure(reflux)} scrubbed back per mole of feed`,
    ...(binds.length === 0 ? [] : [`  held back by: ${binds.join('; ')}`]),
  ].join('\n')
}

function tradeOff({ curve }: ReportedCircuit): string {
  if (curve.length < 2) return ''
  const table = textTable(curve, [
    { head: 'extraction', cell: (p) => `${p.extraction}`, align: 'right' },
    { head: 'scrub', cell: (p) => `${p.scrub}`, align: 'right' },
    { head: 'W', cell: (p) => figure(p.W), align: 'right' },
    { head: 'organic', cell: (p) => flow(p.organicFlow), align: 'right' },
    { head: 'held, L', cell: (p) => litres(p.holdUp), align: 'right' },
    { head: 'cost', cell: (p) => figure(p.cost.total), align: 'right' },
  ])
  return `Trade-off: few stages and much reflux to many and little\n${indented(table)}`
}

const shift = (fraction: number) => {
  const value = 100 * fraction
  const size = Math.abs(value)
  const shown = size >= 10 ? value.toFixed(0) : size >= 1 ? value.toFixed(1) : value.toFixed(2)
  return `${value > 0 ? '+' : ''}${shown} %`
}

function windows({ survival, hold }: ReportedCircuit): string {
  const knobs = [...new Set([...Object.keys(survival.alone), ...Object.keys(survival.trimmed)])]
  const both = (range: readonly [number, number] | undefined) =>
    range === undefined ? '' : `${shift(range[0])} to ${shift(range[1])}`
  const table = textTable(knobs, [
    { head: 'what moves', cell: (k) => k },
    { head: 'alone', cell: (k) => both(survival.alone[k]) },
    { head: 'with the trim', cell: (k) => both(survival.trimmed[k]) },
  ])
  const lines = ['Operating window: how far each may move before a product misses', indented(table)]
  if (hold !== undefined) {
    lines.push(
      `  trim: organic flow holds ${hold.measure} of ${hold.elements.join(', ')} in ` +
        `${hold.outlet} at ${percent(hold.atLeast)}`,
    )
  }
  const { beta, doubt } = survival
  if (beta !== undefined) {
    lines.push(
      `  separation factor ${beta.designed.toPrecision(4)}: survives down to ` +
        `${beta.alone.toPrecision(4)} alone, ${beta.trimmed.toPrecision(4)} with the trim`,
    )
  }
  if (doubt !== undefined) lines.push(...doubted(doubt).map((line) => `  ${line}`))
  return lines.join('\n')
}

function doubted({ beta, held, reset }: NonNullable<ReportedCircuit['survival']['doubt']>) {
  if (held) return [`at a separation factor of ${beta} the trim holds the specification`]
  const none = `at a separation factor of ${beta} this cascade has no operating window`
  if (reset === undefined) return [`${none} at any flow: it needs more stages`]
  const { organicFlow, scrubFlow } = reset
  return [
    `${none} as it is set; with ${organicFlow.toPrecision(3)} times the organic and ` +
      `${scrubFlow.toPrecision(3)} times the scrub it meets again`,
  ]
}

/** The orders of cuts that were weighed. */
function ordersText({ orders, cost }: DesignReport): string {
  const table = textTable(orders, [
    { head: 'cuts in order', cell: (o) => o.cuts },
    { head: 'cost by theory', cell: (o) => figure(o.cost), align: 'right' },
  ])
  const taken = `the first is taken; its circuits as designed cost ${figure(cost)}`
  return `Orders of the cuts, by cascade theory: ${taken}\n${indented(table)}`
}

/** One cascade with a side draw, beside the train. */
function drawsText(draws: NonNullable<DesignReport['draws']>): string {
  if (draws.length === 0)
    return 'One cascade with a draw of the middle product cannot give these products: the draw carries off too much.'
  const table = textTable(draws, [
    { head: 'S', cell: (d) => d.S.toFixed(2), align: 'right' },
    { head: 'n', cell: (d) => `${d.extraction}`, align: 'right' },
    { head: 'm', cell: (d) => `${d.scrub}`, align: 'right' },
    { head: 'draw at', cell: (d) => `${d.drawStage}`, align: 'right' },
    { head: 'drawn', cell: (d) => figure(d.drawn), align: 'right' },
    { head: 'organic', cell: (d) => percent(d.purityA), align: 'right' },
    { head: 'draw', cell: (d) => percent(d.purityB), align: 'right' },
    { head: 'raffinate', cell: (d) => percent(d.purityC), align: 'right' },
    { head: 'S (n + m)', cell: (d) => fixed(d.holdUp), align: 'right' },
  ])
  const head = 'One cascade with a draw of the middle product instead (constant separation factors,'
  return `${head}\nstage by stage; purities by mole, the draw is a concentrate)\n${indented(table)}`
}

/** A finished design for the terminal. */
export function designText(report: DesignReport): string {
  const { circuits, products, warnings } = report
  const circuitTexts = circuits.map((circuit) =>
    [
      `${circuit.name}: ${circuit.about}`,
      theory(circuit),
      optimum(circuit),
      tradeOff(circuit),
      windows(circuit),
    ]
      .filter((text) => text !== '')
      .join('\n\n'),
  )
  const table = textTable(products, [
    { head: 'product', cell: (p) => p.name },
    { head: 'oxides of', cell: (p) => p.elements.join(', ') },
    { head: 'REO/TREO', cell: (p) => percent(p.purity), align: 'right' },
    {
      head: 'asked',
      cell: (p) => (p.asked.purity === undefined ? '' : percent(p.asked.purity)),
      align: 'right',
    },
    { head: 'recovery', cell: (p) => percent(p.recovery), align: 'right' },
    {
      head: 'asked',
      cell: (p) => (p.asked.recovery === undefined ? '' : percent(p.asked.recovery)),
      align: 'right',
    },
    { head: '', cell: (p) => (p.met ? 'met' : 'not met') },
  ])
  return [
    `${report.title} (${report.extractant}; least extractable first: ${report.order.join(', ')})`,
    ...(report.orders.length === 0 ? [] : [ordersText(report)]),
    ...(report.draws === undefined ? [] : [drawsText(report.draws)]),
    ...circuitTexts,
    `Products of the designed plant, simulated\n${indented(table)}`,
    ...(warnings.length === 0
      ? []
      : [
          `Warnings\n${warnings.map((w) => wrapped(`  ${w.split(';')[0]}`, width, '    ')).join('\n')}`,
        ]),
  ].join('\n\n')
}
