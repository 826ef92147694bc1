import elk from 'elkjs/lib/elk.bundled.js'
import type { ElkNode } from 'elkjs/lib/elk-api.js'
import type { Genealogy, LotKind } from '../../ledger/index.ts'
import type { ChartLook } from '../frame.ts'
import { chartFigure, fitted, line, printLook, textWidth } from '../frame.ts'
import { elementOrder } from '../palette.ts'
import { element, escapeXml, label, round } from '../svg.ts'
import { type Arrow, type Box, type Grouped, grouped } from './genealogy-groups.ts'
import { dayOf, drawnKinds, kindColour, kindOutline, syntheticMark } from './parts.ts'

/** The class of the library, whose module is read in one way by Node and in another by bundlers. */
const Elk = ((elk as { readonly default?: unknown }).default ?? elk) as new () => {
  readonly layout: (graph: ElkNode) => Promise<ElkNode>
}

const mostBoxes = 160
const size = { width: 138, height: 44 } as const
const small = {
  campaign: { width: 118, height: 34 },
  transformation: { width: 20, height: 20 },
} as const

const isEvent = ({ nodes }: Box) => nodes.every(({ type }) => type === 'transformation')
const sizeOf = (box: Box) =>
  box.nodes.length > 1
    ? size
    : isEvent(box)
      ? small.transformation
      : box.nodes[0]?.type === 'campaign'
        ? small.campaign
        : size

const kgText = (mg: number) => `${chartFigure(mg / 1e6)} kg`

const options = {
  'elk.algorithm': 'layered',
  'elk.direction': 'RIGHT',
  'elk.edgeRouting': 'ORTHOGONAL',
  'elk.spacing.nodeNode': '14',
  'elk.spacing.edgeNode': '10',
  'elk.spacing.edgeEdge': '7',
  'elk.layered.spacing.nodeNodeBetweenLayers': '34',
  'elk.layered.spacing.edgeNodeBetweenLayers': '12',
  'elk.layered.nodePlacement.strategy': 'BRANDES_KOEPF',
  'elk.layered.nodePlacement.bk.fixedAlignment': 'BALANCED',
} as const

function graphOf({ boxes, arrows }: Grouped): ElkNode {
  return {
    id: 'genealogy',
    layoutOptions: options,
    children: boxes.map((box) => ({ id: box.id, ...sizeOf(box) })),
    edges: arrows.map(({ from, to, mg }, k) => ({
      id: `${k}`,
      sources: [from],
      targets: [to],
      labels: [{ text: kgText(mg), width: textWidth(kgText(mg), 9) + 6, height: 12 }],
    })),
  }
}

/** Elements that the lot asked for is named after first: Tb of Tb4O7. */
function spokenOrder({ lot, nodes, elements }: Genealogy): readonly string[] {
  const product = nodes.find(({ uri }) => uri === lot)?.product ?? ''
  const named: readonly string[] = product.match(/[A-Z][a-z]?/g) ?? []
  const order = elementOrder(elements)
  return [
    ...order.filter((one) => named.includes(one)),
    ...order.filter((one) => !named.includes(one)),
  ]
}

/** The share of the first element that is known, in words. */
function shareText({ nodes, isFocus, isFar }: Box, genealogy: Genealogy): string {
  if (isFocus || isFar) return ''
  const { direction } = genealogy
  const [symbol] = spokenOrder(genealogy).filter((one) =>
    nodes.some(({ shares }) => shares[one] !== undefined),
  )
  if (symbol === undefined) return ''
  const share = nodes.reduce((sum, { shares }) => sum + (shares[symbol] ?? 0), 0)
  const whose = direction === 'up' ? `of its ${symbol}` : `of the ${symbol}`
  return `${chartFigure(100 * share)} % ${whose}`
}

const kindOf = ({ nodes, isFar }: Box): LotKind | 'unknown' =>
  isFar ? 'intermediate' : (nodes[0]?.kind ?? 'unknown')

function aboutOf(box: Box, genealogy: Genealogy): string {
  const [first] = box.nodes
  if (first === undefined) return ''
  if (box.nodes.length > 1) {
    const codes = box.nodes.slice(0, 12).map(({ code }) => code)
    return `${codes.join(', ')}${box.nodes.length > 12 ? ' ...' : ''}`
  }
  const shares = elementOrder(genealogy.elements).flatMap((symbol) => {
    const share = first.shares[symbol]
    return share === undefined ? [] : [`${symbol} ${chartFigure(100 * share)} %`]
  })
  return [first.code, first.product ?? first.kind ?? first.type, dayOf(first.time), ...shares].join(
    ', ',
  )
}

/** First and second line of a box. */
function wordsOf(box: Box, { direction }: Genealogy): readonly [string, string] {
  const [first] = box.nodes
  if (first === undefined) return ['', '']
  if (box.isFar) {
    const campaigns = box.nodes.filter(({ type }) => type === 'campaign').length
    const lots = box.nodes.filter(({ type }) => type === 'lot').length
    const where = direction === 'up' ? 'before' : 'after'
    return [`${lots} lots ${where}`, campaigns === 0 ? 'together' : `and ${campaigns} campaigns`]
  }
  if (box.nodes.length > 1) {
    const what = first.type === 'lot' ? `${kindOf(box)} lots` : `${first.type}s`
    return [`${box.nodes.length} ${what}`, first.product ?? 'together']
  }
  if (first.type === 'campaign') return [first.code, `from ${dayOf(first.time)}`]
  return [first.code, first.product ?? first.kind ?? 'not introduced']
}

function drawnBox(box: Box, node: ElkNode, genealogy: Genealogy, look: ChartLook): string {
  const { x = 0, y = 0, width = 0, height = 0 } = node
  const title = element('title', {}, escapeXml(aboutOf(box, genealogy)))
  if (box.nodes.length === 1 && isEvent(box)) {
    const mark = {
      cx: x + width / 2,
      cy: y + height / 2,
      r: 7,
      fill: look.paper,
      stroke: look.quiet,
    }
    return element('g', {}, element('circle', mark), title)
  }
  const isCampaign = !box.isFar && box.nodes[0]?.type === 'campaign'
  const colour = isCampaign ? look.quiet : kindColour(look, kindOf(box))
  const style = {
    fill: colour,
    'fill-opacity': isCampaign ? 0.1 : 0.16,
    stroke: box.isFocus ? look.ink : colour,
    'stroke-width': box.isFocus ? 2.6 : 1.3,
  }
  const at = { x, y, width, height }
  const behind =
    box.nodes.length > 1
      ? kindOutline(
          kindOf(box),
          { ...at, x: x + 4, y: y - 4 },
          { fill: 'none', stroke: colour, 'stroke-width': 1 },
        )
      : ''
  const outline = isCampaign
    ? element('rect', { x: round(x), y: round(y), width, height, rx: height / 2, ...style })
    : kindOutline(kindOf(box), at, style)
  const [head, under] = wordsOf(box, genealogy)
  const middle = { 'text-anchor': 'middle', fill: look.ink }
  const centre = x + width / 2
  const share = isCampaign ? '' : shareText(box, genealogy)
  const mass =
    box.nodes.length === 1 && box.isFocus && box.nodes[0]?.mg !== undefined
      ? kgText(box.nodes[0].mg)
      : ''
  return element(
    'g',
    {},
    title,
    behind,
    outline,
    label(fitted(head, width - 18, 11), centre, y + 14, {
      ...middle,
      'font-size': 11,
      'font-weight': 600,
    }),
    label(fitted(under, width - 18, 9.5), centre, y + 26, { ...middle, 'font-size': 9.5 }),
    label(
      fitted(box.isFocus ? (mass === '' ? '' : `${mass} there`) : share, width - 18, 9),
      centre,
      y + 38,
      {
        ...middle,
        'font-size': 9,
        fill: look.quiet,
      },
    ),
  )
}

function drawnArrow(
  arrow: Arrow,
  edge: NonNullable<ElkNode['edges']>[number] | undefined,
  look: ChartLook,
) {
  const section = edge?.sections?.[0]
  if (section === undefined) return ''
  const points = [section.startPoint, ...(section.bendPoints ?? []), section.endPoint]
  const path = points
    .map(({ x, y }, k) => `${k === 0 ? 'M' : 'L'}${round(x)} ${round(y)}`)
    .join(' ')
  const end = section.endPoint
  const head = `M${round(end.x)} ${round(end.y)} l-6 -3 l0 6 Z`
  const text = edge?.labels?.[0]
  return [
    element('path', { d: path, fill: 'none', stroke: look.quiet, 'stroke-width': 1 }),
    element('path', { d: head, fill: look.quiet }),
    text === undefined
      ? ''
      : label(kgText(arrow.mg), (text.x ?? 0) + 3, (text.y ?? 0) + 10, {
          'font-size': 9,
          fill: look.quiet,
        }),
  ].join('')
}

/** The kinds that are drawn, each by its outline. */
function key(boxes: readonly Box[], y: number, look: ChartLook): { markup: string; width: number } {
  let x = 20
  const kinds = drawnKinds.filter((kind) =>
    boxes.some((box) => !box.isFar && box.nodes[0]?.type === 'lot' && kindOf(box) === kind),
  )
  const drawn = kinds.map((kind) => {
    const colour = kindColour(look, kind)
    const style = { fill: colour, 'fill-opacity': 0.16, stroke: colour, 'stroke-width': 1.3 }
    const shape = kindOutline(kind, { x, y: y - 12, width: 34, height: 18 }, style)
    const text = label(kind, x + 40, y + 1, { 'font-size': 11, fill: look.ink })
    x += 40 + textWidth(kind, 11) + 22
    return shape + text
  })
  return { markup: drawn.join(''), width: x }
}

function notesOf(genealogy: Genealogy, { gathered: many, boxes }: Grouped): readonly string[] {
  const unknown = elementOrder(genealogy.elements).filter(
    (el) => (genealogy.unknown[el] ?? 0) > 5e-4,
  )
  return [
    ...(many === 0
      ? []
      : [
          `${many} of ${genealogy.nodes.length} are drawn together, by kind and level (${boxes.length} boxes)`,
        ]),
    ...(unknown.length === 0
      ? []
      : [
          `share that nobody can follow: ${unknown.map((el) => `${el} ${chartFigure(100 * (genealogy.unknown[el] ?? 0))} %`).join(', ')}`,
        ]),
    ...(genealogy.isCut
      ? ['there is more than was followed: the limits of depth or number were met']
      : []),
    ...(genealogy.cycles.length === 0
      ? []
      : [`${genealogy.cycles.length} come before themselves: their shares are not known`]),
  ]
}

/**
 * What a lot was made of, or what became of it, as a graph from left to right: lots by the outline
 * and colour of their kind, campaigns round, transformations of one event as dots, kg on the
 * arrows, the lot asked for with a heavy outline. Too many lots of a level are drawn as one.
 */
export async function drawGenealogy(
  genealogy: Genealogy,
  given: { readonly isSynthetic: boolean; readonly look?: ChartLook },
): Promise<string> {
  const { isSynthetic, look = printLook } = given
  const groups = grouped(genealogy, mostBoxes)
  const laid = await new Elk().layout(graphOf(groups))
  const top = 46 + (isSynthetic ? 18 : 0)
  const legend = key(groups.boxes, top + 6, look)
  const notes = notesOf(genealogy, groups)
  const shift = { x: 20, y: top + 26 }
  const width = Math.max((laid.width ?? 0) + 40, legend.width + 10, 420)
  const height = shift.y + (laid.height ?? 0) + 16 + 15 * notes.length
  const focus = genealogy.nodes.find(({ uri }) => uri === genealogy.lot)
  const title = `${genealogy.direction === 'up' ? 'What went into' : 'What became of'} ${focus?.code ?? genealogy.lot}`
  const nodes = new Map((laid.children ?? []).map((node) => [node.id, node]))
  const edges = new Map((laid.edges ?? []).map((edge) => [edge.id, edge]))
  return element(
    'svg',
    {
      xmlns: 'http://www.w3.org/2000/svg',
      viewBox: `0 0 ${round(width)} ${round(height)}`,
      width: round(width),
      height: round(height),
      'font-family': look.font,
      role: 'img',
    },
    element('title', {}, escapeXml(title)),
    element('rect', { width: round(width), height: round(height), fill: look.paper }),
    label(title, 20, 26, { 'font-size': 16, 'font-weight': 600, fill: look.ink }),
    syntheticMark(isSynthetic, 44, look),
    legend.markup,
    element(
      'g',
      { transform: `translate(${shift.x} ${shift.y})` },
      ...groups.arrows.map((arrow, k) => drawnArrow(arrow, edges.get(`${k}`), look)),
      ...groups.boxes.map((box) => {
        const node = nodes.get(box.id)
        return node === undefined ? '' : drawnBox(box, node, genealogy, look)
      }),
    ),
    notes.length === 0
      ? ''
      : line(
          [20, height - 15 * notes.length - 12, width - 20, height - 15 * notes.length - 12],
          look.faint,
        ),
    ...notes.map((note, k) =>
      label(note, 20, height - 15 * (notes.length - k) + 3, { 'font-size': 10, fill: look.quiet }),
    ),
  )
}
